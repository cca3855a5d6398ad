using Kedge.Kernel;
using static Kedge.Configuration.Gate;

namespace Kedge.Configuration.Keys;

/// <summary>Market breadth, auto-reverse and the chop gate.</summary>
internal static class RegimeKeys
{
    private static readonly string[] BreadthUnknownPolicyWords = ["allow", "block"];

    public static void Add(KeyTableBuilder t, ref Parameters p)
    {
        t.Bool(
            ref p.Regime.EnableRegimeFilter,
            "market_regime.enable_regime_filter",
            false,
            "Directional breadth block.",
            axis: [0, 1],
            portfolio: true
        );
        t.Float(
            ref p.Regime.BreadthBlockShortAbove,
            "market_regime.breadth_block_short_above",
            90,
            ValueRange.Percent,
            "Block shorts above this breadth.",
            axis: [65, 80, 95],
            when: On("market_regime.enable_regime_filter"),
            portfolio: true
        );
        t.Float(
            ref p.Regime.BreadthBlockLongBelow,
            "market_regime.breadth_block_long_below",
            10,
            ValueRange.Percent,
            "Block longs below this breadth.",
            axis: [5, 10, 15],
            when: On("market_regime.enable_regime_filter"),
            portfolio: true
        );
        t.Bool(
            ref p.Regime.EnableAutoReverse,
            "market_regime.enable_auto_reverse",
            false,
            "Fade signals while breadth is inside the band.",
            axis: [0, 1],
            portfolio: true
        );
        t.Float(
            ref p.Regime.AutoReverseBreadthLow,
            "market_regime.auto_reverse_breadth_low",
            10,
            ValueRange.Percent,
            "Band lower edge (inclusive).",
            axis: [5, 10, 15],
            when: On("market_regime.enable_auto_reverse"),
            portfolio: true
        );
        t.Float(
            ref p.Regime.AutoReverseBreadthHigh,
            "market_regime.auto_reverse_breadth_high",
            90,
            ValueRange.Percent,
            "Band upper edge (inclusive).",
            axis: [65, 80, 95],
            when: On("market_regime.enable_auto_reverse"),
            portfolio: true
        );
        t.Float(
            ref p.Regime.RegimeGateBreadthLow,
            "market_regime.regime_gate_breadth_low",
            20,
            ValueRange.Percent,
            "Lower edge of the choppy band (inclusive).",
            portfolio: true
        );
        t.Float(
            ref p.Regime.RegimeGateBreadthHigh,
            "market_regime.regime_gate_breadth_high",
            80,
            ValueRange.Percent,
            "Upper edge of the choppy band (inclusive).",
            portfolio: true
        );
        t.Float(
            ref p.Regime.RegimeGateBtcAdxMin,
            "market_regime.regime_gate_btc_adx_min",
            20,
            ValueRange.Any,
            "The gate is off below this BTC ADX.",
            portfolio: true
        );
        t.Float(
            ref p.Regime.RegimeGateBtcAtrPctMin,
            "market_regime.regime_gate_btc_atr_pct_min",
            0.003,
            ValueRange.Any,
            "The gate is off below this BTC ATR as a fraction of price.",
            portfolio: true
        );
        t.Word(
            ref p.Regime.BreadthUnknown,
            "market_regime.breadth_unknown",
            BreadthUnknownPolicy.Allow,
            BreadthUnknownPolicyWords,
            "What entries do while breadth is unknown and a breadth rule is on.",
            portfolio: true
        );
        t.Bool(
            ref p.Regime.EnableRegimeGate,
            "market_regime.enable_regime_gate",
            false,
            "Chop gate: entries and adds stop while the market is choppy.",
            portfolio: true
        );
        t.Bool(
            ref p.Regime.RegimeGateFailOpen,
            "market_regime.regime_gate_fail_open",
            false,
            "State of the gate while breadth or BTC metrics are missing.",
            portfolio: true
        );
    }
}
