using System.Globalization;
using Kedge.Model.Orders;
using Kedge.Simulation.Scheduling;
using Kedge.Trading.Engine;
using Kedge.Trading.Safety;

namespace Kedge.Simulation.Trading;

/// <summary>Somebody at the lane's controls: does things by hand, and now and then puts in order what only he can.</summary>
internal sealed class LaneOperator(LaneScenario scenario)
{
    private const string Name = "somebody";
    private long _commands;

    /// <summary>Lifts what only an operator lifts, takes over or leaves what others hold, cancels what rests.</summary>
    public void Round(SimRandom dice)
    {
        if (scenario.Engine.Engine is not { } engine)
        {
            return;
        }

        Give(new OperatorCommand.Resume { Operator = Name, Reason = "the round" });
        foreach (KillLatch latch in engine.Risk?.Latches.Active ?? [])
        {
            if (latch.Clearing == KillClearing.Operator)
            {
                Kill(KillMode.Off, latch.Key, "looked at it");
            }
        }

        for (int i = 0; i < scenario.Symbols.Count; i++)
        {
            if (engine.ForeignOf(i) != 0m && dice.Chance(0.7))
            {
                Give(
                    new OperatorCommand.Adopt
                    {
                        Operator = Name,
                        Reason = "the lane's now",
                        Symbol = scenario.Symbols[i],
                    }
                );
            }
        }

        CancelForeign();
    }

    /// <summary>Does something by hand.</summary>
    public bool Do(SimRandom dice)
    {
        switch (dice.NextBetween(0, 6))
        {
            case 0:
                Give(new OperatorCommand.Pause { Operator = Name, Reason = "lunch" });
                break;
            case 1:
                Give(new OperatorCommand.Close { Operator = Name, Reason = "enough" });
                break;
            case 2:
                Kill(KillMode.CloseOnly, KillKeys.Operator, "doubts");
                break;
            case 3:
                Kill(KillMode.HaltAll, KillKeys.Operator, "fire");
                break;
            case 4:
                Kill(KillMode.HardKill, KillKeys.Operator, "flood");
                break;
            case 5:
                Round(dice);
                break;
            default:
                string symbol = scenario.Symbols[(int)dice.NextBetween(0, scenario.Symbols.Count - 1)];
                Give(
                    new OperatorCommand.Close
                    {
                        Operator = Name,
                        Reason = "this one",
                        Symbol = symbol,
                    }
                );
                break;
        }

        return scenario.Lane.IsRunning;
    }

    /// <summary>Places an order that rests.</summary>
    public void Place(string symbol, bool buys, decimal size, decimal limit) =>
        Give(
            new OperatorCommand.Place
            {
                Operator = Name,
                Reason = "a good price",
                Id = string.Create(CultureInfo.InvariantCulture, $"{scenario.Scheduler.NowUs}-{++_commands}"),
                Symbol = symbol,
                IsBuy = buys,
                Size = size,
                Limit = limit,
            }
        );

    /// <summary>Cancels what he placed, and what others did, as far as it rests.</summary>
    public void CancelPlaced()
    {
        CancelForeign();
        foreach ((string symbol, ClientOrderId id) in scenario.OrdersByHand())
        {
            Give(
                new OperatorCommand.Cancel
                {
                    Operator = Name,
                    Reason = "not any more",
                    Symbol = symbol,
                    Id = id,
                }
            );
        }
    }

    private void CancelForeign()
    {
        foreach ((string symbol, long order) in scenario.RestingOrders())
        {
            Give(
                new OperatorCommand.Cancel
                {
                    Operator = Name,
                    Reason = "not ours",
                    Symbol = symbol,
                    VenueId = order,
                }
            );
        }
    }

    private void Kill(KillMode mode, string latch, string reason) =>
        Give(
            new OperatorCommand.Kill
            {
                Operator = Name,
                Reason = reason,
                Command = new KillCommand(
                    string.Create(CultureInfo.InvariantCulture, $"{scenario.Scheduler.NowUs}-{++_commands}"),
                    Name,
                    reason,
                    mode,
                    latch,
                    Confirmed: true
                ),
            }
        );

    private void Give(OperatorCommand command) => scenario.Engine.Post(new EngineEvent.Operated(command));
}
