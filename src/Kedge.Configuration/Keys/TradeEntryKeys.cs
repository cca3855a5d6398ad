using Kedge.Kernel;
using static Kedge.Configuration.Gate;

namespace Kedge.Configuration.Keys;

/// <summary>Entry filters, pyramiding, rate limits and execution.</summary>
internal static class TradeEntryKeys
{
    public static void Add(KeyTableBuilder t, ref Parameters p)
    {
        t.Tier(
            ref p.Trade.EntryMinConfidence,
            "trade.entry_min_confidence",
            Confidence.High,
            "Minimum tier for a new position.",
            axis: [0, 1, 2]
        );
        t.Bool(
            ref p.Trade.EnableSsfFilter,
            "trade.enable_ssf_filter",
            true,
            "MACD-histogram sign must agree with the direction.",
            axis: [0, 1]
        );
        t.Bool(ref p.Trade.EnableReefFilter, "trade.enable_reef_filter", true, "RSI extreme entry filter.", axis: [0, 1]);
        t.Float(
            ref p.Trade.ReefLongRsiBlockGt,
            "trade.reef_long_rsi_block_gt",
            70,
            ValueRange.Any,
            "Block longs above (ADX below threshold).",
            axis: [55, 65, 75],
            when: On("trade.enable_reef_filter")
        );
        t.Float(
            ref p.Trade.ReefShortRsiBlockLt,
            "trade.reef_short_rsi_block_lt",
            30,
            ValueRange.Any,
            "Block shorts below (ADX below threshold).",
            axis: [25, 35, 45],
            when: On("trade.enable_reef_filter")
        );
        t.Float(
            ref p.Trade.ReefAdxThreshold,
            "trade.reef_adx_threshold",
            45,
            ValueRange.Any,
            "ADX separating normal and extreme limits.",
            axis: [30, 45, 60],
            when: On("trade.enable_reef_filter")
        );
        t.Float(
            ref p.Trade.ReefLongRsiExtremeGt,
            "trade.reef_long_rsi_extreme_gt",
            75,
            ValueRange.Any,
            "Block longs above (ADX at/above threshold).",
            axis: [80, 85, 90],
            when: On("trade.enable_reef_filter")
        );
        t.Float(
            ref p.Trade.ReefShortRsiExtremeLt,
            "trade.reef_short_rsi_extreme_lt",
            25,
            ValueRange.Any,
            "Block shorts below (ADX at/above threshold).",
            axis: [10, 15, 20],
            when: On("trade.enable_reef_filter")
        );
        t.Int(
            ref p.Trade.ReentryCooldownMinutes,
            "trade.reentry_cooldown_minutes",
            60,
            ValueRange.NotNegative,
            "Master switch of the re-entry cooldown; 0 disables it, other values only enable it.",
            axis: [30, 60, 90]
        );
        t.Int(
            ref p.Trade.ReentryCooldownMinMins,
            "trade.reentry_cooldown_min_mins",
            45,
            ValueRange.NotNegative,
            "Re-entry cooldown in minutes at ADX ≥ 40.",
            axis: [20, 40, 60]
        );
        t.Int(
            ref p.Trade.ReentryCooldownMaxMins,
            "trade.reentry_cooldown_max_mins",
            180,
            ValueRange.NotNegative,
            "Re-entry cooldown in minutes at ADX ≤ 25.",
            axis: [120, 180, 240]
        );
        t.Bool(ref p.Trade.ReverseEntrySignal, "trade.reverse_entry_signal", false, "Always fade the signal.", axis: [0, 1]);
        t.Bool(ref p.Trade.EnablePyramiding, "trade.enable_pyramiding", true, "Allow adds.", axis: [0, 1]);
        t.Int(
            ref p.Trade.MaxAddsPerSymbol,
            "trade.max_adds_per_symbol",
            2,
            ValueRange.NotNegative,
            "Adds per position.",
            axis: [1, 2, 3],
            when: On("trade.enable_pyramiding")
        );
        t.Float(
            ref p.Trade.AddFractionOfBaseMargin,
            "trade.add_fraction_of_base_margin",
            0.5,
            ValueRange.NotNegative,
            "Add margin as fraction of base margin.",
            axis: [0.25, 0.5, 0.75, 1],
            when: On("trade.enable_pyramiding")
        );
        t.Int(
            ref p.Trade.AddCooldownMinutes,
            "trade.add_cooldown_minutes",
            60,
            ValueRange.NotNegative,
            "Minutes since open / last add.",
            axis: [30, 60, 90],
            when: On("trade.enable_pyramiding")
        );
        t.Float(
            ref p.Trade.AddMinProfitAtr,
            "trade.add_min_profit_atr",
            0.5,
            ValueRange.Any,
            "Required profit in ATR.",
            axis: [0.35, 0.5, 0.65],
            when: On("trade.enable_pyramiding")
        );
        t.Tier(
            ref p.Trade.AddMinConfidence,
            "trade.add_min_confidence",
            Confidence.Medium,
            "Minimum tier of the adding signal.",
            axis: [0, 1, 2],
            when: On("trade.enable_pyramiding")
        );
        t.Int(
            ref p.Trade.EntryCooldownS,
            "trade.entry_cooldown_s",
            20,
            ValueRange.NotNegative,
            "Seconds between entries/adds per symbol.",
            axis: [15, 20, 25]
        );
        t.Int(
            ref p.Trade.ExitCooldownS,
            "trade.exit_cooldown_s",
            15,
            ValueRange.NotNegative,
            "Seconds after an exit before exits are evaluated again.",
            axis: [10, 15, 20]
        );
        t.Int(
            ref p.Trade.MaxEntryOrdersPerLoop,
            "trade.max_entry_orders_per_loop",
            6,
            ValueRange.NotNegative,
            "New positions per tick.",
            axis: [4, 6, 8],
            portfolio: true
        );
        t.Float(
            ref p.Trade.SlippageBps,
            "trade.slippage_bps",
            10,
            ValueRange.BasisPoints,
            "Slippage of entries, adds and exits in basis points.",
            axis: [5, 10, 15]
        );
        t.Bool(ref p.Trade.UseBboForFills, "trade.use_bbo_for_fills", true, "Paper only: fill at bid or ask.");
        t.Float(
            ref p.Trade.MakerFeeBps,
            "trade.maker_fee_bps",
            1.5,
            ValueRange.BasisPoints,
            "Fee of a resting fill in basis points of notional."
        );
        t.Float(
            ref p.Trade.TakerFeeBps,
            "trade.taker_fee_bps",
            4.5,
            ValueRange.BasisPoints,
            "Fee of a crossing fill in basis points of notional."
        );
    }
}
