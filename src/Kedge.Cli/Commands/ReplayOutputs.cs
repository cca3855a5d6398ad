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

    /// <summary>Fails before the work when a file cannot go where it is asked to, or would replace another or an input.</summary>
    public void Check(ReplayRequest request)
    {
        Dictionary<string, string> taken = new(StringComparer.Ordinal);
        foreach (string? inputs in Inputs(request))
        {
            foreach (
                string input in (inputs ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            )
            {
                taken[Path.GetFullPath(input)] = "is an input of the run";
            }
        }

        foreach (string path in new[] { Json, Html, Trades, Fills }.OfType<string>())
        {
            if (path.Length == 0 || Directory.Exists(path))
            {
                throw KedgeException.Environment($"cannot write '{path}': it is a folder; give the name of a file");
            }

            string full = Path.GetFullPath(path);
            if (Path.GetDirectoryName(full) is { } folder && !Directory.Exists(folder))
            {
                throw KedgeException.Environment($"cannot write '{path}': the folder {folder} does not exist; create it first");
            }

            if (full.StartsWith("/dev/", StringComparison.Ordinal))
            {
                continue;
            }

            if (!taken.TryAdd(full, "is named for two outputs"))
            {
                throw KedgeException.Usage($"cannot write '{path}': it {taken[full]}; give another name");
            }
        }
    }

    private static IEnumerable<string?> Inputs(ReplayRequest request) =>
        [
            request.ConfigPath,
            request.CandlesDb,
            request.ExitCandlesDb,
            request.EntryCandlesDb,
            request.FundingDb,
            request.Instruments,
            request.InitState,
            request.BalanceFrom,
            request.UniverseDb,
        ];

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
            Terminal.Human(error => TerminalSummary.Write(error, report, Terminal.Colour));
        }

        if (JsonOnStdout)
        {
            Terminal.Result(stream => ReportJson.Write(stream, report, Options));
        }
    }
}
