namespace Kedge.Kernel.MeiAlpha.Settings;

/// <summary>Indicator windows in bars, 2…256: the keys under <c>indicators</c>.</summary>
public struct IndicatorParameters
{
    /// <summary><c>indicators.ema_slow_window</c>. Ema slow window. Default 50.</summary>
    public int EmaSlowWindow;

    /// <summary><c>indicators.ema_fast_window</c>. Should be &lt; slow (sweeps treat fast ≥ slow as degenerate). Default 20.</summary>
    public int EmaFastWindow;

    /// <summary><c>indicators.ema_macro_window</c>. Ema macro window. Default 200.</summary>
    public int EmaMacroWindow;

    /// <summary><c>indicators.adx_window</c>. Adx window. Default 14.</summary>
    public int AdxWindow;

    /// <summary><c>indicators.bb_window</c>. Bollinger window. Default 20.</summary>
    public int BbWindow;

    /// <summary><c>indicators.bb_width_avg_window</c>. Average of band width. Range 0 → clamped to 1 with a warning. Default 30.</summary>
    public int BbWidthAvgWindow;

    /// <summary><c>indicators.atr_window</c>. Atr window. Default 14.</summary>
    public int AtrWindow;

    /// <summary><c>indicators.rsi_window</c>. Rsi window. Default 14.</summary>
    public int RsiWindow;

    /// <summary><c>indicators.vol_sma_window</c>. Vol sma window. Default 20.</summary>
    public int VolSmaWindow;

    /// <summary><c>indicators.vol_trend_window</c>. Vol trend window. Default 5.</summary>
    public int VolTrendWindow;

    /// <summary><c>indicators.stoch_rsi_window</c>. Stoch rsi window. Default 14.</summary>
    public int StochRsiWindow;

    /// <summary><c>indicators.stoch_rsi_smooth1</c>. K smoothing. Default 3.</summary>
    public int StochRsiSmooth1;

    /// <summary><c>indicators.stoch_rsi_smooth2</c>. D smoothing (D is never used in decisions). Default 3.</summary>
    public int StochRsiSmooth2;
}
