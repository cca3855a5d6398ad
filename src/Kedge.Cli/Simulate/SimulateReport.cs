using System.Globalization;
using System.Text.Json;
using Kedge.Simulation.Trading;

namespace Kedge.Cli.Simulate;

/// <summary>What <c>kedge simulate</c> found, for people and for programs.</summary>
internal sealed class SimulateReport(
    SimulateRequest request,
    LaneSeedsResult result,
    IReadOnlyList<string> notes,
    bool withCoverage
)
{
    private const int ShownProblems = 3;
    private const int ShownSeeds = 20;
    private readonly LaneRunResult[] _failed = [.. result.Failed];

    /// <summary>Nothing happened that must not.</summary>
    public bool Held => _failed.Length == 0;

    private long Orders => result.Count("entries") + result.Count("exits");

    /// <summary>For people.</summary>
    public void Write(TextWriter text)
    {
        text.WriteLine($"{Title()}; configuration {request.Setup.Configuration.ConfigId[..12]}");
        text.WriteLine("\nwhat applies otherwise here than in a lane");
        foreach (string note in notes)
        {
            text.WriteLine($"  {note}");
        }

        text.WriteLine($"\n{"", -34}{"all seeds", 14}{"a seed", 12}");
        foreach ((string what, long count) in Totals())
        {
            text.WriteLine($"{what, -34}{Number(count), 14}{PerSeed(count), 12}");
        }

        foreach (
            (string kind, string title) in (ReadOnlySpan<(string, string)>)
                [("refused", "refused, by reason"), ("alert", "alerts"), ("fault", "faults")]
        )
        {
            Section(text, kind, title);
        }

        if (withCoverage)
        {
            text.WriteLine("\n" + CoverageTable.Of(result.Counts));
        }

        WriteProfit(text);
        WriteVerdict(text);
    }

    /// <summary>For programs.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("config_id", request.Setup.Configuration.ConfigId);
        writer.WriteString("interval", request.Setup.Configuration.Settings.MainInterval.ToString());
        Texts(writer, "symbols", request.Setup.Symbols);
        writer.WriteNumber("first_seed", request.First);
        writer.WriteNumber("seeds", request.Seeds);
        writer.WriteNumber("hours", request.Hours);
        writer.WriteString("faults_asked", request.FaultsText);
        writer.WriteBoolean("held", Held);
        writer.WriteNumber("failed", _failed.Length);
        Texts(writer, "notes", notes);
        writer.WriteStartObject("totals");
        foreach ((string what, long count) in Totals())
        {
            writer.WriteNumber(what.Trim().Replace(' ', '_'), count);
        }

        writer.WriteEndObject();
        foreach (
            (string kind, string name) in (ReadOnlySpan<(string, string)>)
                [("refused", "refused"), ("alert", "alerts"), ("fault", "faults"), ("met", "met")]
        )
        {
            writer.WriteStartObject(name);
            foreach ((string what, long count) in result.Of(kind))
            {
                writer.WriteNumber(what, count);
            }

            writer.WriteEndObject();
        }

        writer.WriteStartArray("runs");
        foreach (LaneRunResult run in result.Runs)
        {
            writer.WriteStartObject();
            writer.WriteNumber("seed", run.Seed);
            writer.WriteBoolean("held", run.Problems.Count == 0);
            writer.WriteNumber("profit_usd", run.ProfitUsd);
            writer.WriteNumber("orders", run.Counts.GetValueOrDefault("entries") + run.Counts.GetValueOrDefault("exits"));
            writer.WriteNumber("restarts", run.Restarts);
            writer.WriteString("hash", run.Hash.ToString("x16", CultureInfo.InvariantCulture));
            if (run.Problems.Count > 0)
            {
                Texts(writer, "problems", run.Problems);
                writer.WriteString("replay", request.Replay(run.Seed));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private string Title() =>
        $"{Seeds(request.Seeds)} of {request.Hours} h, faults: {request.FaultsText}; {string.Join(' ', request.Setup.Symbols)} on {request.Setup.Configuration.Settings.MainInterval} bars";

    private (string What, long Count)[] Totals() =>
        [
            ("orders", Orders),
            ("  entries", result.Count("entries")),
            ("  exits", result.Count("exits")),
            ("fills", result.Count("fills")),
            ("fills of others", result.Count("fills foreign")),
            ("refusals", result.Of("refused").Values.Sum()),
            ("told alerts", result.Of("alert").Values.Sum()),
            ("faults met", result.Of("fault").Values.Sum()),
            ("restarts", result.Restarts),
            ("ticks", result.Count("ticks")),
            ("inputs checked", result.Checked),
        ];

    private void Section(TextWriter text, string kind, string title)
    {
        IReadOnlyDictionary<string, long> counts = result.Of(kind);
        if (counts.Count == 0)
        {
            return;
        }

        text.WriteLine($"\n{title}");
        foreach ((string what, long count) in counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal))
        {
            text.WriteLine($"  {what, -32}{Number(count), 14}{PerSeed(count), 12}");
        }
    }

    private void WriteProfit(TextWriter text)
    {
        IReadOnlyList<decimal> profits = result.Profits;
        text.WriteLine(
            "\nprofit of the account over the seeds, USD: of a generated market and with faults, it says nothing about a real one"
        );
        text.WriteLine(
            $"  least {Money(profits[0])}   quarter {Money(At(0.25))}   median {Money(At(0.5))}   three quarters {Money(At(0.75))}   greatest {Money(profits[^1])}   mean {Money(profits.Average())}"
        );

        decimal At(double share) => profits[(int)(share * (profits.Count - 1))];
    }

    private void WriteVerdict(TextWriter text)
    {
        text.WriteLine();
        if (result.Count("entries") == 0)
        {
            text.WriteLine(
                "the lane entered nothing, so that little was tried. Let it decide more often (--interval 5m), longer (--hours 168), or with lower thresholds (--eager)"
            );
        }

        foreach (LaneRunResult run in _failed.Take(ShownSeeds))
        {
            text.WriteLine($"seed {run.Seed} FAILED:");
            foreach (string problem in run.Problems.Take(ShownProblems))
            {
                text.WriteLine($"  {problem}");
            }

            text.WriteLine($"  its story: {request.Replay(run.Seed)}");
        }

        if (_failed.Length > ShownSeeds)
        {
            text.WriteLine($"… and {_failed.Length - ShownSeeds} more; --json names them all");
        }

        text.WriteLine(
            Held
                ? $"all held: {Seeds(request.Seeds)}, {Number(result.Checked)} inputs, after each of which everything that must hold was checked"
                : $"{Seeds(_failed.Length)} of {request.Seeds} FAILED: something happened that must not, whatever the configuration; please report it with the command of a seed"
        );
    }

    private static void Texts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static string Seeds(int count) => count == 1 ? "1 seed" : $"{count} seeds";

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private string PerSeed(long count) =>
        ((double)count / request.Seeds).ToString(count >= 100L * request.Seeds ? "N0" : "N1", CultureInfo.InvariantCulture);

    private static string Money(decimal usd) => usd.ToString("N2", CultureInfo.InvariantCulture);
}
