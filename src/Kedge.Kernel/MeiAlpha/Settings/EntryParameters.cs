namespace Kedge.Kernel.MeiAlpha.Settings;

/// <summary>Thresholds of the three entry modes: the keys under <c>thresholds.entry</c>.</summary>
public struct EntryParameters
{
    /// <summary><c>thresholds.entry.min_adx</c>. Base ADX minimum. Default 22.0.</summary>
    public double MinAdx;

    /// <summary><c>thresholds.entry.high_conf_volume_mult</c>. Volume multiple for high confidence. Default 2.5.</summary>
    public double HighConfVolumeMult;

    /// <summary><c>thresholds.entry.btc_adx_override</c>. ADX above which BTC alignment is waived. Default 40.0.</summary>
    public double BtcAdxOverride;

    /// <summary><c>thresholds.entry.max_dist_ema_fast</c>. Extension limit (fraction). Default 0.04.</summary>
    public double MaxDistEmaFast;

    /// <summary><c>thresholds.entry.ave_atr_ratio_gt</c>. ATR / average ATR trigger. Default 1.5.</summary>
    public double AveAtrRatioGt;

    /// <summary><c>thresholds.entry.ave_adx_mult</c>. ADX-minimum multiplier when triggered. Range ≤0 → 1.0. Default 1.25.</summary>
    public double AveAdxMult;

    /// <summary><c>thresholds.entry.pullback_min_adx</c>. Pullback min adx. Default 22.0.</summary>
    public double PullbackMinAdx;

    /// <summary><c>thresholds.entry.pullback_rsi_long_min</c>. Pullback rsi long min. Default 50.0.</summary>
    public double PullbackRsiLongMin;

    /// <summary><c>thresholds.entry.pullback_rsi_short_max</c>. Pullback rsi short max. Default 50.0.</summary>
    public double PullbackRsiShortMax;

    /// <summary><c>thresholds.entry.slow_drift_min_slope_pct</c>. Fraction of price over the window. Default 0.0006.</summary>
    public double SlowDriftMinSlopePct;

    /// <summary><c>thresholds.entry.slow_drift_min_adx</c>. Slow drift min adx. Default 10.0.</summary>
    public double SlowDriftMinAdx;

    /// <summary><c>thresholds.entry.slow_drift_rsi_long_min</c>. Slow drift rsi long min. Default 50.0.</summary>
    public double SlowDriftRsiLongMin;

    /// <summary><c>thresholds.entry.slow_drift_rsi_short_max</c>. Slow drift rsi short max. Default 50.0.</summary>
    public double SlowDriftRsiShortMax;

    /// <summary><c>thresholds.entry.ave_avg_atr_window</c>. ATR average window (authoritative key). Range ≥1. Default 50.</summary>
    public int AveAvgAtrWindow;

    /// <summary><c>thresholds.entry.macd_hist_entry_mode</c>. Histogram gate of Mode 1. Range accel, sign, none. Default accel.</summary>
    public MacdEntryMode MacdHistEntryMode;

    /// <summary><c>thresholds.entry.pullback_confidence</c>. Tier of Mode 2. Default low.</summary>
    public Confidence PullbackConfidence;

    /// <summary><c>thresholds.entry.slow_drift_slope_window</c>. Slow drift slope window. Range ≥2. Default 20.</summary>
    public int SlowDriftSlopeWindow;

    /// <summary><c>thresholds.entry.ave_enabled</c>. Adaptive volatility entry. Default true.</summary>
    public bool AveEnabled;

    /// <summary><c>thresholds.entry.enable_pullback_entries</c>. Mode 2. Default false.</summary>
    public bool EnablePullbackEntries;

    /// <summary><c>thresholds.entry.pullback_require_macd_sign</c>. Pullback require macd sign. Default true.</summary>
    public bool PullbackRequireMacdSign;

    /// <summary><c>thresholds.entry.enable_slow_drift_entries</c>. Mode 3 and ranging override. Default false.</summary>
    public bool EnableSlowDriftEntries;

    /// <summary><c>thresholds.entry.slow_drift_require_macd_sign</c>. Slow drift require macd sign. Default true.</summary>
    public bool SlowDriftRequireMacdSign;
}
