namespace Kedge.Kernel.MeiAlpha.Settings;

/// <summary>The anomaly gate (G2): the keys under <c>thresholds.anomaly</c>.</summary>
public struct AnomalyParameters
{
    /// <summary><c>thresholds.anomaly.price_change_pct_gt</c>. One-bar move. Default 0.10.</summary>
    public double PriceChangePctGt;

    /// <summary><c>thresholds.anomaly.ema_fast_dev_pct_gt</c>. Distance from fast EMA. Default 0.50.</summary>
    public double EmaFastDevPctGt;
}
