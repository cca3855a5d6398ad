namespace Kedge.Kernel.MeiAlpha;

/// <summary>What the market as a whole does to a signal: reversal, directional breadth block, chop gate.</summary>
public static class SignalRules
{
    /// <summary>Whether signals are faded: inside the auto-reverse band, or always with the manual flag.</summary>
    /// <param name="p">Parameters; auto-reverse overrides the manual flag while breadth is known.</param>
    /// <param name="market">Breadth.</param>
    public static bool IsReversed(in Parameters p, in MarketContext market)
    {
        if (!p.Regime.EnableAutoReverse || !market.BreadthKnown)
        {
            return p.Trade.ReverseEntrySignal;
        }

        return p.Regime.AutoReverseBreadthLow <= market.BreadthPct && market.BreadthPct <= p.Regime.AutoReverseBreadthHigh;
    }

    /// <summary>Whether the directional breadth block forbids a side.</summary>
    public static bool IsBlockedByBreadth(Side side, in Parameters p, in MarketContext market)
    {
        if (!p.Regime.EnableRegimeFilter || !market.BreadthKnown)
        {
            return false;
        }

        return side == Side.Short
            ? market.BreadthPct > p.Regime.BreadthBlockShortAbove
            : market.BreadthPct < p.Regime.BreadthBlockLongBelow;
    }

    /// <summary>Whether unknown breadth forbids entries: a rule needs it and the configuration says block.</summary>
    public static bool IsBlockedByUnknownBreadth(in Parameters p, in MarketContext market) =>
        !market.BreadthKnown
        && p.Regime.BreadthUnknown == BreadthUnknownPolicy.Block
        && (p.Regime.EnableRegimeFilter || p.Regime.EnableAutoReverse);

    /// <summary>Chop gate: whether entries and adds are allowed. Closing is never its business.</summary>
    public static bool RegimeGateOpen<TTrace>(int symbol, in Parameters p, in MarketContext market, ref TTrace trace)
        where TTrace : struct, ITrace
    {
        if (!p.Regime.EnableRegimeGate)
        {
            return true;
        }

        if (!market.BreadthKnown)
        {
            trace.Gate(symbol, GateId.RegimeBreadth, -1.0, p.Regime.RegimeGateBreadthHigh, p.Regime.RegimeGateFailOpen);
            return p.Regime.RegimeGateFailOpen;
        }

        bool choppy = p.Regime.RegimeGateBreadthLow <= market.BreadthPct && market.BreadthPct <= p.Regime.RegimeGateBreadthHigh;
        trace.Gate(symbol, GateId.RegimeBreadth, market.BreadthPct, p.Regime.RegimeGateBreadthHigh, !choppy);
        if (choppy)
        {
            return false;
        }

        if (market.BtcTrend == 0)
        {
            trace.Gate(symbol, GateId.RegimeBtcAdx, -1.0, p.Regime.RegimeGateBtcAdxMin, p.Regime.RegimeGateFailOpen);
            return p.Regime.RegimeGateFailOpen;
        }

        bool adx = market.BtcAdx >= p.Regime.RegimeGateBtcAdxMin;
        bool atr = market.BtcAtrPct >= p.Regime.RegimeGateBtcAtrPctMin;
        trace.Gate(symbol, GateId.RegimeBtcAdx, market.BtcAdx, p.Regime.RegimeGateBtcAdxMin, adx);
        trace.Gate(symbol, GateId.RegimeBtcAtr, market.BtcAtrPct, p.Regime.RegimeGateBtcAtrPctMin, atr);
        return adx && atr;
    }

    /// <summary>Applies reversal, then the directional block; confidence is never changed.</summary>
    /// <returns>What neutralised the signal, or <see cref="StopCode.None"/>.</returns>
    public static StopCode Apply<TTrace>(
        int symbol,
        in Parameters p,
        in MarketContext market,
        ref Signal signal,
        ref TTrace trace
    )
        where TTrace : struct, ITrace
    {
        if (signal.Side == Side.Flat)
        {
            return StopCode.NoSignal;
        }

        if (IsReversed(p, market))
        {
            signal.Side = signal.Side == Side.Long ? Side.Short : Side.Long;
        }

        bool blocked = IsBlockedByBreadth(signal.Side, p, market);
        if (p.Regime.EnableRegimeFilter && market.BreadthKnown)
        {
            double limit = signal.Side == Side.Short ? p.Regime.BreadthBlockShortAbove : p.Regime.BreadthBlockLongBelow;
            trace.Gate(symbol, GateId.Breadth, market.BreadthPct, limit, !blocked);
        }

        if (blocked)
        {
            signal.Side = Side.Flat;
            return StopCode.RegimeFilter;
        }

        return StopCode.None;
    }
}
