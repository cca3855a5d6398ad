using Kedge.Kernel.Perps;

namespace Kedge.Kernel.MeiAlpha;

/// <summary>Filters on the way from a signal to a candidate. They test the signal after reversal; the first failure stops.</summary>
public static class EntryFilters
{
    /// <summary>ADX at which the post-exit cooldown is shortest.</summary>
    private const double StrongAdx = 40.0;

    /// <summary>ADX at which it is longest.</summary>
    private const double WeakAdx = 25.0;

    /// <summary>Confidence, post-exit cooldown, SSF and REEF in this order.</summary>
    /// <param name="symbol">Rank of the symbol, for the trace.</param>
    /// <param name="signal">Signal after reversal and regime rules.</param>
    /// <param name="s">Snapshot of the symbol.</param>
    /// <param name="p">Parameters of the symbol.</param>
    /// <param name="state">What is remembered of the last exit.</param>
    /// <param name="nowMs">The tick.</param>
    /// <param name="trace">Sees every filter.</param>
    /// <returns>What stops the entry, or <see cref="StopCode.None"/>.</returns>
    public static StopCode Evaluate<TTrace>(
        int symbol,
        in Signal signal,
        in Snapshot s,
        in Parameters p,
        in SymbolState state,
        long nowMs,
        ref TTrace trace
    )
        where TTrace : struct, ITrace
    {
        bool confident = signal.Confidence >= p.Trade.EntryMinConfidence;
        trace.Gate(symbol, GateId.Confidence, (int)signal.Confidence, (int)p.Trade.EntryMinConfidence, confident);
        if (!confident)
        {
            return StopCode.Confidence;
        }

        bool cooled = !InPostExitCooldown(signal.Side, s.Adx, p, state, nowMs, out double elapsedMs, out double cooldownMs);
        trace.Gate(symbol, GateId.PostExitCooldown, elapsedMs / 60000.0, cooldownMs / 60000.0, cooled);
        if (!cooled)
        {
            return StopCode.PostExitCooldown;
        }

        bool sign = !p.Trade.EnableSsfFilter || (signal.Side == Side.Long ? s.MacdHist > 0.0 : s.MacdHist < 0.0);
        trace.Gate(symbol, GateId.SignFilter, s.MacdHist, 0.0, sign);
        if (!sign)
        {
            return StopCode.SignFilter;
        }

        double limit = ExtremeLimit(signal.Side, s.Adx, p);
        bool extreme = p.Trade.EnableReefFilter && (signal.Side == Side.Long ? s.Rsi > limit : s.Rsi < limit);
        trace.Gate(symbol, GateId.ExtremeFilter, s.Rsi, limit, !extreme);
        return extreme ? StopCode.ExtremeFilter : StopCode.None;
    }

    /// <summary>PESC: whether the last exit on this side was too recent. The cooldown shrinks from weak to strong ADX.</summary>
    public static bool InPostExitCooldown(
        Side side,
        double adx,
        in Parameters p,
        in SymbolState state,
        long nowMs,
        out double elapsedMs,
        out double cooldownMs
    )
    {
        elapsedMs = 0.0;
        cooldownMs = 0.0;
        if (p.Trade.ReentryCooldownMinutes == 0 || !state.HasExited || state.LastExitWasFlip || state.LastExitSide != side)
        {
            return false;
        }

        double shortest = p.Trade.ReentryCooldownMinMins;
        double longest = p.Trade.ReentryCooldownMaxMins;
        double minutes =
            adx >= StrongAdx ? shortest
            : adx <= WeakAdx ? longest
            : longest + (adx - WeakAdx) / (StrongAdx - WeakAdx) * (shortest - longest);
        cooldownMs = Arithmetic.Floor(minutes * 60000.0);
        elapsedMs = nowMs - state.LastExitMs;
        return elapsedMs < cooldownMs;
    }

    /// <summary>REEF limit: wider once ADX has reached its threshold.</summary>
    private static double ExtremeLimit(Side side, double adx, in Parameters p)
    {
        bool normal = adx < p.Trade.ReefAdxThreshold;
        return side == Side.Long
            ? (normal ? p.Trade.ReefLongRsiBlockGt : p.Trade.ReefLongRsiExtremeGt)
            : (normal ? p.Trade.ReefShortRsiBlockLt : p.Trade.ReefShortRsiExtremeLt);
    }
}
