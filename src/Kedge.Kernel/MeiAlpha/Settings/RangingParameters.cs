namespace Kedge.Kernel.MeiAlpha.Settings;

/// <summary>The ranging vote (gate G1): the keys under <c>thresholds.ranging</c>.</summary>
public struct RangingParameters
{
    /// <summary><c>thresholds.ranging.adx_below</c>. Adx below. Default 21.0.</summary>
    public double AdxBelow;

    /// <summary><c>thresholds.ranging.bb_width_ratio_below</c>. Bb width ratio below. Default 0.8.</summary>
    public double BbWidthRatioBelow;

    /// <summary><c>thresholds.ranging.rsi_low</c>. Rsi low. Default 47.0.</summary>
    public double RsiLow;

    /// <summary><c>thresholds.ranging.rsi_high</c>. Rsi high. Default 53.0.</summary>
    public double RsiHigh;

    /// <summary><c>thresholds.ranging.min_signals</c>. Votes needed. Range 1…3 (0 treated as 1). Default 2.</summary>
    public int MinSignals;
}
