using Kedge.Kernel.Perps;

namespace Kedge.Kernel.MeiAlpha.Exits;

/// <summary>
/// Stops and targets inside a bar (<c>backtest.intrabar_exits</c>): the worst case first, filled at the level, or at the open when the
/// market gapped through it. The stop is the one computed at the last test, entry or add: a bar is never tested against what it tells itself.
/// </summary>
public static class IntrabarExits
{
    /// <summary>Tests the tighter of the two stops against the adverse extreme, then the ladder against the favourable one.</summary>
    /// <param name="position">Open position, opened at or before the bar's open.</param>
    /// <param name="range">The bar.</param>
    /// <param name="stopOnly">Whether only the hard stop may act.</param>
    /// <param name="p">Parameters.</param>
    public static ExitDecision Evaluate(in Position position, in PriceRange range, bool stopOnly, in Parameters p)
    {
        bool isLong = position.Side == Side.Long;
        double adverse = isLong ? range.Low : range.High;
        double favourable = isLong ? range.High : range.Low;

        double stop = position.RestingStop;
        bool hasStop = position.HasRestingStop;
        ReasonCode reason = ReasonCode.StopLoss;
        if (!stopOnly && position.HasTrailingStop && (!hasStop || Tighter(isLong, position.TrailingStop, stop)))
        {
            stop = position.TrailingStop;
            hasStop = true;
            reason = ReasonCode.TrailingStop;
        }

        if (hasStop && StopLoss.IsHit(position.Side, adverse, stop))
        {
            double fill = StopLoss.IsHit(position.Side, range.Open, stop) ? range.Open : stop;
            return ExitDecision.Full(reason, fill, stop);
        }

        if (stopOnly)
        {
            return default;
        }

        double full = TakeProfit.FullLevel(position, p);
        TakeProfitOutcome outcome = TakeProfit.Evaluate(position, favourable, p);
        if (outcome == TakeProfitOutcome.Hold)
        {
            return default;
        }

        double level = outcome == TakeProfitOutcome.Full ? full : TakeProfit.PartialLevel(position, p);
        double price = TakeProfit.IsReached(position.Side, range.Open, level) ? range.Open : level;
        return ExitChain.FromLadder(outcome, position, price, full, p);
    }

    /// <summary>Remembers the stop for the next bar.</summary>
    public static void Rest(ref Position position, double stop)
    {
        position.RestingStop = stop;
        position.HasRestingStop = true;
    }

    private static bool Tighter(bool isLong, double a, double b) => isLong ? a > b : a < b;
}
