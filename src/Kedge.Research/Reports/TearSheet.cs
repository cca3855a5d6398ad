using System.Text;
using System.Text.Json;
using Kedge.Research.Replay;

namespace Kedge.Research.Reports;

/// <summary>
/// The report as one HTML page that needs nothing else: style, script and data are inside, and a content security policy forbids it to
/// load anything. Candles are shown for traded symbols only, at most <see cref="TearSheetCandles.MostCandles"/> in all.
/// </summary>
public static class TearSheet
{
    private const string Policy =
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    /// <summary>Writes the page to a file, whole or not at all.</summary>
    public static void WriteFile(string path, Report report) => AtomicFile.Write(path, stream => Write(stream, report));

    /// <summary>Writes the page.</summary>
    public static void Write(Stream stream, Report report)
    {
        ReplayRun run = report.Result.Run;
        string title = $"Kedge replay {run.Interval} {Figures.Day(run.FromMs)} to {Figures.Day(run.ToMs)}";
        Text(
            stream,
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="{Policy}">
            <meta name="color-scheme" content="light dark">
            <link rel="icon" href="data:,">
            <title>{title}</title>
            <style>

            """
        );
        Resource(stream, "tearsheet.css");
        Text(
            stream,
            """
            </style>
            </head>
            <body>
            <noscript>This page draws its charts with the script inside it: allow scripts to see them.</noscript>
            <div id="page"></div>
            <script type="application/json" id="data">
            """
        );
        // The default encoder escapes '<', '>' and '&', so that no text can end the script block.
        using (Utf8JsonWriter writer = new(stream))
        {
            TearSheetData.Write(writer, report);
        }

        Text(stream, "</script>\n<script>\n");
        Resource(stream, "tearsheet.js");
        Text(stream, "</script>\n</body>\n</html>\n");
    }

    private static void Text(Stream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));

    private static void Resource(Stream stream, string name)
    {
        using Stream resource =
            typeof(TearSheet).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"resource {name} is missing from the build");
        resource.CopyTo(stream);
    }
}
