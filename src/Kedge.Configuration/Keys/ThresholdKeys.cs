using Kedge.Kernel;
using static Kedge.Configuration.Gate;

namespace Kedge.Configuration.Keys;

/// <summary>Ranging vote, anomaly filter, momentum limits and stochastic RSI.</summary>
internal static class ThresholdKeys
{
    public static void Add(KeyTableBuilder t, ref Parameters p)
    {
        t.Int(
            ref p.Ranging.MinSignals,
            "thresholds.ranging.min_signals",
            2,
            ValueRange.Between(0, 3),
            "Votes needed to call the market ranging; 0 counts as 1.",
            axis: [1, 2, 3],
            when: On("filters.enable_ranging_filter")
        );
        t.Float(
            ref p.Ranging.AdxBelow,
            "thresholds.ranging.adx_below",
            21,
            ValueRange.Any,
            "Votes for ranging below this ADX.",
            axis: [15, 21, 28],
            when: On("filters.enable_ranging_filter")
        );
        t.Float(
            ref p.Ranging.BbWidthRatioBelow,
            "thresholds.ranging.bb_width_ratio_below",
            0.8,
            ValueRange.Any,
            "Votes for ranging below this band-width ratio.",
            axis: [0.5, 0.8, 1.1],
            when: On("filters.enable_ranging_filter")
        );
        t.Float(
            ref p.Ranging.RsiLow,
            "thresholds.ranging.rsi_low",
            47,
            ValueRange.Any,
            "Votes for ranging while RSI is above this and below rsi_high.",
            axis: [30, 38, 46],
            when: On("filters.enable_ranging_filter")
        );
        t.Float(
            ref p.Ranging.RsiHigh,
            "thresholds.ranging.rsi_high",
            53,
            ValueRange.Any,
            "Votes for ranging while RSI is below this and above rsi_low.",
            axis: [54, 62, 70],
            when: On("filters.enable_ranging_filter")
        );
        t.Float(
            ref p.Anomaly.PriceChangePctGt,
            "thresholds.anomaly.price_change_pct_gt",
            0.1,
            ValueRange.Any,
            "One-bar move that counts as an anomaly (fraction).",
            axis: [0.07, 0.1, 0.13],
            when: On("filters.enable_anomaly_filter")
        );
        t.Float(
            ref p.Anomaly.EmaFastDevPctGt,
            "thresholds.anomaly.ema_fast_dev_pct_gt",
            0.5,
            ValueRange.Any,
            "Distance from the fast EMA that counts as an anomaly (fraction).",
            axis: [0.35, 0.5, 0.65],
            when: On("filters.enable_anomaly_filter")
        );
        t.Float(
            ref p.Momentum.AdxStrongGt,
            "thresholds.tp_and_momentum.adx_strong_gt",
            40,
            ValueRange.Any,
            "Upper end of the ADX interpolation of the RSI limits.",
            axis: [28, 40, 52]
        );
        t.Float(
            ref p.Momentum.AdxWeakLt,
            "thresholds.tp_and_momentum.adx_weak_lt",
            30,
            ValueRange.Any,
            "Accepted for older files; decides nothing.",
            axis: [21, 30, 39]
        );
        t.Float(
            ref p.Momentum.TpMultStrong,
            "thresholds.tp_and_momentum.tp_mult_strong",
            7,
            ValueRange.Any,
            "Accepted for older files; decides nothing.",
            axis: [5, 7, 9]
        );
        t.Float(
            ref p.Momentum.TpMultWeak,
            "thresholds.tp_and_momentum.tp_mult_weak",
            3,
            ValueRange.Any,
            "Accepted for older files; decides nothing.",
            axis: [2, 3, 4]
        );
        t.Float(
            ref p.Momentum.RsiLongStrong,
            "thresholds.tp_and_momentum.rsi_long_strong",
            52,
            ValueRange.Any,
            "Lowest RSI of a long entry in a strong trend.",
            axis: [36, 52, 68]
        );
        t.Float(
            ref p.Momentum.RsiLongWeak,
            "thresholds.tp_and_momentum.rsi_long_weak",
            56,
            ValueRange.Any,
            "Lowest RSI of a long entry in a weak trend.",
            axis: [39, 56, 73]
        );
        t.Float(
            ref p.Momentum.RsiShortStrong,
            "thresholds.tp_and_momentum.rsi_short_strong",
            48,
            ValueRange.Any,
            "Highest RSI of a short entry in a strong trend.",
            axis: [34, 48, 62]
        );
        t.Float(
            ref p.Momentum.RsiShortWeak,
            "thresholds.tp_and_momentum.rsi_short_weak",
            44,
            ValueRange.Any,
            "Highest RSI of a short entry in a weak trend.",
            axis: [31, 44, 57]
        );
        t.Float(
            ref p.StochRsi.BlockLongIfKGt,
            "thresholds.stoch_rsi.block_long_if_k_gt",
            0.85,
            ValueRange.Fraction,
            "K at or above this blocks longs.",
            axis: [0.6, 0.75, 0.9],
            when: On("filters.use_stoch_rsi_filter")
        );
        t.Float(
            ref p.StochRsi.BlockShortIfKLt,
            "thresholds.stoch_rsi.block_short_if_k_lt",
            0.15,
            ValueRange.Fraction,
            "K at or below this blocks shorts.",
            axis: [0.1, 0.15, 0.2],
            when: On("filters.use_stoch_rsi_filter")
        );
    }
}
