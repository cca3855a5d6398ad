namespace Kedge.Kernel.MeiAlpha.Settings;

/// <summary>Which gates are on: the keys under <c>filters</c>.</summary>
public struct FilterParameters
{
    /// <summary><c>filters.adx_rising_saturation</c>. ADX above which G5 passes regardless of slope. Default 40.0.</summary>
    public double AdxRisingSaturation;

    /// <summary><c>filters.enable_ranging_filter</c>. Gate G1. Default true.</summary>
    public bool EnableRangingFilter;

    /// <summary><c>filters.enable_anomaly_filter</c>. Gate G2. Default true.</summary>
    public bool EnableAnomalyFilter;

    /// <summary><c>filters.enable_extension_filter</c>. Gate G3. Default true.</summary>
    public bool EnableExtensionFilter;

    /// <summary><c>filters.require_adx_rising</c>. Gate G5. Default true.</summary>
    public bool RequireAdxRising;

    /// <summary><c>filters.require_volume_confirmation</c>. Gate G4. Default false.</summary>
    public bool RequireVolumeConfirmation;

    /// <summary><c>filters.vol_confirm_include_prev</c>. Relaxed (OR) variant of G4. Default true.</summary>
    public bool VolConfirmIncludePrev;

    /// <summary><c>filters.use_stoch_rsi_filter</c>. Compute and use StochRSI. Default true.</summary>
    public bool UseStochRsiFilter;

    /// <summary><c>filters.require_btc_alignment</c>. Gate G8. Default true.</summary>
    public bool RequireBtcAlignment;

    /// <summary><c>filters.require_macro_alignment</c>. Macro part of G7 and the macro-break exit. Default false.</summary>
    public bool RequireMacroAlignment;
}
