using Kedge.Model;
using Kedge.Research.Replay;
using Kedge.Research.Reports;

namespace Kedge.Cli.Commands;

/// <summary>Where the result of a replay goes.</summary>
internal sealed record ReplayOutputs
{
    /// <summary>File for the report JSON, or null.</summary>
    public string? Json { get; init; }

    /// <summary>File for the tear sheet, or null.</summary>
    public string? Html { get; init; }

    /// <summary>File for the trades CSV, or null.</summary>
    public string? Trades { get; init; }

    /// <summary>File for the bookings CSV, or null.</summary>
    public string? Fills { get; init; }

    /// <summary>Whether the JSON goes to standard output.</summary>
    public bool JsonOnStdout { get; init; }

    /// <summary>Optional parts of the JSON.</summary>
    public ReportJsonOptions Options { get; init; } = ReportJsonOptions.Default;

    /// <summary>Whether a person reads a summary.</summary>
    public bool Summary { get; init; }

    /// <summary>Fails before the work when an output folder is missing.</summary>
    public void CheckFolders()
    {
        foreach (string? path in new[] { Json, Html, Trades, Fills })
        {
            string? folder = path is null ? null : Path.GetDirectoryName(Path.GetFullPath(path));
            if (folder is not null && !Directory.Exists(folder))
            {
                throw KedgeException.Environment($"{path}: the folder {folder} does not exist; create it first");
            }
        }
    }

    /// <summary>Writes everything asked for.</summary>
    public void Write(ReplayResult result)
    {
        Report report = ReportBuilder.Build(result);
        if (Json is not null)
        {
            ReportJson.WriteFile(Json, report, Options);
        }

        if (Trades is not null)
        {
            TradesCsv.WriteFile(Trades, report);
        }

        if (Fills is not null)
        {
            FillsCsv.WriteFile(Fills, result);
        }

        if (Html is not null)
        {
            TearSheet.WriteFile(Html, report);
        }

        if (Summary)
        {
            TerminalSummary.Write(Console.Error, report, Terminal.Colour);
        }

        if (JsonOnStdout)
        {
            Terminal.Result(stream => ReportJson.Write(stream, report, Options));
        }
    }
}
