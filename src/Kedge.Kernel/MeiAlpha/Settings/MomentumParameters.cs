namespace Kedge.Kernel.MeiAlpha.Settings;

/// <summary>Dynamic RSI limits and ADX bands: the keys under <c>thresholds.tp_and_momentum</c>.</summary>
public struct MomentumParameters
{
    /// <summary><c>thresholds.tp_and_momentum.adx_strong_gt</c>. Also upper end of DRE interpolation. Default 40.0.</summary>
    public double AdxStrongGt;

    /// <summary><c>thresholds.tp_and_momentum.adx_weak_lt</c>. Only feeds dynamic_tp_mult. Default 30.0.</summary>
    public double AdxWeakLt;

    /// <summary><c>thresholds.tp_and_momentum.tp_mult_strong</c>. Only feeds dynamic_tp_mult → no effect in kernel/backtester. Default 7.0.</summary>
    public double TpMultStrong;

    /// <summary><c>thresholds.tp_and_momentum.tp_mult_weak</c>. Tp mult weak. Default 3.0.</summary>
    public double TpMultWeak;

    /// <summary><c>thresholds.tp_and_momentum.rsi_long_strong</c>. DRE. Default 52.0.</summary>
    public double RsiLongStrong;

    /// <summary><c>thresholds.tp_and_momentum.rsi_long_weak</c>. DRE. Default 56.0.</summary>
    public double RsiLongWeak;

    /// <summary><c>thresholds.tp_and_momentum.rsi_short_strong</c>. DRE. Default 48.0.</summary>
    public double RsiShortStrong;

    /// <summary><c>thresholds.tp_and_momentum.rsi_short_weak</c>. DRE. Default 44.0.</summary>
    public double RsiShortWeak;
}
