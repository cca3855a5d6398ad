using Kedge.Kernel.MeiAlpha.Exits;
using Kedge.Kernel.Perps;

namespace Kedge.Kernel.Tests.Exits;

/// <summary>Long from 100, ATR 2, full target 4 ATR = 108; size 10.</summary>
public sealed class TakeProfitTests
{
    [Theory]
    // ladder on, own level at 1 ATR = 102
    [InlineData(true, 1.0, 0.5, 10.0, false, 101.99, TakeProfitOutcome.Hold)]
    [InlineData(true, 1.0, 0.5, 10.0, false, 102.0, TakeProfitOutcome.Partial)]
    [InlineData(true, 1.0, 0.5, 511.0, false, 102.0, TakeProfitOutcome.RemainderTooSmall)]
    [InlineData(true, 1.0, 0.5, 510.0, false, 102.0, TakeProfitOutcome.Partial)]
    [InlineData(true, 1.0, 0.5, 10.0, true, 107.99, TakeProfitOutcome.Hold)]
    [InlineData(true, 1.0, 0.5, 10.0, true, 108.0, TakeProfitOutcome.Full)]
    // a level beyond the full one does not hide it
    [InlineData(true, 5.0, 0.5, 10.0, false, 108.0, TakeProfitOutcome.Full)]
    // nothing or everything at the first step behaves as full
    [InlineData(true, 1.0, 0.0, 10.0, false, 102.0, TakeProfitOutcome.Hold)]
    [InlineData(true, 1.0, 1.0, 10.0, false, 108.0, TakeProfitOutcome.Full)]
    // no own level: partial at the full target, the rest has no target
    [InlineData(true, 0.0, 0.5, 10.0, false, 107.99, TakeProfitOutcome.Hold)]
    [InlineData(true, 0.0, 0.5, 10.0, false, 108.0, TakeProfitOutcome.Partial)]
    [InlineData(true, 0.0, 0.5, 10.0, true, 150.0, TakeProfitOutcome.Hold)]
    // ladder off
    [InlineData(false, 1.0, 0.5, 10.0, false, 107.99, TakeProfitOutcome.Hold)]
    [InlineData(false, 1.0, 0.5, 10.0, false, 108.0, TakeProfitOutcome.Full)]
    public void The_ladder_has_two_steps(
        bool ladder,
        double ownLevel,
        double fraction,
        double minRemainder,
        bool taken,
        double price,
        TakeProfitOutcome outcome
    )
    {
        Parameters p = default;
        p.Trade.TpAtrMult = 4.0;
        p.Trade.EnablePartialTp = ladder;
        p.Trade.TpPartialAtrMult = ownLevel;
        p.Trade.TpPartialPct = fraction;
        p.Trade.TpPartialMinNotionalUsd = minRemainder;
        Position position = Held.Long();
        position.PartialTaken = taken;
        Assert.Equal(outcome, TakeProfit.Evaluate(position, price, p));
    }
}
