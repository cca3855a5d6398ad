using Kedge.Kernel;
using static Kedge.Configuration.Gate;

namespace Kedge.Configuration.Keys;

/// <summary>Which gates are on.</summary>
internal static class FilterKeys
{
    public static void Add(KeyTableBuilder t, ref Parameters p)
    {
        t.Bool(ref p.Filters.EnableRangingFilter, "filters.enable_ranging_filter", true, "Ranging vote (gate G1).", axis: [0, 1]);
        t.Bool(
            ref p.Filters.EnableAnomalyFilter,
            "filters.enable_anomaly_filter",
            true,
            "Anomaly filter (gate G2).",
            axis: [0, 1]
        );
        t.Bool(
            ref p.Filters.EnableExtensionFilter,
            "filters.enable_extension_filter",
            true,
            "Extension filter (gate G3).",
            axis: [0, 1]
        );
        t.Bool(ref p.Filters.RequireAdxRising, "filters.require_adx_rising", true, "ADX must rise (gate G5).", axis: [0, 1]);
        t.Float(
            ref p.Filters.AdxRisingSaturation,
            "filters.adx_rising_saturation",
            40,
            ValueRange.Any,
            "ADX above which G5 passes whatever the slope.",
            axis: [28, 40, 52],
            when: On("filters.require_adx_rising")
        );
        t.Bool(
            ref p.Filters.RequireVolumeConfirmation,
            "filters.require_volume_confirmation",
            false,
            "Volume must confirm (gate G4).",
            axis: [0, 1]
        );
        t.Bool(
            ref p.Filters.VolConfirmIncludePrev,
            "filters.vol_confirm_include_prev",
            true,
            "Relaxed variant of G4: the average or the trend suffices.",
            axis: [0, 1],
            when: On("filters.require_volume_confirmation")
        );
        t.Bool(ref p.Filters.UseStochRsiFilter, "filters.use_stoch_rsi_filter", true, "Stochastic RSI filter.", axis: [0, 1]);
        t.Bool(
            ref p.Filters.RequireBtcAlignment,
            "filters.require_btc_alignment",
            true,
            "Entries must agree with the trend of BTC (gate G8).",
            axis: [0, 1]
        );
        t.Bool(
            ref p.Filters.RequireMacroAlignment,
            "filters.require_macro_alignment",
            false,
            "Entries must agree with the macro EMA (gate G7); also turns on the macro-break exit.",
            axis: [0, 1]
        );
    }
}
