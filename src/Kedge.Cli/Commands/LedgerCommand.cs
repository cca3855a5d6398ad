using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Kedge.Data.Ledger;
using Kedge.Model;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge ledger</c>: what a lane decided, sent and booked.</summary>
internal static class LedgerCommand
{
    private const int DefaultLimit = 50;

    public static Command Build()
    {
        Command command = new("ledger", "Read the ledger of a lane, and check that it agrees with itself");
        command.Subcommands.Add(Check());
        command.Subcommands.Add(Intents());
        command.Subcommands.Add(Fills());
        command.Subcommands.Add(History());
        return command;
    }

    private static Command Check()
    {
        Command command = new("check", "Replay the whole history and compare it with what the ledger says now");
        Argument<string> path = Database(command);
        Option<bool> json = Json(command);
        command.SetAction(parsed =>
        {
            IReadOnlyList<string> problems = LedgerCheck.Run(parsed.GetValue(path)!);
            if (parsed.GetValue(json))
            {
                DataCommand.Json(writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteStartArray("problems");
                    foreach (string problem in problems)
                    {
                        writer.WriteStringValue(problem);
                    }

                    writer.WriteEndArray();
                    writer.WriteEndObject();
                });
            }
            else
            {
                Terminal.ResultText(text =>
                {
                    foreach (string problem in problems)
                    {
                        text.WriteLine(problem);
                    }

                    text.WriteLine(problems.Count == 0 ? "the ledger agrees with its history" : $"{problems.Count} differences");
                });
            }

            return problems.Count == 0 ? 0 : (int)FailureKind.CheckFailed;
        });
        return command;
    }

    private static Command Intents()
    {
        Command command = new("intents", "The newest decisions to trade, and where they stand");
        Argument<string> path = Database(command);
        (Option<string?> symbol, Option<int> limit) = Narrow(command);
        Option<bool> open = RunOptions.Flag("--open", "Only those that are not over");
        command.Options.Add(open);
        Option<bool> json = Json(command);
        command.SetAction(parsed =>
            Show(
                LedgerView.Intents(
                    parsed.GetValue(path)!,
                    Limit(parsed.GetValue(limit)),
                    parsed.GetValue(symbol),
                    parsed.GetValue(open)
                ),
                parsed.GetValue(json)
            )
        );
        return command;
    }

    private static Command Fills()
    {
        Command command = new("fills", "The newest fills, and whose they are");
        Argument<string> path = Database(command);
        (Option<string?> symbol, Option<int> limit) = Narrow(command);
        Option<bool> json = Json(command);
        command.SetAction(parsed =>
            Show(
                LedgerView.Fills(parsed.GetValue(path)!, Limit(parsed.GetValue(limit)), parsed.GetValue(symbol)),
                parsed.GetValue(json)
            )
        );
        return command;
    }

    private static Command History()
    {
        Command command = new("history", "Everything that happened to one intent, with evidence");
        Argument<string> path = Database(command);
        Argument<string> intent = new("intent") { Description = "Its id, 32 hex digits" };
        command.Arguments.Add(intent);
        Option<bool> json = Json(command);
        command.SetAction(parsed =>
            Show(LedgerView.History(parsed.GetValue(path)!, parsed.GetValue(intent)!), parsed.GetValue(json))
        );
        return command;
    }

    private static Argument<string> Database(Command command)
    {
        Argument<string> path = new("db") { Description = "The ledger, e.g. trading_engine.db" };
        command.Arguments.Add(path);
        return path;
    }

    private static Option<bool> Json(Command command)
    {
        Option<bool> json = RunOptions.Flag("--json", "JSON on standard output");
        command.Options.Add(json);
        return json;
    }

    private static (Option<string?> Symbol, Option<int> Limit) Narrow(Command command)
    {
        Option<string?> symbol = RunOptions.Text("--symbol", "Of this symbol alone");
        Option<int> limit = NumberOptions.Whole("--limit", "How many at most", DefaultLimit);
        command.Options.Add(symbol);
        command.Options.Add(limit);
        return (symbol, limit);
    }

    private static int Limit(int limit) =>
        limit >= 1 ? limit : throw KedgeException.Usage($"--limit must be 1 or more, not {limit}");

    private static int Show(LedgerView view, bool json)
    {
        if (json)
        {
            DataCommand.Json(writer => Write(writer, view));
        }
        else
        {
            Terminal.ResultText(text => Write(text, view));
        }

        return 0;
    }

    private static void Write(Utf8JsonWriter writer, LedgerView view)
    {
        writer.WriteStartArray();
        foreach (IReadOnlyList<object?> row in view.Rows)
        {
            writer.WriteStartObject();
            for (int i = 0; i < row.Count; i++)
            {
                switch (row[i])
                {
                    case long number:
                        writer.WriteNumber(view.Columns[i], number);
                        break;
                    case var value:
                        writer.WriteString(view.Columns[i], (string?)value);
                        break;
                }
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(TextWriter text, LedgerView view)
    {
        string[][] cells =
        [
            [.. view.Columns],
            .. view.Rows.Select(r => r.Select((v, i) => Cell(view.Columns[i], v)).ToArray()),
        ];
        int[] widths = [.. Enumerable.Range(0, view.Columns.Count).Select(i => cells.Max(row => row[i].Length))];
        foreach (string[] row in cells)
        {
            text.WriteLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        }
    }

    // Times for people; JSON keeps the numbers.
    private static string Cell(string column, object? value) =>
        value switch
        {
            null or "" => "-",
            long ms when column.EndsWith("ts_ms", StringComparison.Ordinal) => DateTimeOffset
                .FromUnixTimeMilliseconds(ms)
                .ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
            long number => number.ToString(CultureInfo.InvariantCulture),
            _ => ((string)value).ReplaceLineEndings(" "),
        };
}
