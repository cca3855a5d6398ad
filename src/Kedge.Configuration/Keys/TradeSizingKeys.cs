using Kedge.Kernel;
using static Kedge.Configuration.Gate;

namespace Kedge.Configuration.Keys;

/// <summary>Allocation, leverage and size of an order.</summary>
internal static class TradeSizingKeys
{
    public static void Add(KeyTableBuilder t, ref Parameters p)
    {
        t.Float(
            ref p.Trade.AllocationPct,
            "trade.allocation_pct",
            0.03,
            ValueRange.Share,
            "Share of equity used as margin per new position.",
            axis: [0.05, 0.1, 0.15, 0.2, 0.25, 0.3]
        );
        t.Float(
            ref p.Trade.Leverage,
            "trade.leverage",
            3,
            ValueRange.AtLeast(1),
            "Leverage when dynamic leverage is off.",
            axis: [1, 2, 3, 4, 5],
            when: Off("trade.enable_dynamic_leverage")
        );
        t.Bool(
            ref p.Trade.EnableDynamicLeverage,
            "trade.enable_dynamic_leverage",
            true,
            "Pick leverage by confidence tier.",
            axis: [0, 1]
        );
        t.Float(
            ref p.Trade.LeverageLow,
            "trade.leverage_low",
            1,
            ValueRange.Positive,
            "Leverage for low-confidence entries.",
            axis: [1, 2],
            when: On("trade.enable_dynamic_leverage")
        );
        t.Float(
            ref p.Trade.LeverageMedium,
            "trade.leverage_medium",
            3,
            ValueRange.Positive,
            "Leverage for medium-confidence entries.",
            axis: [3, 4],
            when: On("trade.enable_dynamic_leverage")
        );
        t.Float(
            ref p.Trade.LeverageHigh,
            "trade.leverage_high",
            5,
            ValueRange.Positive,
            "Leverage for high-confidence entries.",
            axis: [5, 6, 7],
            when: On("trade.enable_dynamic_leverage")
        );
        t.Float(
            ref p.Trade.LeverageMaxCap,
            "trade.leverage_max_cap",
            0,
            ValueRange.NotNegative,
            "Upper bound on tier leverage; 0 = none."
        );
        t.Bool(
            ref p.Trade.EnableDynamicSizing,
            "trade.enable_dynamic_sizing",
            true,
            "Apply confidence × ADX × volatility multipliers to margin.",
            axis: [0, 1]
        );
        t.Float(
            ref p.Trade.ConfidenceMultHigh,
            "trade.confidence_mult_high",
            1,
            ValueRange.NotNegative,
            "Margin multiplier, high.",
            axis: [0.9, 1, 1.2],
            when: On("trade.enable_dynamic_sizing")
        );
        t.Float(
            ref p.Trade.ConfidenceMultMedium,
            "trade.confidence_mult_medium",
            0.7,
            ValueRange.NotNegative,
            "Margin multiplier, medium.",
            axis: [0.5, 0.65, 0.8],
            when: On("trade.enable_dynamic_sizing")
        );
        t.Float(
            ref p.Trade.ConfidenceMultLow,
            "trade.confidence_mult_low",
            0.5,
            ValueRange.NotNegative,
            "Margin multiplier, low.",
            axis: [0.2, 0.3, 0.4],
            when: On("trade.enable_dynamic_sizing")
        );
        t.Float(
            ref p.Trade.AdxSizingMinMult,
            "trade.adx_sizing_min_mult",
            0.6,
            ValueRange.Fraction,
            "Floor of the ADX multiplier.",
            axis: [0.4, 0.6, 0.8],
            when: On("trade.enable_dynamic_sizing")
        );
        t.Float(
            ref p.Trade.AdxSizingFullAdx,
            "trade.adx_sizing_full_adx",
            40,
            ValueRange.Positive,
            "ADX at which the multiplier reaches 1.",
            axis: [28, 40, 52],
            when: On("trade.enable_dynamic_sizing")
        );
        t.Float(
            ref p.Trade.VolBaselinePct,
            "trade.vol_baseline_pct",
            0.01,
            ValueRange.Positive,
            "ATR/price regarded as normal volatility.",
            axis: [0.007, 0.01, 0.013],
            when: On("trade.enable_dynamic_sizing")
        );
        t.Float(
            ref p.Trade.VolScalarMin,
            "trade.vol_scalar_min",
            0.5,
            ValueRange.NotNegative,
            "Lower clamp of the volatility scalar.",
            axis: [0.35, 0.5, 0.65],
            when: On("trade.enable_dynamic_sizing")
        );
        t.Float(
            ref p.Trade.VolScalarMax,
            "trade.vol_scalar_max",
            1,
            ValueRange.NotNegative,
            "Upper clamp of the volatility scalar.",
            axis: [0.7, 1, 1.3],
            when: On("trade.enable_dynamic_sizing")
        );
        t.Int(
            ref p.Trade.MaxOpenPositions,
            "trade.max_open_positions",
            20,
            ValueRange.NotNegative,
            "Maximum simultaneous positions.",
            axis: [14, 20, 26],
            portfolio: true
        );
        t.Float(
            ref p.Trade.MaxTotalMarginPct,
            "trade.max_total_margin_pct",
            0.6,
            ValueRange.Share,
            "Cap on Σ margin / equity.",
            axis: [0.4, 0.6, 0.8],
            portfolio: true
        );
        t.Float(
            ref p.Trade.MinNotionalUsd,
            "trade.min_notional_usd",
            10,
            ValueRange.NotNegative,
            "Smallest order notional.",
            axis: [10, 15, 20]
        );
        t.Bool(
            ref p.Trade.BumpToMinNotional,
            "trade.bump_to_min_notional",
            false,
            "Raise too-small orders to the minimum instead of rejecting.",
            axis: [0, 1]
        );
        t.Float(
            ref p.Trade.MinAtrPct,
            "trade.min_atr_pct",
            0.003,
            ValueRange.NotNegative,
            "ATR floor as fraction of price for entries; 0 = off.",
            axis: [0, 0.002, 0.004]
        );
        t.Float(
            ref p.Trade.SizeMultiplier,
            "trade.size_multiplier",
            1,
            ValueRange.NotNegative,
            "Multiplies the entry margin (ramps, ensembles)."
        );
        t.Float(
            ref p.Trade.MinMarginUsd,
            "trade.min_margin_usd",
            0,
            ValueRange.NotNegative,
            "Floor on the margin of an entry; 0 = none."
        );
        t.Float(
            ref p.Trade.MaxNotionalUsdPerOrder,
            "trade.max_notional_usd_per_order",
            0,
            ValueRange.NotNegative,
            "Cap on the notional of one entry or add; 0 = none."
        );
    }
}
