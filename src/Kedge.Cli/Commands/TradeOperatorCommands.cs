using System.CommandLine;
using Kedge.Cli.Trading;
using Kedge.Model;

namespace Kedge.Cli.Commands;

/// <summary>What an operator tells a running lane: <c>kedge trade status | pause | resume | kill | clear | close | place | cancel | adopt</c>.</summary>
internal static class TradeOperatorCommands
{
    public static IReadOnlyList<Command> Build() =>
        [
            Status(),
            Plain("pause", "Stop entries until resume; exits go on"),
            Plain("resume", "Let entries go on"),
            Kill(),
            Clear(),
            Close(),
            TradePlaceCommand.Build(),
            Cancel(),
            Adopt(),
        ];

    private static Command Status()
    {
        Command command = new("status", "How a running lane stands");
        LanePlace place = new(command);
        Option<bool> json = RunOptions.Flag("--json", "JSON on standard output");
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            OperatorAnswer answer = OperatorSocket.Ask(place.SocketOf(parsed), new OperatorRequest("status", "cli", "status"));
            string status = answer.Status ?? throw KedgeException.Environment("the lane gave no status; look at its log");
            Terminal.ResultText(text =>
            {
                foreach (string line in parsed.GetValue(json) ? [status] : LaneStatusJson.Lines(status))
                {
                    text.WriteLine(line);
                }
            });
            return 0;
        });
        return command;
    }

    private static Command Plain(string verb, string description)
    {
        Command command = new(verb, description);
        OperatorOptions orders = new(command);
        command.SetAction(parsed => orders.Send(parsed, orders.Of(parsed, verb)));
        return command;
    }

    private static Command Kill()
    {
        Command command = new("kill", "Latch a kill: close_only, halt_all or hard_kill");
        Argument<string> mode = new("mode") { Description = "close_only, halt_all or hard_kill" };
        Option<bool> confirm = RunOptions.Flag("--confirm", "halt_all and hard_kill stop protective exits too, and are meant so");
        Option<string?> id = Id();
        command.Arguments.Add(mode);
        command.Options.Add(confirm);
        command.Options.Add(id);
        OperatorOptions orders = new(command);
        command.SetAction(parsed =>
            orders.Send(
                parsed,
                orders.Of(parsed, "kill") with
                {
                    Mode = parsed.GetValue(mode),
                    Confirm = parsed.GetValue(confirm),
                    Id = parsed.GetValue(id),
                }
            )
        );
        return command;
    }

    private static Command Clear()
    {
        Command command = new("clear", "Lift one kill latch by its name");
        Argument<string> latch = new("latch") { Description = "Its name, as status shows it" };
        Option<string?> id = Id();
        command.Arguments.Add(latch);
        command.Options.Add(id);
        OperatorOptions orders = new(command);
        command.SetAction(parsed =>
            orders.Send(parsed, orders.Of(parsed, "clear") with { Latch = parsed.GetValue(latch), Id = parsed.GetValue(id) })
        );
        return command;
    }

    private static Command Close()
    {
        Command command = new("close", "Close the lane's position of a symbol at once");
        Argument<string?> symbol = new("symbol") { Description = "Symbol, as status shows it", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> all = RunOptions.Flag("--all", "Close every position");
        command.Arguments.Add(symbol);
        command.Options.Add(all);
        OperatorOptions orders = new(command);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(symbol) is null != parsed.GetValue(all))
            {
                throw KedgeException.Usage("close: name a symbol, or give --all");
            }

            return orders.Send(
                parsed,
                orders.Of(parsed, "close") with
                {
                    Symbol = parsed.GetValue(symbol),
                    All = parsed.GetValue(all),
                }
            );
        });
        return command;
    }

    private static Command Cancel()
    {
        Command command = new("cancel", "Cancel one order");
        Argument<string> symbol = new("symbol") { Description = "Symbol of the order" };
        Argument<string> order = new("order") { Description = "Our id (0x and 32 digits), or the venue's number" };
        command.Arguments.Add(symbol);
        command.Arguments.Add(order);
        OperatorOptions orders = new(command);
        command.SetAction(parsed =>
            orders.Send(
                parsed,
                orders.Of(parsed, "cancel") with
                {
                    Symbol = parsed.GetValue(symbol),
                    Order = parsed.GetValue(order),
                }
            )
        );
        return command;
    }

    private static Command Adopt()
    {
        Command command = new("adopt", "Give somebody else's position of a symbol to the lane");
        Argument<string> symbol = new("symbol") { Description = "Symbol" };
        command.Arguments.Add(symbol);
        OperatorOptions orders = new(command);
        command.SetAction(parsed => orders.Send(parsed, orders.Of(parsed, "adopt") with { Symbol = parsed.GetValue(symbol) }));
        return command;
    }

    internal static Option<string?> Id() => RunOptions.Text("--id", "Names the command: the same id is obeyed once");
}
