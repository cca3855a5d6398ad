using Kedge.Research.Replay;

namespace Kedge.Research.Reports;

/// <summary>
/// The report as one HTML page that needs nothing else. Candles are shown for traded symbols only, at most <see cref="TearSheetCandles.MostCandles"/> in all.
/// </summary>
public static class TearSheet
{
    /// <summary>Writes the page to a file, whole or not at all.</summary>
    public static void WriteFile(string path, Report report) => AtomicFile.Write(path, stream => Write(stream, report));

    /// <summary>Writes the page.</summary>
    public static void Write(Stream stream, Report report)
    {
        ReplayRun run = report.Result.Run;
        string title = $"Kedge replay {run.Interval} {Figures.Day(run.FromMs)} to {Figures.Day(run.ToMs)}";
        HtmlPage.Write(stream, title, "tearsheet", writer => TearSheetData.Write(writer, report));
    }
}
