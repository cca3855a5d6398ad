using Kedge.Kernel;
using static Kedge.Configuration.Gate;

namespace Kedge.Configuration.Keys;

/// <summary>Indicator windows.</summary>
internal static class IndicatorKeys
{
    public static void Add(KeyTableBuilder t, ref Parameters p)
    {
        t.Int(
            ref p.Indicators.EmaSlowWindow,
            "indicators.ema_slow_window",
            50,
            ValueRange.Window,
            "Slow EMA window in bars.",
            axis: [21, 30, 40, 50]
        );
        t.Int(
            ref p.Indicators.EmaFastWindow,
            "indicators.ema_fast_window",
            20,
            ValueRange.Window,
            "Fast EMA window in bars; should be below the slow one.",
            axis: [5, 8, 12, 16]
        );
        t.Int(
            ref p.Indicators.EmaMacroWindow,
            "indicators.ema_macro_window",
            200,
            ValueRange.Window,
            "Macro EMA window in bars.",
            axis: [140, 200, 260]
        );
        t.Int(
            ref p.Indicators.AdxWindow,
            "indicators.adx_window",
            14,
            ValueRange.Window,
            "ADX window in bars.",
            axis: [8, 10, 12, 14, 16, 18]
        );
        t.Int(
            ref p.Indicators.BbWindow,
            "indicators.bb_window",
            20,
            ValueRange.Window,
            "Bollinger window in bars.",
            axis: [10, 15, 20, 25, 30]
        );
        t.Int(
            ref p.Indicators.BbWidthAvgWindow,
            "indicators.bb_width_avg_window",
            30,
            ValueRange.Window,
            "Bars averaged for the band-width ratio.",
            axis: [20, 30, 40, 50]
        );
        t.Int(
            ref p.Indicators.AtrWindow,
            "indicators.atr_window",
            14,
            ValueRange.Window,
            "ATR window in bars.",
            axis: [10, 12, 14, 16, 18, 20]
        );
        t.Int(
            ref p.Indicators.RsiWindow,
            "indicators.rsi_window",
            14,
            ValueRange.Window,
            "RSI window in bars.",
            axis: [10, 12, 14, 16, 18, 20]
        );
        t.Int(
            ref p.Indicators.VolSmaWindow,
            "indicators.vol_sma_window",
            20,
            ValueRange.Window,
            "Bars of the volume average.",
            axis: [10, 15, 20, 25, 30]
        );
        t.Int(
            ref p.Indicators.VolTrendWindow,
            "indicators.vol_trend_window",
            5,
            ValueRange.Window,
            "Bars of the short volume average.",
            axis: [3, 5, 7, 10]
        );
        t.Int(
            ref p.Indicators.StochRsiWindow,
            "indicators.stoch_rsi_window",
            14,
            ValueRange.Window,
            "Stochastic RSI window in bars.",
            axis: [10, 12, 14, 16, 18, 20],
            when: On("filters.use_stoch_rsi_filter")
        );
        t.Int(
            ref p.Indicators.StochRsiSmooth1,
            "indicators.stoch_rsi_smooth1",
            3,
            ValueRange.Window,
            "Bars smoothed into K.",
            axis: [2, 3, 4, 5],
            when: On("filters.use_stoch_rsi_filter")
        );
        t.Int(
            ref p.Indicators.StochRsiSmooth2,
            "indicators.stoch_rsi_smooth2",
            3,
            ValueRange.Window,
            "Bars smoothed into D (D decides nothing).",
            axis: [2, 3, 4, 5],
            when: On("filters.use_stoch_rsi_filter")
        );
    }
}
