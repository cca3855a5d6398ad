using System.Globalization;
using System.Text.Json;
using Kedge.Research.Audit;
using Kedge.Trading.Journal;

namespace Kedge.Cli.Audit;

/// <summary>What <c>kedge audit parity</c> found, for people and for programs.</summary>
/// <param name="session">What was named.</param>
/// <param name="segments">Segments in order.</param>
/// <param name="limit">Differences shown to people of each reason and segment.</param>
/// <param name="skipped">What was passed over, and why.</param>
internal sealed class ParityReport(
    string session,
    IReadOnlyList<ParitySegment> segments,
    int limit,
    IReadOnlyList<string> skipped
)
{
    /// <summary>No difference at all.</summary>
    public bool IsEqual => segments.All(s => s.Differences.Count == 0);

    /// <summary>For people.</summary>
    public void Write(TextWriter text)
    {
        foreach (ParitySegment segment in segments)
        {
            string found =
                segment.Differences.Count == 0
                    ? "no difference"
                    : $"{Count(segment.Differences.Count + segment.Left)} {(segment.Differences.Count + segment.Left == 1 ? "difference" : "differences")}";
            text.WriteLine(
                $"segment {segment.Header.Segment}, {segment.Header.Lane}: {Count(segment.Ticks)} ticks, {Count(segment.Decisions)} trades: {found}"
            );
            foreach (IGrouping<ParityClass, ParityDifference> group in segment.Differences.GroupBy(d => d.Class))
            {
                text.WriteLine($"  {ParityClasses.Name(group.Key)}, {Count(group.Count())}: {ParityClasses.Meaning(group.Key)}");
                foreach (ParityDifference difference in group.Take(limit))
                {
                    Write(text, difference);
                }

                if (group.Count() > limit)
                {
                    text.WriteLine($"    … {Count(group.Count() - limit)} more; --limit {group.Count()} or --json shows them");
                }
            }

            if (segment.Consequence is { } consequence)
            {
                text.WriteLine("  the first decision that follows from other data or rules:");
                Write(text, consequence);
            }

            if (!segment.Tail.IsWhole)
            {
                text.WriteLine(
                    $"  its last {Count(segment.Tail.BrokenBytes)} bytes are no whole record; what stands before was compared"
                );
            }
        }

        foreach (string passed in skipped)
        {
            text.WriteLine($"passed over: {passed}");
        }

        string classes = string.Join(", ", Classes().Select(c => $"{ParityClasses.Name(c.Class)} {Count(c.Count)}"));
        text.WriteLine(
            IsEqual
                ? $"the session did what a replay of its candles does: {Count(segments.Sum(s => s.Ticks))} ticks, {Count(segments.Sum(s => s.Decisions))} trades"
                : $"differences by reason: {classes}"
        );
    }

    /// <summary>For programs.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("session", Path.GetFileName(Path.TrimEndingDirectorySeparator(session)));
        writer.WriteBoolean("equal", IsEqual);
        writer.WriteStartObject("classes");
        foreach ((ParityClass of, int count) in Classes())
        {
            writer.WriteNumber(ParityClasses.Name(of), count);
        }

        writer.WriteEndObject();
        writer.WriteStartArray("segments");
        foreach (ParitySegment segment in segments)
        {
            writer.WriteStartObject();
            writer.WriteNumber("segment", segment.Header.Segment);
            writer.WriteString("lane", segment.Header.Lane);
            writer.WriteNumber("ticks", segment.Ticks);
            writer.WriteNumber("trades", segment.Decisions);
            writer.WriteNumber("torn_bytes", segment.Tail.BrokenBytes);
            writer.WriteNumber("not_listed", segment.Left);
            writer.WriteStartArray("differences");
            foreach (ParityDifference difference in segment.Differences)
            {
                Write(writer, difference);
            }

            writer.WriteEndArray();
            writer.WritePropertyName("consequence");
            if (segment.Consequence is { } consequence)
            {
                Write(writer, consequence);
            }
            else
            {
                writer.WriteNullValue();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("passed_over");
        foreach (string passed in skipped)
        {
            writer.WriteStringValue(passed);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ParityDifference difference)
    {
        writer.WriteStartObject();
        writer.WriteString("class", ParityClasses.Name(difference.Class));
        writer.WriteNumber("time_ms", difference.TimeMs);
        writer.WriteString("symbol", difference.Symbol);
        writer.WriteString("what", difference.What);
        writer.WriteString("session", difference.Session);
        writer.WriteString("replay", difference.Replay);
        writer.WriteEndObject();
    }

    private IEnumerable<(ParityClass Class, int Count)> Classes() =>
        segments.SelectMany(s => s.Differences).GroupBy(d => d.Class).OrderBy(g => g.Key).Select(g => (g.Key, g.Count()));

    private static void Write(TextWriter text, ParityDifference difference)
    {
        string[] place = [difference.TimeMs == 0 ? "" : InputText.Time(difference.TimeMs), difference.Symbol, difference.What];
        text.WriteLine($"    {string.Join(' ', place.Where(p => p.Length > 0))}");
        text.WriteLine($"      session: {difference.Session}");
        text.WriteLine($"      replay : {difference.Replay}");
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
