namespace Kedge.Kernel.MeiAlpha;

/// <summary>The three entry modes; the first that gives a signal wins.</summary>
public static class EntryModes
{
    /// <summary>Tries standard trend, pullback and slow drift in this order.</summary>
    /// <param name="symbol">Rank of the symbol, for the trace.</param>
    /// <param name="s">Snapshot the gates were evaluated on.</param>
    /// <param name="p">Parameters of the symbol.</param>
    /// <param name="g">The gates.</param>
    /// <param name="trace">Sees every test.</param>
    /// <param name="signal">The signal; neutral, low, 0 when no mode gives one.</param>
    public static void Evaluate<TTrace>(
        int symbol,
        in Snapshot s,
        in Parameters p,
        in GateRecord g,
        ref TTrace trace,
        out Signal signal
    )
        where TTrace : struct, ITrace
    {
        signal = default;
        if (g.AllGatesPass && StandardTrend(symbol, s, p, g, ref trace, ref signal))
        {
            return;
        }

        bool calm = !g.IsAnomaly && !g.IsExtended && !g.IsRanging && g.VolConfirm;
        if (p.Entry.EnablePullbackEntries && calm && Pullback(symbol, s, p, g, ref trace, ref signal))
        {
            return;
        }

        if (p.Entry.EnableSlowDriftEntries && calm)
        {
            SlowDrift(symbol, s, p, g, ref trace, ref signal);
        }
    }

    /// <summary>Mode 1: trend with momentum.</summary>
    private static bool StandardTrend<TTrace>(
        int symbol,
        in Snapshot s,
        in Parameters p,
        in GateRecord g,
        ref TTrace trace,
        ref Signal signal
    )
        where TTrace : struct, ITrace
    {
        Side side =
            g.BullishAlignment && s.Close > s.EmaFast ? Side.Long
            : g.BearishAlignment && s.Close < s.EmaFast ? Side.Short
            : Side.Flat;
        trace.Gate(symbol, GateId.TrendPrice, s.Close, s.EmaFast, side != Side.Flat);
        if (side == Side.Flat)
        {
            return false;
        }

        bool isLong = side == Side.Long;
        double limit = isLong ? g.RsiLongLimit : g.RsiShortLimit;
        bool rsi = isLong ? s.Rsi > limit : s.Rsi < limit;
        trace.Gate(symbol, GateId.TrendRsi, s.Rsi, limit, rsi);

        double macdLimit = p.Entry.MacdHistEntryMode == MacdEntryMode.Accel ? s.PrevMacdHist : 0.0;
        bool macd = p.Entry.MacdHistEntryMode == MacdEntryMode.None || (isLong ? s.MacdHist > macdLimit : s.MacdHist < macdLimit);
        trace.Gate(symbol, GateId.TrendMacd, s.MacdHist, macdLimit, macd);

        double stochLimit = isLong ? p.StochRsi.BlockLongIfKGt : p.StochRsi.BlockShortIfKLt;
        bool stoch = !g.StochRsiActive || (isLong ? g.StochK < stochLimit : g.StochK > stochLimit);
        trace.Gate(symbol, GateId.TrendStochRsi, g.StochK, stochLimit, stoch);

        bool btc = isLong ? g.BtcOkLong : g.BtcOkShort;
        if (!(rsi && macd && stoch && btc))
        {
            return false;
        }

        signal.Side = side;
        signal.Confidence = s.Volume > s.VolSma * p.Entry.HighConfVolumeMult ? Confidence.High : Confidence.Medium;
        signal.EntryAdxThreshold = g.EffectiveMinAdx;
        signal.Mode = 1;
        return true;
    }

    /// <summary>Mode 2: the close comes back across the fast EMA with the trend.</summary>
    private static bool Pullback<TTrace>(
        int symbol,
        in Snapshot s,
        in Parameters p,
        in GateRecord g,
        ref TTrace trace,
        ref Signal signal
    )
        where TTrace : struct, ITrace
    {
        bool adx = s.Adx >= p.Entry.PullbackMinAdx;
        trace.Gate(symbol, GateId.PullbackAdx, s.Adx, p.Entry.PullbackMinAdx, adx);
        if (!adx)
        {
            return false;
        }

        bool up = s.PrevClose <= s.PrevEmaFast && s.Close > s.EmaFast;
        bool down = s.PrevClose >= s.PrevEmaFast && s.Close < s.EmaFast;
        Side side =
            up && g.BullishAlignment && g.BtcOkLong ? Side.Long
            : down && g.BearishAlignment && g.BtcOkShort ? Side.Short
            : Side.Flat;
        trace.Gate(symbol, GateId.PullbackCross, s.Close, s.EmaFast, side != Side.Flat);
        if (side == Side.Flat)
        {
            return false;
        }

        bool isLong = side == Side.Long;
        bool macd = !p.Entry.PullbackRequireMacdSign || (isLong ? s.MacdHist > 0.0 : s.MacdHist < 0.0);
        double limit = isLong ? p.Entry.PullbackRsiLongMin : p.Entry.PullbackRsiShortMax;
        bool rsi = isLong ? s.Rsi >= limit : s.Rsi <= limit;
        trace.Gate(symbol, GateId.PullbackMacd, s.MacdHist, 0.0, macd);
        trace.Gate(symbol, GateId.PullbackRsi, s.Rsi, limit, rsi);
        if (!(macd && rsi))
        {
            return false;
        }

        signal.Side = side;
        signal.Confidence = p.Entry.PullbackConfidence;
        signal.EntryAdxThreshold = p.Entry.PullbackMinAdx;
        signal.Mode = 2;
        return true;
    }

    /// <summary>Mode 3: a slow, steady drift of the slow EMA.</summary>
    private static void SlowDrift<TTrace>(
        int symbol,
        in Snapshot s,
        in Parameters p,
        in GateRecord g,
        ref TTrace trace,
        ref Signal signal
    )
        where TTrace : struct, ITrace
    {
        bool adx = s.Adx >= p.Entry.SlowDriftMinAdx;
        trace.Gate(symbol, GateId.DriftAdx, s.Adx, p.Entry.SlowDriftMinAdx, adx);
        if (!adx)
        {
            return;
        }

        double minSlope = p.Entry.SlowDriftMinSlopePct;
        bool up = g.BullishAlignment && s.Close > s.EmaSlow && g.BtcOkLong && s.EmaSlowSlope >= minSlope;
        bool down = g.BearishAlignment && s.Close < s.EmaSlow && g.BtcOkShort && s.EmaSlowSlope <= 0.0 - minSlope;
        trace.Gate(symbol, GateId.DriftSlope, s.EmaSlowSlope, minSlope, up || down);
        if (!up && !down)
        {
            return;
        }

        bool macd = !p.Entry.SlowDriftRequireMacdSign || (up ? s.MacdHist > 0.0 : s.MacdHist < 0.0);
        double limit = up ? p.Entry.SlowDriftRsiLongMin : p.Entry.SlowDriftRsiShortMax;
        bool rsi = up ? s.Rsi >= limit : s.Rsi <= limit;
        trace.Gate(symbol, GateId.DriftMacd, s.MacdHist, 0.0, macd);
        trace.Gate(symbol, GateId.DriftRsi, s.Rsi, limit, rsi);
        if (!(macd && rsi))
        {
            return;
        }

        signal.Side = up ? Side.Long : Side.Short;
        signal.Confidence = Confidence.Low;
        signal.EntryAdxThreshold = p.Entry.SlowDriftMinAdx;
        signal.Mode = 3;
    }
}
