using Kedge.Kernel;
using static Kedge.Configuration.Gate;

namespace Kedge.Configuration.Keys;

/// <summary>Thresholds of the three entry modes.</summary>
internal static class EntryThresholdKeys
{
    private static readonly string[] MacdEntryModeWords = ["accel", "sign", "none"];

    public static void Add(KeyTableBuilder t, ref Parameters p)
    {
        t.Float(ref p.Entry.MinAdx, "thresholds.entry.min_adx", 22, ValueRange.Any, "Base ADX minimum.", axis: [10, 15, 20, 25]);
        t.Float(
            ref p.Entry.HighConfVolumeMult,
            "thresholds.entry.high_conf_volume_mult",
            2.5,
            ValueRange.Any,
            "Volume multiple for high confidence.",
            axis: [1.5, 2, 2.5, 3],
            when: On("filters.require_volume_confirmation")
        );
        t.Float(
            ref p.Entry.BtcAdxOverride,
            "thresholds.entry.btc_adx_override",
            40,
            ValueRange.Any,
            "ADX above which BTC alignment is waived.",
            axis: [28, 40, 52]
        );
        t.Float(
            ref p.Entry.MaxDistEmaFast,
            "thresholds.entry.max_dist_ema_fast",
            0.04,
            ValueRange.Any,
            "Extension limit (fraction).",
            axis: [0.02, 0.03, 0.04, 0.05]
        );
        t.Bool(
            ref p.Entry.AveEnabled,
            "thresholds.entry.ave_enabled",
            true,
            "Adaptive volatility entry: a higher ADX minimum when ATR is above its average.",
            axis: [0, 1]
        );
        t.Float(
            ref p.Entry.AveAtrRatioGt,
            "thresholds.entry.ave_atr_ratio_gt",
            1.5,
            ValueRange.Any,
            "ATR / average ATR trigger.",
            axis: [1, 1.25, 1.5, 2],
            when: On("thresholds.entry.ave_enabled")
        );
        t.Float(
            ref p.Entry.AveAdxMult,
            "thresholds.entry.ave_adx_mult",
            1.25,
            ValueRange.Any,
            "Multiplier of the ADX minimum when triggered; 0 or less means 1.",
            axis: [0.8, 1, 1.25, 1.5],
            when: On("thresholds.entry.ave_enabled")
        );
        t.Int(
            ref p.Entry.AveAvgAtrWindow,
            "thresholds.entry.ave_avg_atr_window",
            50,
            ValueRange.Window,
            "Bars of the ATR average.",
            axis: [30, 40, 50, 60, 70, 80],
            when: On("thresholds.entry.ave_enabled")
        );
        t.Word(
            ref p.Entry.MacdHistEntryMode,
            "thresholds.entry.macd_hist_entry_mode",
            MacdEntryMode.Accel,
            MacdEntryModeWords,
            "MACD histogram test of mode 1.",
            axis: [0, 1, 2]
        );
        t.Bool(
            ref p.Entry.EnablePullbackEntries,
            "thresholds.entry.enable_pullback_entries",
            false,
            "Pullback entries (mode 2).",
            axis: [0, 1]
        );
        t.Tier(
            ref p.Entry.PullbackConfidence,
            "thresholds.entry.pullback_confidence",
            Confidence.Low,
            "Confidence tier of pullback entries.",
            axis: [0, 1, 2],
            when: On("thresholds.entry.enable_pullback_entries")
        );
        t.Float(
            ref p.Entry.PullbackMinAdx,
            "thresholds.entry.pullback_min_adx",
            22,
            ValueRange.Any,
            "Lowest ADX of a pullback entry.",
            axis: [15, 22, 30],
            when: On("thresholds.entry.enable_pullback_entries")
        );
        t.Float(
            ref p.Entry.PullbackRsiLongMin,
            "thresholds.entry.pullback_rsi_long_min",
            50,
            ValueRange.Any,
            "Lowest RSI of a long pullback entry.",
            axis: [30, 40, 50],
            when: On("thresholds.entry.enable_pullback_entries")
        );
        t.Float(
            ref p.Entry.PullbackRsiShortMax,
            "thresholds.entry.pullback_rsi_short_max",
            50,
            ValueRange.Any,
            "Highest RSI of a short pullback entry.",
            axis: [55, 65, 75],
            when: On("thresholds.entry.enable_pullback_entries")
        );
        t.Bool(
            ref p.Entry.PullbackRequireMacdSign,
            "thresholds.entry.pullback_require_macd_sign",
            true,
            "A pullback entry needs the MACD histogram on its side.",
            axis: [0, 1],
            when: On("thresholds.entry.enable_pullback_entries")
        );
        t.Bool(
            ref p.Entry.EnableSlowDriftEntries,
            "thresholds.entry.enable_slow_drift_entries",
            false,
            "Slow-drift entries (mode 3), which also override the ranging vote.",
            axis: [0, 1]
        );
        t.Int(
            ref p.Entry.SlowDriftSlopeWindow,
            "thresholds.entry.slow_drift_slope_window",
            20,
            ValueRange.Window,
            "Bars over which the slope of the slow EMA is measured.",
            axis: [10, 15, 20, 25, 30, 35, 40],
            when: On("thresholds.entry.enable_slow_drift_entries")
        );
        t.Float(
            ref p.Entry.SlowDriftMinSlopePct,
            "thresholds.entry.slow_drift_min_slope_pct",
            0.0006,
            ValueRange.Any,
            "Smallest slope of a slow-drift entry, as a fraction of price over the window.",
            axis: [0.0004, 0.0006, 0.0008],
            when: On("thresholds.entry.enable_slow_drift_entries")
        );
        t.Float(
            ref p.Entry.SlowDriftMinAdx,
            "thresholds.entry.slow_drift_min_adx",
            10,
            ValueRange.Any,
            "Lowest ADX of a slow-drift entry.",
            axis: [7, 10, 13],
            when: On("thresholds.entry.enable_slow_drift_entries")
        );
        t.Float(
            ref p.Entry.SlowDriftRsiLongMin,
            "thresholds.entry.slow_drift_rsi_long_min",
            50,
            ValueRange.Any,
            "Lowest RSI of a long slow-drift entry.",
            axis: [30, 40, 50],
            when: On("thresholds.entry.enable_slow_drift_entries")
        );
        t.Float(
            ref p.Entry.SlowDriftRsiShortMax,
            "thresholds.entry.slow_drift_rsi_short_max",
            50,
            ValueRange.Any,
            "Highest RSI of a short slow-drift entry.",
            axis: [55, 65, 75],
            when: On("thresholds.entry.enable_slow_drift_entries")
        );
        t.Bool(
            ref p.Entry.SlowDriftRequireMacdSign,
            "thresholds.entry.slow_drift_require_macd_sign",
            true,
            "A slow-drift entry needs the MACD histogram on its side.",
            axis: [0, 1],
            when: On("thresholds.entry.enable_slow_drift_entries")
        );
    }
}
