using System.CommandLine;
using System.Text.Json;
using Kedge.Data;
using Kedge.Model;
using Kedge.Research.Explain;
using Kedge.Research.Replay;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge explain SYMBOL</c>: why the step did what it did at a bar.</summary>
internal static class ExplainCommand
{
    public static Command Build()
    {
        Command command = new("explain", "Show the decision about a symbol at a bar: gates, filters, sizing, what stopped it");
        Argument<string> symbol = new("symbol") { Description = "Symbol to explain" };
        command.Arguments.Add(symbol);
        RunOptions run = new(command);
        Option<string?> at = RunOptions.Text("--at", "The moment; without it --from and --to give a table");
        Option<string?> runFrom = RunOptions.Text("--run-from", "--from of the replay to explain, when it had one");
        Option<string?> runTo = RunOptions.Text("--run-to", "--to of the replay to explain, when it had one");
        Option<bool> json = RunOptions.Flag("--json", "JSON on standard output");
        command.Options.Add(runFrom);
        command.Options.Add(runTo);
        command.Options.Add(at);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            string? moment = parsed.GetValue(at);
            ReplayRequest request = run.Read(parsed);
            if (moment is null && request.From is null && request.To is null)
            {
                throw KedgeException.Usage(
                    "explain needs --at TIME, or --from and --to for a table; 'kedge data list' shows what the data cover"
                );
            }

            // The portfolio before the span matters (positions, cooldowns), so the run keeps a window of its own.
            long fromMs = request.From is null ? long.MinValue : Timestamp.Parse(request.From, "--from");
            long toMs = request.To is null ? long.MaxValue : Timestamp.Parse(request.To, "--to");
            if (moment is not null && (request.From ?? request.To) is not null)
            {
                throw KedgeException.Usage("--at names one moment, --from and --to a span; give one of the two");
            }

            if (fromMs > toMs)
            {
                throw KedgeException.Usage($"--from {Timestamp.Show(fromMs)} is after --to {Timestamp.Show(toMs)}; swap them");
            }

            if (moment is not null)
            {
                toMs = Timestamp.Parse(moment, "--at");
                fromMs = long.MinValue;
            }

            using ReplaySetup setup = ReplaySetup.Open(
                request with
                {
                    From = parsed.GetValue(runFrom),
                    To = parsed.GetValue(runTo),
                },
                Interruption.Token
            );
            string name = setup.Input.Main.Find(parsed.GetValue(symbol)!);
            ReplayInput input = setup.Input with { Progress = Terminal.Progress("explain", parsed.GetValue(json)) };
            IReadOnlyList<DecisionRecord> records = Explainer.Run(input, name, fromMs, toMs, moment is not null);
            if (records.Count == 0)
            {
                throw new KedgeException(
                    FailureKind.CheckFailed,
                    $"{name} was not looked at then: no bar closes in that time, or the warm-up of {request.Lookback} bars was not over; "
                        + "'kedge data list' shows what the data cover"
                );
            }

            Write(name, records, moment is not null, parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static void Write(string symbol, IReadOnlyList<DecisionRecord> records, bool single, bool json)
    {
        if (json)
        {
            Terminal.Result(stream =>
            {
                using Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true });
                ExplainJson.Write(writer, symbol, records);
            });
            return;
        }

        Terminal.ResultText(writer =>
        {
            if (single)
            {
                ExplainText.WriteFull(writer, symbol, records[^1]);
            }
            else
            {
                ExplainText.WriteTable(writer, symbol, records);
            }
        });
    }
}
