namespace Kedge.Kernel.MeiAlpha.Settings;

/// <summary>Market breadth rules of the whole portfolio: the keys under <c>market_regime</c>.</summary>
public struct RegimeParameters
{
    /// <summary><c>market_regime.breadth_block_short_above</c>. Block shorts above this breadth. Range 0…100. Default 90.0.</summary>
    public double BreadthBlockShortAbove;

    /// <summary><c>market_regime.breadth_block_long_below</c>. Block longs below this breadth. Range 0…100. Default 10.0.</summary>
    public double BreadthBlockLongBelow;

    /// <summary><c>market_regime.auto_reverse_breadth_low</c>. Band lower edge (inclusive). Range 0…100. Default 10.0.</summary>
    public double AutoReverseBreadthLow;

    /// <summary><c>market_regime.auto_reverse_breadth_high</c>. Band upper edge (inclusive). Range 0…100. Default 90.0.</summary>
    public double AutoReverseBreadthHigh;

    /// <summary><c>market_regime.regime_gate_breadth_low</c>. Lower edge of the choppy band (inclusive). Range 0…100. Default 20.0.</summary>
    public double RegimeGateBreadthLow;

    /// <summary><c>market_regime.regime_gate_breadth_high</c>. Upper edge of the choppy band (inclusive). Range 0…100. Default 80.0.</summary>
    public double RegimeGateBreadthHigh;

    /// <summary><c>market_regime.regime_gate_btc_adx_min</c>. The gate is off below this BTC ADX. Default 20.0.</summary>
    public double RegimeGateBtcAdxMin;

    /// <summary><c>market_regime.regime_gate_btc_atr_pct_min</c>. The gate is off below this BTC ATR as a fraction of price. Default 0.003.</summary>
    public double RegimeGateBtcAtrPctMin;

    /// <summary><c>market_regime.breadth_unknown</c>. What entries do while breadth is unknown and a breadth rule is on. Range allow, block. Default allow.</summary>
    public BreadthUnknownPolicy BreadthUnknown;

    /// <summary><c>market_regime.enable_regime_filter</c>. Directional breadth block. Default false.</summary>
    public bool EnableRegimeFilter;

    /// <summary><c>market_regime.enable_auto_reverse</c>. Fade signals while breadth is inside the band. Default false.</summary>
    public bool EnableAutoReverse;

    /// <summary><c>market_regime.enable_regime_gate</c>. Chop gate: entries and adds stop while the market is choppy. Default false.</summary>
    public bool EnableRegimeGate;

    /// <summary><c>market_regime.regime_gate_fail_open</c>. State of the gate while breadth or BTC metrics are missing. Default false.</summary>
    public bool RegimeGateFailOpen;
}
