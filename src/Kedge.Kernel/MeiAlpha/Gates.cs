namespace Kedge.Kernel.MeiAlpha;

/// <summary>The gates G1…G8 of Mei Alpha.</summary>
public static class Gates
{
    /// <summary>ADX slope above which the ADX minimum is capped.</summary>
    private const double TmcSlope = 0.5;

    /// <summary>The cap itself.</summary>
    private const double TmcCap = 25.0;

    /// <summary>Evaluates all gates on what is known at the last closed main bar (price fields may be a finer bar's).</summary>
    /// <param name="symbol">Rank of the symbol, for the trace.</param>
    /// <param name="s">Snapshot.</param>
    /// <param name="p">Parameters of the symbol.</param>
    /// <param name="btcTrend">+1, −1, or 0 when unknown.</param>
    /// <param name="trace">Sees every gate.</param>
    /// <param name="g">The record.</param>
    public static void Evaluate<TTrace>(
        int symbol,
        in Snapshot s,
        in Parameters p,
        int btcTrend,
        ref TTrace trace,
        out GateRecord g
    )
        where TTrace : struct, ITrace
    {
        g = default;
        g.BbWidthRatio = s.BbWidthRatio;
        g.StochK = s.StochRsiK;
        g.StochD = s.StochRsiD;
        g.StochRsiActive = p.Filters.UseStochRsiFilter;

        double distance = s.EmaFast > 0.0 ? Arithmetic.Abs(s.Close - s.EmaFast) / s.EmaFast : 0.0;
        g.IsRanging = Ranging(symbol, s, p, ref trace);
        g.IsAnomaly = Anomaly(symbol, s, p, distance, ref trace);
        g.IsExtended = p.Filters.EnableExtensionFilter && distance > p.Entry.MaxDistEmaFast;
        trace.Gate(symbol, GateId.Extension, distance, p.Entry.MaxDistEmaFast, !g.IsExtended);

        g.VolConfirm = VolumeConfirms(s, p);
        trace.Gate(symbol, GateId.Volume, s.Volume, s.VolSma, g.VolConfirm);

        g.IsTrendingUp = !p.Filters.RequireAdxRising || s.AdxSlope > 0.0 || s.Adx > p.Filters.AdxRisingSaturation;
        trace.Gate(symbol, GateId.AdxRising, s.AdxSlope, 0.0, g.IsTrendingUp);

        g.EffectiveMinAdx = EffectiveMinAdx(s, p);
        g.AdxAboveMin = s.Adx > g.EffectiveMinAdx;
        trace.Gate(symbol, GateId.AdxMinimum, s.Adx, g.EffectiveMinAdx, g.AdxAboveMin);

        Alignment(symbol, s, p, ref trace, ref g);
        BtcAlignment(symbol, s, p, btcTrend, ref trace, ref g);
        DynamicLimits(s, p, ref g);

        g.AllGatesPass = g.AdxAboveMin && !g.IsRanging && !g.IsAnomaly && !g.IsExtended && g.VolConfirm && g.IsTrendingUp;
    }

    /// <summary>G1: at least <c>min_signals</c> votes for a ranging market, unless a slow drift overrides it.</summary>
    private static bool Ranging<TTrace>(int symbol, in Snapshot s, in Parameters p, ref TTrace trace)
        where TTrace : struct, ITrace
    {
        int required = p.Ranging.MinSignals < 1 ? 1 : p.Ranging.MinSignals;
        int votes = 0;
        if (s.Adx < p.Ranging.AdxBelow)
        {
            votes++;
        }

        if (s.BbWidthRatio < p.Ranging.BbWidthRatioBelow)
        {
            votes++;
        }

        if (p.Ranging.RsiLow < s.Rsi && s.Rsi < p.Ranging.RsiHigh)
        {
            votes++;
        }

        bool ranging = p.Filters.EnableRangingFilter && votes >= required;
        if (ranging && p.Entry.EnableSlowDriftEntries && Arithmetic.Abs(s.EmaSlowSlope) >= p.Entry.SlowDriftMinSlopePct)
        {
            ranging = false;
        }

        trace.Gate(symbol, GateId.Ranging, votes, required, !ranging);
        return ranging;
    }

    /// <summary>G2: the bar moved too far, or stands too far from the fast EMA.</summary>
    private static bool Anomaly<TTrace>(int symbol, in Snapshot s, in Parameters p, double distance, ref TTrace trace)
        where TTrace : struct, ITrace
    {
        double move = s.PrevClose > 0.0 ? Arithmetic.Abs(s.Close - s.PrevClose) / s.PrevClose : 0.0;
        bool far = p.Filters.EnableAnomalyFilter && move > p.Anomaly.PriceChangePctGt;
        bool away = p.Filters.EnableAnomalyFilter && distance > p.Anomaly.EmaFastDevPctGt;
        trace.Gate(symbol, GateId.AnomalyMove, move, p.Anomaly.PriceChangePctGt, !far);
        trace.Gate(symbol, GateId.AnomalyDistance, distance, p.Anomaly.EmaFastDevPctGt, !away);
        return far || away;
    }

    /// <summary>G4: volume above its mean and / or a rising volume trend.</summary>
    private static bool VolumeConfirms(in Snapshot s, in Parameters p)
    {
        if (!p.Filters.RequireVolumeConfirmation)
        {
            return true;
        }

        bool above = s.Volume > s.VolSma;
        return p.Filters.VolConfirmIncludePrev ? above || s.VolTrend : above && s.VolTrend;
    }

    /// <summary>G6: the configured minimum, capped while ADX accelerates (TMC), then scaled in volatility bursts (AVE).</summary>
    private static double EffectiveMinAdx(in Snapshot s, in Parameters p)
    {
        double minimum = p.Entry.MinAdx;
        if (s.AdxSlope > TmcSlope)
        {
            minimum = Arithmetic.Min(minimum, TmcCap);
        }

        if (p.Entry.AveEnabled && s.AvgAtr > 0.0 && s.Atr / s.AvgAtr > p.Entry.AveAtrRatioGt)
        {
            minimum *= p.Entry.AveAdxMult > 0.0 ? p.Entry.AveAdxMult : 1.0;
        }

        return minimum;
    }

    /// <summary>G7: order of the EMAs, with the macro EMA when it is required.</summary>
    private static void Alignment<TTrace>(int symbol, in Snapshot s, in Parameters p, ref TTrace trace, ref GateRecord g)
        where TTrace : struct, ITrace
    {
        bool macro = p.Filters.RequireMacroAlignment;
        g.BullishAlignment = s.EmaFast > s.EmaSlow && (!macro || s.EmaSlow > s.EmaMacro);
        g.BearishAlignment = s.EmaFast < s.EmaSlow && (!macro || s.EmaSlow < s.EmaMacro);
        trace.Gate(symbol, GateId.AlignmentLong, s.EmaFast, s.EmaSlow, g.BullishAlignment);
        trace.Gate(symbol, GateId.AlignmentShort, s.EmaFast, s.EmaSlow, g.BearishAlignment);
    }

    /// <summary>G8: the direction agrees with BTC, or need not.</summary>
    private static void BtcAlignment<TTrace>(
        int symbol,
        in Snapshot s,
        in Parameters p,
        int btcTrend,
        ref TTrace trace,
        ref GateRecord g
    )
        where TTrace : struct, ITrace
    {
        bool free =
            !p.Filters.RequireBtcAlignment
            || (p.Traits & SymbolTraits.Btc) != SymbolTraits.None
            || btcTrend == 0
            || s.Adx > p.Entry.BtcAdxOverride;
        g.BtcOkLong = free || btcTrend > 0;
        g.BtcOkShort = free || btcTrend < 0;
        trace.Gate(symbol, GateId.BtcLong, btcTrend, 1.0, g.BtcOkLong);
        trace.Gate(symbol, GateId.BtcShort, btcTrend, -1.0, g.BtcOkShort);
    }

    /// <summary>Take-profit band and the RSI limits interpolated between weak and strong ADX (DRE).</summary>
    private static void DynamicLimits(in Snapshot s, in Parameters p, ref GateRecord g)
    {
        g.DynamicTpMult =
            s.Adx > p.Momentum.AdxStrongGt ? p.Momentum.TpMultStrong
            : s.Adx < p.Momentum.AdxWeakLt ? p.Momentum.TpMultWeak
            : p.Trade.TpAtrMult;

        double low = p.Entry.MinAdx;
        double high = p.Momentum.AdxStrongGt > low ? p.Momentum.AdxStrongGt : low + 1.0;
        double weight = Arithmetic.Clamp((s.Adx - low) / (high - low), 0.0, 1.0);
        g.RsiLongLimit = p.Momentum.RsiLongWeak + weight * (p.Momentum.RsiLongStrong - p.Momentum.RsiLongWeak);
        g.RsiShortLimit = p.Momentum.RsiShortWeak + weight * (p.Momentum.RsiShortStrong - p.Momentum.RsiShortWeak);
    }
}
