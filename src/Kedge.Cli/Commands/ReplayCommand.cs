using System.CommandLine;
using Kedge.Cli.Strategies;
using Kedge.Model;
using Kedge.Research.Replay;
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
        Option<string[]> strategies = new("--strategy")
        {
            Description = "Strategy that trades, on all symbols or on its own: NAME or NAME=SYMBOL,SYMBOL (repeatable)",
            HelpName = "name",
        };
        Option<string[]> settings = new("--strategy-set")
        {
            Description = "Parameter of a strategy: NAME.key=value (repeatable)",
            HelpName = "name.key=value",
        };
        Option<string?> assembly = RunOptions.Text("--strategy-assembly", "Assembly with strategies of your own");
        foreach (
            Option option in new Option[]
            {
                strategies,
                settings,
                assembly,
                output,
                html,
                trades,
                fills,
                withTrades,
                withCurve,
                json,
                quiet,
            }
        )
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
            ReplayRequest request = run.Read(parsed) with
            {
                Strategies = StrategiesOf(parsed.GetValue(strategies), parsed.GetValue(settings), parsed.GetValue(assembly)),
            };
            outputs.Check(request);
            bool silent = parsed.GetValue(quiet) || parsed.GetValue(json);
            using ReplaySetup setup = ReplaySetup.Open(request, Interruption.Token);
            ReplayResult result = ReplayRunner.Run(setup, Terminal.Progress("replay", silent));
            outputs.Write(result);
            return 0;
        });
        return command;
    }

    private static StrategySelection? StrategiesOf(string[]? strategies, string[]? settings, string? assembly)
    {
        if (strategies is not { Length: > 0 })
        {
            return settings is { Length: > 0 } || assembly is not null
                ? throw KedgeException.Usage(
                    "--strategy-set and --strategy-assembly need --strategy: name the strategy that trades"
                )
                : null;
        }

        return StrategySelection.Parse(StrategyAssembly.Registry(assembly), strategies, settings ?? []);
    }
}
