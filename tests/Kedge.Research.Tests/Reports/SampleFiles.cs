using Kedge.Research.Replay;
using Kedge.Research.Reports;

namespace Kedge.Research.Tests.Reports;

/// <summary>Writes every kind of report of the sample into the folder named by KEDGE_SAMPLE_DIR, to be looked at.</summary>
public sealed class SampleFiles
{
    [Fact]
    public void Writes_every_report()
    {
        string? folder = Environment.GetEnvironmentVariable("KEDGE_SAMPLE_DIR");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "KEDGE_SAMPLE_DIR is not set");
        Directory.CreateDirectory(folder!);
        ReplayResult result = SampleReplay.Make();
        using (result.Candles)
        {
            Report report = ReportBuilder.Build(result);
            ReportJson.WriteFile(
                Path.Combine(folder!, "report.json"),
                report,
                new ReportJsonOptions { Trades = true, EquityCurve = true }
            );
            TearSheet.WriteFile(Path.Combine(folder!, "report.html"), report);
            TradesCsv.WriteFile(Path.Combine(folder!, "trades.csv"), report);
            FillsCsv.WriteFile(Path.Combine(folder!, "fills.csv"), result);
            AtomicFile.Write(
                Path.Combine(folder!, "summary.txt"),
                stream =>
                {
                    using StreamWriter writer = new(stream, leaveOpen: true);
                    TerminalSummary.Write(writer, report);
                }
            );
        }
    }
}
