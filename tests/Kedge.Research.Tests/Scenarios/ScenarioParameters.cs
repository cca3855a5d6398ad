using Kedge.Kernel;

namespace Kedge.Research.Tests.Scenarios;

/// <summary>Parameters of the worked scenarios: the documented defaults, and the permissive set hand work starts from.</summary>
internal static class ScenarioParameters
{
    /// <summary>The defaults as the settings document them.</summary>
    public static Parameters Defaults()
    {
        Parameters p = default;
        Sizing(ref p);
        Exits(ref p);
        Entries(ref p);
        Thresholds(ref p);
        Indicators(ref p);
        p.SignalOnCandleClose = true;
        return p;
    }

    /// <summary>
    /// Every gate, filter, cooldown and optional exit is off; EMAs are 2 and 3 bars, so a rising close is a long signal at the second bar.
    /// ADX and RSI have windows no scenario fills and stay at 0 and 50. Shorts are off because RSI is never below 0.
    /// </summary>
    public static Parameters Permissive()
    {
        Parameters p = Defaults();
        p.Indicators.EmaFastWindow = 2;
        p.Indicators.EmaSlowWindow = 3;
        p.Indicators.AdxWindow = 100;
        p.Indicators.AtrWindow = 100;
        p.Indicators.RsiWindow = 100;
        p.Indicators.BbWindow = 100;
        p.Indicators.VolSmaWindow = 2;
        p.Filters = default;
        p.Entry.MinAdx = -1.0;
        p.Entry.AveEnabled = false;
        p.Entry.MacdHistEntryMode = MacdEntryMode.None;
        p.Entry.HighConfVolumeMult = 1.5;
        p.Momentum.RsiLongWeak = 0.0;
        p.Momentum.RsiLongStrong = 0.0;
        p.Momentum.RsiShortWeak = 0.0;
        p.Momentum.RsiShortStrong = 0.0;
        p.Trade.AllocationPct = 0.1;
        p.Trade.Leverage = 2.0;
        p.Trade.EnableDynamicLeverage = false;
        p.Trade.EnableDynamicSizing = false;
        p.Trade.TakerFeeBps = 10.0;
        p.Trade.SlippageBps = 10.0;
        p.Trade.MinAtrPct = 0.0;
        p.Trade.SlAtrMult = 2.0;
        p.Trade.TpAtrMult = 1000.0;
        p.Trade.TrailingStartAtr = 1000.0;
        p.Trade.EnablePartialTp = false;
        p.Trade.EnableBreakevenStop = false;
        p.Trade.EnableRsiOverextensionExit = false;
        p.Trade.SmartExitAdxExhaustionLt = 0.0;
        p.Trade.EnableSsfFilter = false;
        p.Trade.EnableReefFilter = false;
        p.Trade.EnablePyramiding = false;
        p.Trade.EntryMinConfidence = Confidence.Low;
        p.Trade.ReentryCooldownMinutes = 0;
        p.Trade.EntryCooldownS = 0;
        p.Trade.ExitCooldownS = 0;
        return p;
    }

    private static void Sizing(ref Parameters p)
    {
        p.Trade.AllocationPct = 0.03;
        p.Trade.Leverage = 3.0;
        p.Trade.LeverageLow = 1.0;
        p.Trade.LeverageMedium = 3.0;
        p.Trade.LeverageHigh = 5.0;
        p.Trade.ConfidenceMultHigh = 1.0;
        p.Trade.ConfidenceMultMedium = 0.7;
        p.Trade.ConfidenceMultLow = 0.5;
        p.Trade.AdxSizingMinMult = 0.6;
        p.Trade.AdxSizingFullAdx = 40.0;
        p.Trade.VolBaselinePct = 0.01;
        p.Trade.VolScalarMin = 0.5;
        p.Trade.VolScalarMax = 1.0;
        p.Trade.MaxTotalMarginPct = 0.60;
        p.Trade.MinNotionalUsd = 10.0;
        p.Trade.MinAtrPct = 0.003;
        p.Trade.SlippageBps = 10.0;
        p.Trade.MakerFeeBps = 1.5;
        p.Trade.TakerFeeBps = 4.5;
        p.Trade.SizeMultiplier = 1.0;
        p.Trade.EnableDynamicLeverage = true;
        p.Trade.EnableDynamicSizing = true;
        p.Trade.UseBboForFills = true;
    }

    private static void Exits(ref Parameters p)
    {
        p.Trade.SlAtrMult = 2.0;
        p.Trade.TpAtrMult = 4.0;
        p.Trade.TpPartialPct = 0.5;
        p.Trade.TpPartialMinNotionalUsd = 10.0;
        p.Trade.TrailingStartAtr = 1.0;
        p.Trade.TrailingDistanceAtr = 0.8;
        p.Trade.BreakevenStartAtr = 0.7;
        p.Trade.BreakevenBufferAtr = 0.05;
        p.Trade.SmartExitAdxExhaustionLt = 18.0;
        p.Trade.RsiExitProfitAtrSwitch = 1.5;
        p.Trade.RsiExitUbLoProfit = 80.0;
        p.Trade.RsiExitUbHiProfit = 70.0;
        p.Trade.RsiExitLbLoProfit = 20.0;
        p.Trade.RsiExitLbHiProfit = 30.0;
        p.Trade.TsmeMinProfitAtr = 1.0;
        p.Trade.GlitchPriceDevPct = 0.40;
        p.Trade.GlitchAtrMult = 12.0;
        p.Trade.ExitCooldownS = 15;
        p.Trade.EnablePartialTp = true;
        p.Trade.EnableVolBufferedTrailing = true;
        p.Trade.EnableBreakevenStop = true;
        p.Trade.EnableRsiOverextensionExit = true;
        p.Trade.TsmeRequireAdxSlopeNegative = true;
        p.Trade.Tp1LocksBreakeven = true;
    }

    private static void Entries(ref Parameters p)
    {
        p.Trade.ReefLongRsiBlockGt = 70.0;
        p.Trade.ReefShortRsiBlockLt = 30.0;
        p.Trade.ReefAdxThreshold = 45.0;
        p.Trade.ReefLongRsiExtremeGt = 75.0;
        p.Trade.ReefShortRsiExtremeLt = 25.0;
        p.Trade.AddFractionOfBaseMargin = 0.5;
        p.Trade.AddMinProfitAtr = 0.5;
        p.Trade.MaxOpenPositions = 20;
        p.Trade.EntryMinConfidence = Confidence.High;
        p.Trade.ReentryCooldownMinutes = 60;
        p.Trade.ReentryCooldownMinMins = 45;
        p.Trade.ReentryCooldownMaxMins = 180;
        p.Trade.MaxAddsPerSymbol = 2;
        p.Trade.AddCooldownMinutes = 60;
        p.Trade.AddMinConfidence = Confidence.Medium;
        p.Trade.EntryCooldownS = 20;
        p.Trade.MaxEntryOrdersPerLoop = 6;
        p.Trade.EnableSsfFilter = true;
        p.Trade.EnableReefFilter = true;
        p.Trade.EnablePyramiding = true;
        p.Filters.AdxRisingSaturation = 40.0;
        p.Filters.EnableRangingFilter = true;
        p.Filters.EnableAnomalyFilter = true;
        p.Filters.EnableExtensionFilter = true;
        p.Filters.RequireAdxRising = true;
        p.Filters.VolConfirmIncludePrev = true;
        p.Filters.UseStochRsiFilter = true;
        p.Filters.RequireBtcAlignment = true;
    }

    private static void Thresholds(ref Parameters p)
    {
        p.Entry.MinAdx = 22.0;
        p.Entry.HighConfVolumeMult = 2.5;
        p.Entry.BtcAdxOverride = 40.0;
        p.Entry.MaxDistEmaFast = 0.04;
        p.Entry.AveAtrRatioGt = 1.5;
        p.Entry.AveAdxMult = 1.25;
        p.Entry.AveAvgAtrWindow = 50;
        p.Entry.AveEnabled = true;
        p.Entry.PullbackMinAdx = 22.0;
        p.Entry.PullbackRsiLongMin = 50.0;
        p.Entry.PullbackRsiShortMax = 50.0;
        p.Entry.PullbackConfidence = Confidence.Low;
        p.Entry.PullbackRequireMacdSign = true;
        p.Entry.SlowDriftMinSlopePct = 0.0006;
        p.Entry.SlowDriftMinAdx = 10.0;
        p.Entry.SlowDriftRsiLongMin = 50.0;
        p.Entry.SlowDriftRsiShortMax = 50.0;
        p.Entry.SlowDriftSlopeWindow = 20;
        p.Entry.SlowDriftRequireMacdSign = true;
        p.Entry.MacdHistEntryMode = MacdEntryMode.Accel;
        p.Anomaly.PriceChangePctGt = 0.10;
        p.Anomaly.EmaFastDevPctGt = 0.50;
        p.Ranging.AdxBelow = 21.0;
        p.Ranging.BbWidthRatioBelow = 0.8;
        p.Ranging.RsiLow = 47.0;
        p.Ranging.RsiHigh = 53.0;
        p.Ranging.MinSignals = 2;
        p.Momentum.AdxStrongGt = 40.0;
        p.Momentum.AdxWeakLt = 30.0;
        p.Momentum.TpMultStrong = 7.0;
        p.Momentum.TpMultWeak = 3.0;
        p.Momentum.RsiLongStrong = 52.0;
        p.Momentum.RsiLongWeak = 56.0;
        p.Momentum.RsiShortStrong = 48.0;
        p.Momentum.RsiShortWeak = 44.0;
        p.StochRsi.BlockLongIfKGt = 0.85;
        p.StochRsi.BlockShortIfKLt = 0.15;
        p.Regime.BreadthBlockShortAbove = 90.0;
        p.Regime.BreadthBlockLongBelow = 10.0;
        p.Regime.AutoReverseBreadthLow = 10.0;
        p.Regime.AutoReverseBreadthHigh = 90.0;
        p.Regime.RegimeGateBreadthLow = 20.0;
        p.Regime.RegimeGateBreadthHigh = 80.0;
        p.Regime.RegimeGateBtcAdxMin = 20.0;
        p.Regime.RegimeGateBtcAtrPctMin = 0.003;
        p.Regime.BreadthUnknown = BreadthUnknownPolicy.Allow;
    }

    private static void Indicators(ref Parameters p)
    {
        p.Indicators.EmaSlowWindow = 50;
        p.Indicators.EmaFastWindow = 20;
        p.Indicators.EmaMacroWindow = 200;
        p.Indicators.AdxWindow = 14;
        p.Indicators.BbWindow = 20;
        p.Indicators.BbWidthAvgWindow = 30;
        p.Indicators.AtrWindow = 14;
        p.Indicators.RsiWindow = 14;
        p.Indicators.VolSmaWindow = 20;
        p.Indicators.VolTrendWindow = 5;
        p.Indicators.StochRsiWindow = 14;
        p.Indicators.StochRsiSmooth1 = 3;
        p.Indicators.StochRsiSmooth2 = 3;
    }
}
