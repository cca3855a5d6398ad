using System.Text.Json;
using Kedge.Golden.Command;
using Kedge.Golden.Engine;
using Kedge.Golden.Report;
using Kedge.TestSupport;

namespace Kedge.Golden.Tests;

/// <summary>The golden driver reproduces the 47 recorded replays on real candles.</summary>
public sealed class RecordedRunTests
{
    private const int Runs = 47;

    private static readonly string[] Series = ["fix3_1h", "edge5_1h", "hl12_1h", "hl12_funding", "hl6_5m", "hl6_15m", "hl6_1d"];

    private static readonly Lazy<IReadOnlyDictionary<string, Outcome>> Outcomes = new(RunAll);

    /// <summary>Names of the runs; without reference data one nameless run, which is then skipped.</summary>
    public static TheoryData<string> Names =>
        ReferenceData.WhyAbsent(RecordedRun.Summary) is null ? [.. RecordedRun.ReadAll().Select(r => r.Name)] : [""];

    [Fact]
    public void There_are_47_runs()
    {
        SkipWithoutData();
        Assert.Equal(Runs, Outcomes.Value.Count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_row_of_the_trade_export_agrees(string name)
    {
        SkipWithoutData();
        Outcome outcome = Outcomes.Value[name];
        using TextReader reader = ReferenceData.OpenXz(outcome.Golden.Export);
        Differences d = new();
        ExportComparison.Compare(CsvTable.Read(reader), outcome.Export, d);
        Assert.True(d.Count == 0, d.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_field_of_the_report_agrees(string name)
    {
        SkipWithoutData();
        Outcome outcome = Outcomes.Value[name];
        using JsonDocument ours = JsonDocument.Parse(outcome.Report);
        Differences d = new();
        ReportComparison.Compare("report", outcome.Golden.Report, ours.RootElement, d);
        Assert.True(d.Count == 0, d.ToString());
    }

    private static void SkipWithoutData()
    {
        string? absent = ReferenceData.WhyAbsent([RecordedRun.Summary, .. Series.Select(GoldenSeries.PathOf)]);
        Assert.SkipWhen(absent is not null, absent ?? "");
    }

    /// <summary>All runs at once, so that they share the cores; the longest first.</summary>
    private static Dictionary<string, Outcome> RunAll()
    {
        IReadOnlyList<RecordedRun> runs = RecordedRun.ReadAll();
        Outcome[] outcomes = new Outcome[runs.Count];
        Parallel.For(0, runs.Count, i => outcomes[i] = Outcome.Of(runs[i]));
        return outcomes.ToDictionary(o => o.Golden.Name, StringComparer.Ordinal);
    }

    private sealed record Outcome(RecordedRun Golden, string Report, IReadOnlyList<ExportRow> Export)
    {
        public static Outcome Of(RecordedRun golden)
        {
            GoldenState run = ReplayCommand.Run(golden.Options, new GoldenSeriesSource());
            return new Outcome(golden, ReportJson.Text(ReportBuilder.Build(run)), TradeExport.Rows(run));
        }
    }
}
