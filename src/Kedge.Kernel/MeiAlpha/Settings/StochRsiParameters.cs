namespace Kedge.Kernel.MeiAlpha.Settings;

/// <summary>Stochastic RSI limits: the keys under <c>thresholds.stoch_rsi</c>.</summary>
public struct StochRsiParameters
{
    /// <summary><c>thresholds.stoch_rsi.block_long_if_k_gt</c>. K at/above blocks longs. Range 0…1. Default 0.85.</summary>
    public double BlockLongIfKGt;

    /// <summary><c>thresholds.stoch_rsi.block_short_if_k_lt</c>. K at/below blocks shorts. Range 0…1. Default 0.15.</summary>
    public double BlockShortIfKLt;
}
