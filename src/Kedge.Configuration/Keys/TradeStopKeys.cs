using Kedge.Kernel;
using static Kedge.Configuration.Gate;

namespace Kedge.Configuration.Keys;

/// <summary>Stop loss, take-profit, trailing and breakeven.</summary>
internal static class TradeStopKeys
{
    public static void Add(KeyTableBuilder t, ref Parameters p)
    {
        t.Float(
            ref p.Trade.SlAtrMult,
            "trade.sl_atr_mult",
            2,
            ValueRange.Positive,
            "Base stop distance in entry ATRs.",
            axis: [1, 1.5, 2, 2.5, 3]
        );
        t.Float(
            ref p.Trade.TpAtrMult,
            "trade.tp_atr_mult",
            4,
            ValueRange.Positive,
            "Take-profit distance in entry ATRs.",
            axis: [3, 4, 5, 6, 7, 8]
        );
        t.Bool(
            ref p.Trade.EnablePartialTp,
            "trade.enable_partial_tp",
            true,
            "Use the two-step take-profit ladder.",
            axis: [0, 1]
        );
        t.Float(
            ref p.Trade.TpPartialPct,
            "trade.tp_partial_pct",
            0.5,
            ValueRange.Fraction,
            "Fraction closed at the first step; 0 and 1 behave as a full close.",
            axis: [0.35, 0.5, 0.65],
            when: On("trade.enable_partial_tp")
        );
        t.Float(
            ref p.Trade.TpPartialMinNotionalUsd,
            "trade.tp_partial_min_notional_usd",
            10,
            ValueRange.NotNegative,
            "Minimum notional that must remain after a partial.",
            axis: [10, 15, 20],
            when: On("trade.enable_partial_tp")
        );
        t.Float(
            ref p.Trade.TpPartialAtrMult,
            "trade.tp_partial_atr_mult",
            0,
            ValueRange.NotNegative,
            "Own level of the partial take-profit; 0 = use tp_atr_mult.",
            axis: [1, 1.5, 2.5],
            when: On("trade.enable_partial_tp")
        );
        t.Float(
            ref p.Trade.TrailingStartAtr,
            "trade.trailing_start_atr",
            1,
            ValueRange.NotNegative,
            "Profit (ATR) that arms the trailing stop.",
            axis: [0.8, 1.2, 1.6, 2],
            when: On("trade.enable_vol_buffered_trailing")
        );
        t.Float(
            ref p.Trade.TrailingDistanceAtr,
            "trade.trailing_distance_atr",
            0.8,
            ValueRange.Positive,
            "Trailing distance (ATR) before adjustments.",
            axis: [0.2, 0.3, 0.5, 0.7],
            when: On("trade.enable_vol_buffered_trailing")
        );
        t.Float(
            ref p.Trade.TrailingStartAtrLowConf,
            "trade.trailing_start_atr_low_conf",
            0,
            ValueRange.NotNegative,
            "Start for low-confidence positions; 0 = inherit.",
            axis: [0, 0.7, 1],
            when: On("trade.enable_vol_buffered_trailing")
        );
        t.Float(
            ref p.Trade.TrailingDistanceAtrLowConf,
            "trade.trailing_distance_atr_low_conf",
            0,
            ValueRange.NotNegative,
            "Distance for low-confidence positions; 0 = inherit.",
            axis: [0, 0.3, 0.5],
            when: On("trade.enable_vol_buffered_trailing")
        );
        t.Bool(
            ref p.Trade.EnableVolBufferedTrailing,
            "trade.enable_vol_buffered_trailing",
            true,
            "×1.25 distance when band-width ratio > 1.2.",
            axis: [0, 1]
        );
        t.Bool(
            ref p.Trade.EnableBreakevenStop,
            "trade.enable_breakeven_stop",
            true,
            "Breakeven clause in the stop formula.",
            axis: [0, 1]
        );
        t.Float(
            ref p.Trade.BreakevenStartAtr,
            "trade.breakeven_start_atr",
            0.7,
            ValueRange.NotNegative,
            "Profit in ATRs that activates breakeven; 0 = off.",
            axis: [0.3, 0.5, 0.7, 1],
            when: On("trade.enable_breakeven_stop")
        );
        t.Float(
            ref p.Trade.BreakevenBufferAtr,
            "trade.breakeven_buffer_atr",
            0.05,
            ValueRange.NotNegative,
            "Offset beyond entry.",
            axis: [0.05, 0.1, 0.15],
            when: On("trade.enable_breakeven_stop")
        );
        t.Bool(
            ref p.Trade.BreakevenLatched,
            "trade.breakeven_latched",
            false,
            "Once the breakeven start was reached, the stop stays at entry plus buffer."
        );
        t.Bool(
            ref p.Trade.Tp1LocksBreakeven,
            "trade.tp1_locks_breakeven",
            true,
            "After a partial take-profit the trailing stop is raised to the entry price."
        );
    }
}
