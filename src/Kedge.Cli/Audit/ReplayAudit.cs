using System.Globalization;
using System.Text.Json;
using Kedge.Trading.Journal;

namespace Kedge.Cli.Audit;

/// <summary>What <c>kedge audit replay</c> found, for people and for programs.</summary>
/// <param name="session">What was named.</param>
/// <param name="segments">Segments, each with the moment of its last input.</param>
/// <param name="skipped">What was passed over, and why.</param>
internal sealed class ReplayAudit(
    string session,
    IReadOnlyList<(AuditSegment Segment, long LastMs)> segments,
    IReadOnlyList<string> skipped
)
{
    /// <summary>Everything was done again as it was recorded.</summary>
    public bool IsEqual => segments.All(s => s.Segment.Difference is null);

    /// <summary>For people.</summary>
    public void Write(TextWriter text)
    {
        foreach ((AuditSegment segment, long lastMs) in segments)
        {
            JournalHeader header = segment.Header;
            text.WriteLine(
                $"segment {header.Segment}, {header.Lane} {Mode(header)}, {Minute(header.Began.WallMs)} to {Minute(lastMs)}: {Some(segment.Inputs, "input")}, {Some(segment.Decisions, "decision")}: {(segment.Difference is null ? "equal" : "DIFFERENT")}"
            );
            Write(text, segment);
        }

        foreach (string passed in skipped)
        {
            text.WriteLine($"passed over: {passed}");
        }

        long inputs = segments.Sum(s => s.Segment.Inputs);
        long decisions = segments.Sum(s => s.Segment.Decisions);
        int different = segments.Count(s => s.Segment.Difference is not null);
        text.WriteLine(
            IsEqual
                ? $"equal to the last bit: {Some(segments.Count, "segment")}, {Some(inputs, "input")}, {Some(decisions, "decision")}{Torn()}"
                : $"{different} of {Some(segments.Count, "segment")} differ{(different == 1 ? "s" : "")}; what follows the first difference of a segment was not compared"
        );
    }

    /// <summary>For programs.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("session", Path.GetFileName(Path.TrimEndingDirectorySeparator(session)));
        writer.WriteBoolean("equal", IsEqual);
        writer.WriteStartArray("segments");
        foreach ((AuditSegment segment, long lastMs) in segments)
        {
            writer.WriteStartObject();
            writer.WriteNumber("segment", segment.Header.Segment);
            writer.WriteString("lane", segment.Header.Lane);
            writer.WriteString("mode", Mode(segment.Header));
            writer.WriteString("start", segment.Header.Session);
            writer.WriteString("program", segment.Header.Program);
            writer.WriteString("config_id", segment.Header.ConfigId);
            writer.WriteNumber("from_ms", segment.Header.Began.WallMs);
            writer.WriteNumber("to_ms", lastMs);
            writer.WriteNumber("inputs", segment.Inputs);
            writer.WriteNumber("effects", segment.Effects);
            writer.WriteNumber("decisions", segment.Decisions);
            writer.WriteString("end", End(segment.Tail));
            writer.WriteNumber("torn_bytes", segment.Tail.BrokenBytes);
            if (segment.Difference is { } difference)
            {
                writer.WriteStartObject("difference");
                writer.WriteNumber("input", difference.Sequence);
                writer.WriteString("told", difference.Input);
                writer.WriteString("what", difference.What);
                writer.WriteString("recorded", difference.Recorded);
                writer.WriteString("replayed", difference.Replayed);
                writer.WriteEndObject();
            }
            else
            {
                writer.WriteNull("difference");
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

    private static void Write(TextWriter text, AuditSegment segment)
    {
        if (segment.Difference is { } difference)
        {
            text.WriteLine(difference.Sequence == 0 ? "  as a whole" : $"  at input {difference.Sequence}: {difference.Input}");
            text.WriteLine($"  {Meaning(difference.What)}");
            text.WriteLine($"    recorded: {difference.Recorded}");
            text.WriteLine($"    replayed: {difference.Replayed}");
        }

        if (!segment.Tail.IsWhole && segment.Difference is null)
        {
            text.WriteLine(
                $"  its last {Count(segment.Tail.BrokenBytes)} bytes are no whole record: the engine is just writing it, a crash tore it, or the file is damaged there; everything before was replayed"
            );
        }
        else if (segment.Tail.End is null && segment.Difference is null)
        {
            text.WriteLine("  it has no end yet: the engine still writes it, or its process died");
        }
        else if (segment.Tail.End == JournalEnd.Cut)
        {
            text.WriteLine("  the process died; what it had not written whole was cut at the next start");
        }
    }

    private string Torn()
    {
        long bytes = segments.Sum(s => s.Segment.Tail.BrokenBytes);
        return bytes == 0 ? "" : $"; {Count(bytes)} bytes are no whole records and say nothing";
    }

    private static string Meaning(string what) =>
        what switch
        {
            "effect" => "told the same, this program does something else:",
            "account_hash" => "it does the same, but a number of the account differs (state hash):",
            "state" => "it does not begin with what the segment before ends with:",
            _ => "the file says something else than it holds:",
        };

    private static string Mode(JournalHeader header) =>
        header.Mode switch
        {
            Kedge.Trading.Engine.TradingMode.Paper => "paper",
            Kedge.Trading.Engine.TradingMode.DryLive => "dry_live",
            _ => "live",
        };

    private static string End(SegmentTail tail) =>
        tail.End switch
        {
            JournalEnd.Rotated => "rotated",
            JournalEnd.Stopped => "stopped",
            JournalEnd.Cut => "cut",
            _ => tail.IsWhole ? "open" : "torn",
        };

    private static string Minute(long ms) => InputText.Time(ms)[..Math.Min(16, InputText.Time(ms).Length)];

    private static string Some(long number, string what) => $"{Count(number)} {what}{(number == 1 ? "" : "s")}";

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
