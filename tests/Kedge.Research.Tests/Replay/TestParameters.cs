using Kedge.Kernel;

namespace Kedge.Research.Tests.Replay;

/// <summary>The default of every key, as the documentation of the settings states it.</summary>
internal static class TestParameters
{
    /// <summary>Defaults; traits are the caller's business.</summary>
    public static Parameters Default()
    {
        Parameters p = default;
        p.SignalOnCandleClose = true;
        Trade(ref p);
        Entry(ref p);
        Ranging(ref p);
        Anomaly(ref p);
        Momentum(ref p);
        StochRsi(ref p);
        Regime(ref p);
        Indicators(ref p);
        Filters(ref p);
        return p;
    }

    private static void Trade(ref Parameters p)
    {
        p.Trade.AllocationPct = 0.03;
        p.Trade.Leverage = 3.0;
        p.Trade.LeverageLow = 1.0;
        p.Trade.LeverageMedium = 3.0;
        p.Trade.LeverageHigh = 5.0;
        p.Trade.LeverageMaxCap = 0.0;
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
        p.Trade.SlAtrMult = 2.0;
        p.Trade.TpAtrMult = 4.0;
        p.Trade.TpPartialPct = 0.5;
        p.Trade.TpPartialMinNotionalUsd = 10.0;
        p.Trade.TpPartialAtrMult = 0.0;
        p.Trade.TrailingStartAtr = 1.0;
        p.Trade.TrailingDistanceAtr = 0.8;
        p.Trade.TrailingStartAtrLowConf = 0.0;
        p.Trade.TrailingDistanceAtrLowConf = 0.0;
        p.Trade.BreakevenStartAtr = 0.7;
        p.Trade.BreakevenBufferAtr = 0.05;
        p.Trade.SmartExitAdxExhaustionLt = 18.0;
        p.Trade.SmartExitAdxExhaustionLtLowConf = 0.0;
        p.Trade.RsiExitProfitAtrSwitch = 1.5;
        p.Trade.RsiExitUbLoProfit = 80.0;
        p.Trade.RsiExitUbHiProfit = 70.0;
        p.Trade.RsiExitLbLoProfit = 20.0;
        p.Trade.RsiExitLbHiProfit = 30.0;
        p.Trade.RsiExitUbLoProfitLowConf = 0.0;
        p.Trade.RsiExitUbHiProfitLowConf = 0.0;
        p.Trade.RsiExitLbLoProfitLowConf = 0.0;
        p.Trade.RsiExitLbHiProfitLowConf = 0.0;
        p.Trade.TsmeMinProfitAtr = 1.0;
        p.Trade.GlitchPriceDevPct = 0.40;
        p.Trade.GlitchAtrMult = 12.0;
        p.Trade.ReefLongRsiBlockGt = 70.0;
        p.Trade.ReefShortRsiBlockLt = 30.0;
        p.Trade.ReefAdxThreshold = 45.0;
        p.Trade.ReefLongRsiExtremeGt = 75.0;
        p.Trade.ReefShortRsiExtremeLt = 25.0;
        p.Trade.AddFractionOfBaseMargin = 0.5;
        p.Trade.AddMinProfitAtr = 0.5;
        p.Trade.SlippageBps = 10.0;
        p.Trade.MakerFeeBps = 1.5;
        p.Trade.TakerFeeBps = 4.5;
        p.Trade.SizeMultiplier = 1.0;
        p.Trade.MinMarginUsd = 0.0;
        p.Trade.MaxNotionalUsdPerOrder = 0.0;
        p.Trade.MaxOpenPositions = 20;
        p.Trade.EntryMinConfidence = Confidence.High;
        p.Trade.ReentryCooldownMinutes = 60;
        p.Trade.ReentryCooldownMinMins = 45;
        p.Trade.ReentryCooldownMaxMins = 180;
        p.Trade.MaxAddsPerSymbol = 2;
        p.Trade.AddCooldownMinutes = 60;
        p.Trade.AddMinConfidence = Confidence.Medium;
        p.Trade.EntryCooldownS = 20;
        p.Trade.ExitCooldownS = 15;
        p.Trade.MaxEntryOrdersPerLoop = 6;
        p.Trade.EnableDynamicLeverage = true;
        p.Trade.EnableDynamicSizing = true;
        p.Trade.BumpToMinNotional = false;
        p.Trade.EnablePartialTp = true;
        p.Trade.EnableVolBufferedTrailing = true;
        p.Trade.EnableBreakevenStop = true;
        p.Trade.EnableRsiOverextensionExit = true;
        p.Trade.TsmeRequireAdxSlopeNegative = true;
        p.Trade.BlockExitsOnExtremeDev = false;
        p.Trade.EnableSsfFilter = true;
        p.Trade.EnableReefFilter = true;
        p.Trade.ReverseEntrySignal = false;
        p.Trade.EnablePyramiding = true;
        p.Trade.UseBboForFills = true;
        p.Trade.BreakevenLatched = false;
        p.Trade.Tp1LocksBreakeven = true;
    }

    private static void Entry(ref Parameters p)
    {
        p.Entry.MinAdx = 22.0;
        p.Entry.HighConfVolumeMult = 2.5;
        p.Entry.BtcAdxOverride = 40.0;
        p.Entry.MaxDistEmaFast = 0.04;
        p.Entry.AveAtrRatioGt = 1.5;
        p.Entry.AveAdxMult = 1.25;
        p.Entry.PullbackMinAdx = 22.0;
        p.Entry.PullbackRsiLongMin = 50.0;
        p.Entry.PullbackRsiShortMax = 50.0;
        p.Entry.SlowDriftMinSlopePct = 0.0006;
        p.Entry.SlowDriftMinAdx = 10.0;
        p.Entry.SlowDriftRsiLongMin = 50.0;
        p.Entry.SlowDriftRsiShortMax = 50.0;
        p.Entry.AveAvgAtrWindow = 50;
        p.Entry.MacdHistEntryMode = MacdEntryMode.Accel;
        p.Entry.PullbackConfidence = Confidence.Low;
        p.Entry.SlowDriftSlopeWindow = 20;
        p.Entry.AveEnabled = true;
        p.Entry.EnablePullbackEntries = false;
        p.Entry.PullbackRequireMacdSign = true;
        p.Entry.EnableSlowDriftEntries = false;
        p.Entry.SlowDriftRequireMacdSign = true;
    }

    private static void Ranging(ref Parameters p)
    {
        p.Ranging.AdxBelow = 21.0;
        p.Ranging.BbWidthRatioBelow = 0.8;
        p.Ranging.RsiLow = 47.0;
        p.Ranging.RsiHigh = 53.0;
        p.Ranging.MinSignals = 2;
    }

    private static void Anomaly(ref Parameters p)
    {
        p.Anomaly.PriceChangePctGt = 0.10;
        p.Anomaly.EmaFastDevPctGt = 0.50;
    }

    private static void Momentum(ref Parameters p)
    {
        p.Momentum.AdxStrongGt = 40.0;
        p.Momentum.AdxWeakLt = 30.0;
        p.Momentum.TpMultStrong = 7.0;
        p.Momentum.TpMultWeak = 3.0;
        p.Momentum.RsiLongStrong = 52.0;
        p.Momentum.RsiLongWeak = 56.0;
        p.Momentum.RsiShortStrong = 48.0;
        p.Momentum.RsiShortWeak = 44.0;
    }

    private static void StochRsi(ref Parameters p)
    {
        p.StochRsi.BlockLongIfKGt = 0.85;
        p.StochRsi.BlockShortIfKLt = 0.15;
    }

    private static void Regime(ref Parameters p)
    {
        p.Regime.BreadthBlockShortAbove = 90.0;
        p.Regime.BreadthBlockLongBelow = 10.0;
        p.Regime.AutoReverseBreadthLow = 10.0;
        p.Regime.AutoReverseBreadthHigh = 90.0;
        p.Regime.RegimeGateBreadthLow = 20.0;
        p.Regime.RegimeGateBreadthHigh = 80.0;
        p.Regime.RegimeGateBtcAdxMin = 20.0;
        p.Regime.RegimeGateBtcAtrPctMin = 0.003;
        p.Regime.BreadthUnknown = BreadthUnknownPolicy.Allow;
        p.Regime.EnableRegimeFilter = false;
        p.Regime.EnableAutoReverse = false;
        p.Regime.EnableRegimeGate = false;
        p.Regime.RegimeGateFailOpen = false;
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

    private static void Filters(ref Parameters p)
    {
        p.Filters.AdxRisingSaturation = 40.0;
        p.Filters.EnableRangingFilter = true;
        p.Filters.EnableAnomalyFilter = true;
        p.Filters.EnableExtensionFilter = true;
        p.Filters.RequireAdxRising = true;
        p.Filters.RequireVolumeConfirmation = false;
        p.Filters.VolConfirmIncludePrev = true;
        p.Filters.UseStochRsiFilter = true;
        p.Filters.RequireBtcAlignment = true;
        p.Filters.RequireMacroAlignment = false;
    }
}
