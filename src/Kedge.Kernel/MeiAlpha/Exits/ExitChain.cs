using Kedge.Kernel.Perps;

namespace Kedge.Kernel.MeiAlpha.Exits;

/// <summary>All exit stages in their order: glitch guard, stop loss, trailing stop, take-profit, smart exits. The first hit wins.</summary>
public static class ExitChain
{
    /// <summary>Tests one position at the close of a bar, or at a live price.</summary>
    /// <param name="symbol">Rank of the symbol, for the trace.</param>
    /// <param name="position">Open position; its trailing stop and breakeven mark may move.</param>
    /// <param name="range">Prices; without intrabar exits only the close counts.</param>
    /// <param name="nowMs">The tick, epoch ms.</param>
    /// <param name="coolingDown">Whether the exit cooldown runs: then only the stop loss is tested.</param>
    /// <param name="s">Last main bar. Not known (a position taken over before the first bar): only the hard stop is tested.</param>
    /// <param name="p">Parameters.</param>
    /// <param name="trace">Sees every stage.</param>
    /// <param name="stopMoved">Whether the stored stop changed.</param>
    public static ExitDecision Evaluate<TTrace>(
        int symbol,
        ref Position position,
        in PriceRange range,
        long nowMs,
        bool coolingDown,
        in Snapshot s,
        in Parameters p,
        ref TTrace trace,
        out bool stopMoved
    )
        where TTrace : struct, ITrace
    {
        stopMoved = false;
        double price = range.Close;
        bool glitch = GlitchGuard.IsGlitch(price, s, p);
        if (p.Trade.BlockExitsOnExtremeDev)
        {
            trace.Gate(symbol, GateId.Glitch, Arithmetic.Abs(price - s.PrevClose), s.Atr * p.Trade.GlitchAtrMult, !glitch);
        }

        if (glitch)
        {
            return default;
        }

        bool stopOnly = coolingDown || !s.IsKnown;
        if (p.IntrabarExits && range.OpenTimeMs >= position.OpenedAtMs)
        {
            ExitDecision inside = IntrabarExits.Evaluate(position, range, stopOnly, p);
            if (inside.IsExit)
            {
                return inside;
            }
        }

        if (
            !coolingDown
            && p.Trade.BreakevenLatched
            && !position.BreakevenReached
            && StopLoss.ReachesBreakeven(position, price, p)
        )
        {
            position.BreakevenReached = true;
            stopMoved = true;
        }

        double stop = StopLoss.Level(position, price, s, p);
        if (p.IntrabarExits)
        {
            IntrabarExits.Rest(ref position, stop);
        }

        bool stopped = StopLoss.IsHit(position.Side, price, stop);
        trace.Gate(symbol, GateId.StopLoss, price, stop, !stopped);
        if (stopped)
        {
            return ExitDecision.Full(ReasonCode.StopLoss, price, stop);
        }

        if (stopOnly)
        {
            return default;
        }

        stopMoved |= TrailingStop.Update(ref position, price, s, p);
        bool trailed = TrailingStop.IsHit(position, price);
        if (position.HasTrailingStop)
        {
            trace.Gate(symbol, GateId.TrailingStop, price, position.TrailingStop, !trailed);
        }

        if (trailed)
        {
            return ExitDecision.Full(ReasonCode.TrailingStop, price, position.TrailingStop);
        }

        TakeProfitOutcome outcome = TakeProfit.Evaluate(position, price, p);
        double full = TakeProfit.FullLevel(position, p);
        trace.Gate(symbol, GateId.TakeProfit, price, full, outcome != TakeProfitOutcome.Full);
        if (outcome != TakeProfitOutcome.Hold)
        {
            return FromLadder(outcome, position, price, full, p);
        }

        return SmartExits.Evaluate(symbol, position, price, nowMs, s, p, ref trace);
    }

    /// <summary>Turns an outcome of the ladder into a decision; a remainder below the minimum closes everything.</summary>
    internal static ExitDecision FromLadder(
        TakeProfitOutcome outcome,
        in Position position,
        double price,
        double fullLevel,
        in Parameters p
    ) =>
        outcome == TakeProfitOutcome.Full ? ExitDecision.Full(ReasonCode.TakeProfit, price, fullLevel)
        : outcome == TakeProfitOutcome.RemainderTooSmall
            ? ExitDecision.Full(ReasonCode.TakeProfitRemainder, price, TakeProfit.PartialLevel(position, p))
        : ExitDecision.Partial(
            ReasonCode.TakeProfitPartial,
            price,
            TakeProfit.PartialFraction(p),
            TakeProfit.PartialLevel(position, p)
        );
}
