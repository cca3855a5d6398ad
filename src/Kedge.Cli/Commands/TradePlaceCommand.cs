using System.CommandLine;
using Kedge.Cli.Trading;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge trade place</c>: one order by hand, through the checks and limits of a running lane and into its ledger.</summary>
internal static class TradePlaceCommand
{
    public static Command Build()
    {
        Command command = new("place", "Place one order by hand, within the lane's limits");
        Argument<string> symbol = new("symbol") { Description = "Symbol" };
        Argument<string> side = new("side") { Description = "buy or sell" };
        Argument<string> size = new("size") { Description = "Base units, whole lots" };
        Option<string?> limit = RunOptions.Text(
            "--limit",
            "Limit price; without it the order takes what is best now, or nothing"
        );
        Option<string?> force = RunOptions.Text(
            "--tif",
            "What becomes of the rest of a limit order: gtc (rests), ioc (ends), alo (rests or is refused) (gtc)"
        );
        Option<bool> reduceOnly = RunOptions.Flag("--reduce-only", "It may only make a position smaller");
        Option<string?> leverage = RunOptions.Text("--leverage", "Leverage of what it opens (what is set at the venue)");
        Option<string?> id = TradeOperatorCommands.Id();
        command.Arguments.Add(symbol);
        command.Arguments.Add(side);
        command.Arguments.Add(size);
        command.Options.Add(limit);
        command.Options.Add(force);
        command.Options.Add(reduceOnly);
        command.Options.Add(leverage);
        command.Options.Add(id);
        OperatorOptions orders = new(command);
        command.SetAction(parsed =>
            orders.Send(
                parsed,
                orders.Of(parsed, "place") with
                {
                    Symbol = parsed.GetValue(symbol),
                    Side = parsed.GetValue(side),
                    Size = parsed.GetValue(size),
                    Limit = parsed.GetValue(limit),
                    TimeInForce = parsed.GetValue(force),
                    ReduceOnly = parsed.GetValue(reduceOnly),
                    Leverage = parsed.GetValue(leverage),
                    Id = parsed.GetValue(id),
                }
            )
        );
        return command;
    }
}
