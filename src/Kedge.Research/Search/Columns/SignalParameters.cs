using Kedge.Kernel;
using Kedge.Kernel.MeiAlpha.Settings;

namespace Kedge.Research.Search.Columns;

/// <summary>The part of parameters that raw signals depend on: two configurations that agree on it have the same signals.</summary>
internal static class SignalParameters
{
    /// <summary>Parameters with everything set to nothing that no gate and no entry mode reads.</summary>
    public static Parameters Of(in Parameters parameters)
    {
        Parameters p = parameters;
        p.Trade = default;
        p.Regime = default;
        p.IntrabarExits = false;
        p.Momentum.AdxWeakLt = 0.0;
        p.Momentum.TpMultStrong = 0.0;
        p.Momentum.TpMultWeak = 0.0;
        p.Indicators.StochRsiSmooth2 = 0;
        Filters(ref p);
        Modes(ref p.Entry);
        return p;
    }

    private static void Filters(ref Parameters p)
    {
        if (!p.Filters.EnableRangingFilter)
        {
            p.Ranging = default;
            p.Indicators.BbWindow = 0;
            p.Indicators.BbWidthAvgWindow = 0;
        }

        if (!p.Filters.EnableAnomalyFilter)
        {
            p.Anomaly = default;
        }

        if (!p.Filters.EnableExtensionFilter)
        {
            p.Entry.MaxDistEmaFast = 0.0;
        }

        if (!p.Filters.RequireAdxRising)
        {
            p.Filters.AdxRisingSaturation = 0.0;
        }

        if (!p.Filters.RequireVolumeConfirmation)
        {
            p.Filters.VolConfirmIncludePrev = false;
            p.Indicators.VolTrendWindow = 0;
        }

        if (!p.Filters.UseStochRsiFilter)
        {
            p.StochRsi = default;
            p.Indicators.StochRsiWindow = 0;
            p.Indicators.StochRsiSmooth1 = 0;
        }

        if (!p.Filters.RequireBtcAlignment)
        {
            p.Entry.BtcAdxOverride = 0.0;
        }

        if (!p.Filters.RequireMacroAlignment)
        {
            p.Indicators.EmaMacroWindow = 0;
        }
    }

    private static void Modes(ref EntryParameters entry)
    {
        if (!entry.AveEnabled)
        {
            entry.AveAtrRatioGt = 0.0;
            entry.AveAdxMult = 0.0;
            entry.AveAvgAtrWindow = 0;
        }

        if (!entry.EnablePullbackEntries)
        {
            entry.PullbackConfidence = default;
            entry.PullbackMinAdx = 0.0;
            entry.PullbackRsiLongMin = 0.0;
            entry.PullbackRsiShortMax = 0.0;
            entry.PullbackRequireMacdSign = false;
        }

        if (!entry.EnableSlowDriftEntries)
        {
            entry.SlowDriftSlopeWindow = 0;
            entry.SlowDriftMinSlopePct = 0.0;
            entry.SlowDriftMinAdx = 0.0;
            entry.SlowDriftRsiLongMin = 0.0;
            entry.SlowDriftRsiShortMax = 0.0;
            entry.SlowDriftRequireMacdSign = false;
        }
    }
}
