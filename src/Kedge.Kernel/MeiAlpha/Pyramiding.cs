using Kedge.Kernel.Perps;

namespace Kedge.Kernel.MeiAlpha;

/// <summary>Adding to a position in profit.</summary>
public static class Pyramiding
{
    /// <summary>Whether an add is due: count, confidence, cooldown, profit.</summary>
    /// <param name="symbol">Rank of the symbol, for the trace.</param>
    /// <param name="position">Open position on the side of the signal.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="price">Price of the decision.</param>
    /// <param name="nowMs">The tick.</param>
    /// <param name="p">Parameters.</param>
    /// <param name="trace">Sees every test.</param>
    /// <returns>What stops the add, or <see cref="StopCode.None"/>.</returns>
    public static StopCode Evaluate<TTrace>(
        int symbol,
        in Position position,
        in Signal signal,
        double price,
        long nowMs,
        in Parameters p,
        ref TTrace trace
    )
        where TTrace : struct, ITrace
    {
        bool count = position.Adds < p.Trade.MaxAddsPerSymbol;
        trace.Gate(symbol, GateId.AddCount, position.Adds, p.Trade.MaxAddsPerSymbol, count);
        if (!count)
        {
            return StopCode.AddCount;
        }

        bool confident = signal.Confidence >= p.Trade.AddMinConfidence;
        trace.Gate(symbol, GateId.AddConfidence, (int)signal.Confidence, (int)p.Trade.AddMinConfidence, confident);
        if (!confident)
        {
            return StopCode.AddConfidence;
        }

        double minutes = (nowMs - position.LastAddMs) / 60000.0;
        bool cooled = minutes >= p.Trade.AddCooldownMinutes;
        trace.Gate(symbol, GateId.AddCooldown, minutes, p.Trade.AddCooldownMinutes, cooled);
        if (!cooled)
        {
            return StopCode.AddCooldown;
        }

        double profit = position.EntryAtr > 0.0 ? position.Direction * (price - position.EntryPrice) / position.EntryAtr : 0.0;
        bool enough = profit >= p.Trade.AddMinProfitAtr;
        trace.Gate(symbol, GateId.AddProfit, profit, p.Trade.AddMinProfitAtr, enough);
        return enough ? StopCode.None : StopCode.AddProfit;
    }

    /// <summary>Margin and size of an add before limits: a fraction of the base margin at the position's own leverage.</summary>
    /// <param name="equity">Equity the base margin is taken from.</param>
    /// <param name="price">Price of the decision.</param>
    /// <param name="leverage">Leverage of the position.</param>
    /// <param name="p">Parameters.</param>
    public static EntrySize Size(double equity, double price, double leverage, in Parameters p)
    {
        EntrySize size = default;
        size.Leverage = leverage;
        size.Margin = equity * p.Trade.AllocationPct * p.Trade.AddFractionOfBaseMargin;
        size.Notional = size.Margin * leverage;
        size.Size = price > 0.0 ? size.Notional / price : 0.0;
        return size;
    }
}
