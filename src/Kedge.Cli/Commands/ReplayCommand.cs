using System.CommandLine;
using Kedge.Data.Files;
using Kedge.Model;
using Kedge.Research.Replay;
using Kedge.Research.Replay.Driver;
using Kedge.Research.Reports;
using Kedge.Trading.Strategies;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge replay</c>: one backtest.</summary>
internal static class ReplayCommand
{
    public static Command Build()
    {
        Command command = new("replay", "Run one backtest and report it");
        RunOptions run = new(command);
        Option<string?> output = RunOptions.Text("--output", "Write the report JSON to a file");
        Option<string?> html = RunOptions.Text("--html", "Write the tear sheet to a file");
        Option<string?> trades = RunOptions.Text("--export-trades", "Write the trades as CSV");
        Option<string?> fills = RunOptions.Text("--export-fills", "Write every booking as CSV, all digits");
        Option<bool> withTrades = RunOptions.Flag("--trades", "Include trades in the JSON");
        Option<bool> withCurve = RunOptions.Flag("--equity-curve", "Include the equity curve in the JSON");
        Option<bool> json = RunOptions.Flag("--json", "JSON on standard output, no summary");
        Option<bool> quiet = RunOptions.Flag("--quiet", "No progress and no summary");
        Option<string?> journal = RunOptions.Text(
            "--journal",
            "Run it once more through the trading engine on paper, and write its journal into a folder"
        );
        StrategyOptions strategies = new(command);
        foreach (Option option in new Option[] { journal, output, html, trades, fills, withTrades, withCurve, json, quiet })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            ReplayOutputs outputs = new()
            {
                Json = parsed.GetValue(output),
                Html = parsed.GetValue(html),
                Trades = parsed.GetValue(trades),
                Fills = parsed.GetValue(fills),
                // A person at a terminal reads the summary; a pipe or a file gets the result.
                JsonOnStdout = parsed.GetValue(json) || (parsed.GetValue(output) is null && Console.IsOutputRedirected),
                Options = new ReportJsonOptions
                {
                    Trades = parsed.GetValue(withTrades),
                    EquityCurve = parsed.GetValue(withCurve),
                },
                Summary = !parsed.GetValue(json) && !parsed.GetValue(quiet),
            };
            ReplayRequest request = run.Read(parsed) with { Strategies = strategies.Read(parsed) };
            outputs.Check(request);
            bool silent = parsed.GetValue(quiet) || parsed.GetValue(json);
            using ReplaySetup setup = ReplaySetup.Open(request, Interruption.Token);
            string? folder = parsed.GetValue(journal);
            if (folder is not null)
            {
                JournalReplay.Check(
                    setup.Input,
                    request.Strategies?.Divide(setup.Input.Main.Symbols),
                    LocalFileSystem.Instance,
                    folder
                );
            }

            ReplayResult result = ReplayRunner.Run(setup, Terminal.Progress("replay", silent));
            outputs.Write(result);
            if (folder is not null)
            {
                Record(setup, result, folder, silent);
            }

            return 0;
        });
        return command;
    }

    /// <summary>The same once more as a session of the engine. Both must come to the same, or the journal would tell of something else than the report.</summary>
    private static void Record(ReplaySetup setup, ReplayResult result, string folder, bool silent)
    {
        StrategyBook? book = setup.Request.Strategies?.Divide(setup.Input.Main.Symbols);
        ReplayOutcome session = JournalReplay.Run(
            setup.Input,
            setup.Configuration.ConfigId,
            book,
            LocalFileSystem.Instance,
            folder
        );
        if (session.Account.Hash != result.StateHash)
        {
            throw new KedgeException(
                FailureKind.CheckFailed,
                $"the engine on paper came to state hash {session.Account.Hash:x16}, the replay to {result.StateHash:x16}; please report both, with the journal in {folder}"
            );
        }

        if (!silent)
        {
            Terminal.Say($"journal of the session, {session.Bookings.Count} bookings, same state hash: {folder}");
        }
    }
}
