using Kedge.Configuration;
using Kedge.Kernel;

namespace Kedge.Research.Tests.Replay;

/// <summary>Seeded parameters over all keys, with ranges in which the strategy trades.</summary>
internal static class RandomParameters
{
    public static Parameters Make(TestRandom random)
    {
        Parameters p = KeyTable.Defaults;
        p.Trade.EntryMinConfidence = random.Pick(Confidence.Low, Confidence.Low, Confidence.Medium, Confidence.High);
        Sizing(random, ref p);
        Exits(random, ref p);
        SmartExits(random, ref p);
        EntriesAndAdds(random, ref p);
        Gates(random, ref p);
        Modes(random, ref p);
        Regime(random, ref p);
        Indicators(random, ref p);
        p.SignalOnCandleClose = random.Chance(0.5);
        p.IntrabarExits = random.Chance(0.3);
        if (random.Chance(0.4))
        {
            Permit(ref p);
        }

        if (random.Chance(0.08))
        {
            Overreach(random, ref p);
        }

        return p;
    }

    /// <summary>A symbol's own layer: anything that is no portfolio key.</summary>
    public static Parameters Vary(TestRandom random, in Parameters portfolio)
    {
        Parameters p = portfolio;
        p.Trade.AllocationPct = random.Pick(p.Trade.AllocationPct, 0.05);
        p.Trade.SlAtrMult *= random.Pick(1.0, 0.5, 2.0);
        p.Trade.TpAtrMult *= random.Pick(1.0, 0.5);
        p.Trade.SlippageBps = random.Pick(0.0, 3.0, 20.0);
        p.Trade.ReverseEntrySignal = random.Chance(0.2);
        p.Trade.MaxAddsPerSymbol = random.Whole(0, 3);
        p.Indicators.EmaFastWindow = random.Pick(p.Indicators.EmaFastWindow, 5);
        p.Trade.EnablePyramiding = random.Chance(0.7);
        return p;
    }

    private static void Sizing(TestRandom random, ref Parameters p)
    {
        p.Trade.AllocationPct = random.Pick(0.03, 0.1, 0.25);
        p.Trade.Leverage = random.Pick(1.0, 2.0, 3.0, 7.5);
        p.Trade.EnableDynamicLeverage = random.Chance(0.5);
        p.Trade.LeverageLow = random.Pick(1.0, 2.0);
        p.Trade.LeverageMedium = random.Pick(2.0, 3.0);
        p.Trade.LeverageHigh = random.Pick(4.0, 5.0);
        p.Trade.LeverageMaxCap = random.Pick(0.0, 0.0, 2.5);
        p.Trade.EnableDynamicSizing = random.Chance(0.5);
        p.Trade.ConfidenceMultHigh = random.Pick(1.0, 1.5);
        p.Trade.ConfidenceMultMedium = random.Pick(0.7, 1.0);
        p.Trade.ConfidenceMultLow = random.Pick(0.5, 0.9);
        p.Trade.AdxSizingMinMult = random.Pick(0.3, 0.6);
        p.Trade.AdxSizingFullAdx = random.Pick(0.0, 30.0, 40.0);
        p.Trade.VolBaselinePct = random.Pick(0.0, 0.007, 0.013);
        p.Trade.VolScalarMin = random.Pick(0.4, 0.6);
        p.Trade.VolScalarMax = random.Pick(1.0, 1.4);
        p.Trade.MaxOpenPositions = random.Pick(1, 2, 20);
        p.Trade.MaxTotalMarginPct = random.Pick(0.05, 0.2, 0.6, 1.0);
        p.Trade.MinNotionalUsd = random.Pick(0.0, 10.0, 300.0, 2_000.0);
        p.Trade.BumpToMinNotional = random.Chance(0.5);
        p.Trade.MinAtrPct = random.Pick(0.0, 0.003, 0.015);
        p.Trade.SizeMultiplier = random.Pick(1.0, 1.0, 0.5, 0.0);
        p.Trade.MinMarginUsd = random.Pick(0.0, 0.0, 150.0);
        p.Trade.MaxNotionalUsdPerOrder = random.Pick(0.0, 0.0, 0.0, 900.0);
        p.Trade.SlippageBps = random.Pick(0.0, 5.0, 10.0);
        p.Trade.TakerFeeBps = random.Pick(0.0, 4.5, 12.0);
    }

    private static void Exits(TestRandom random, ref Parameters p)
    {
        p.Trade.SlAtrMult = random.Pick(1.0, 2.0, 3.0);
        p.Trade.TpAtrMult = random.Pick(1.2, 2.0, 4.0, 9.0);
        p.Trade.EnablePartialTp = random.Chance(0.6);
        p.Trade.TpPartialPct = random.Pick(0.0, 0.35, 0.5, 0.5, 1.0);
        p.Trade.TpPartialMinNotionalUsd = random.Pick(0.0, 10.0, 150.0, 2_000.0);
        p.Trade.TpPartialAtrMult = random.Pick(0.0, 0.7, 1.5, 5.0);
        p.Trade.TrailingStartAtr = random.Pick(0.5, 1.0, 2.0, 6.0);
        p.Trade.TrailingDistanceAtr = random.Pick(0.3, 0.8, 1.2, 3.0);
        p.Trade.TrailingStartAtrLowConf = random.Pick(0.0, 0.4);
        p.Trade.TrailingDistanceAtrLowConf = random.Pick(0.0, 0.9);
        p.Trade.EnableVolBufferedTrailing = random.Chance(0.5);
        p.Trade.EnableBreakevenStop = random.Chance(0.7);
        p.Trade.BreakevenLatched = random.Chance(0.4);
        p.Trade.BreakevenStartAtr = random.Pick(0.0, 0.3, 0.7);
        p.Trade.BreakevenBufferAtr = random.Pick(0.05, 0.5);
        p.Trade.Tp1LocksBreakeven = random.Chance(0.5);
        p.Trade.BlockExitsOnExtremeDev = random.Chance(0.4);
        p.Trade.GlitchPriceDevPct = random.Pick(0.008, 0.4);
        p.Trade.GlitchAtrMult = random.Pick(0.7, 12.0);
        p.Trade.ExitCooldownS = random.Pick(0, 15, 7_300, 20_000);
    }

    private static void SmartExits(TestRandom random, ref Parameters p)
    {
        p.Trade.SmartExitAdxExhaustionLt = random.Pick(0.0, 18.0);
        p.Trade.SmartExitAdxExhaustionLtLowConf = random.Pick(0.0, 25.0);
        p.Trade.EnableRsiOverextensionExit = random.Chance(0.5);
        p.Trade.RsiExitProfitAtrSwitch = random.Pick(0.8, 1.5);
        p.Trade.RsiExitUbLoProfit = random.Pick(65.0, 80.0);
        p.Trade.RsiExitUbHiProfit = random.Pick(60.0, 70.0);
        p.Trade.RsiExitLbLoProfit = random.Pick(20.0, 35.0);
        p.Trade.RsiExitLbHiProfit = random.Pick(30.0, 40.0);
        p.Trade.RsiExitUbLoProfitLowConf = random.Pick(0.0, 75.0);
        p.Trade.RsiExitUbHiProfitLowConf = random.Pick(0.0, 65.0);
        p.Trade.RsiExitLbLoProfitLowConf = random.Pick(0.0, 25.0);
        p.Trade.RsiExitLbHiProfitLowConf = random.Pick(0.0, 35.0);
        p.Trade.TsmeMinProfitAtr = random.Pick(0.0, 0.5, 1.0);
        p.Trade.TsmeRequireAdxSlopeNegative = random.Chance(0.5);
    }

    private static void EntriesAndAdds(TestRandom random, ref Parameters p)
    {
        p.Trade.EnableSsfFilter = random.Chance(0.4);
        p.Trade.EnableReefFilter = random.Chance(0.4);
        p.Trade.ReefLongRsiBlockGt = random.Pick(60.0, 70.0);
        p.Trade.ReefShortRsiBlockLt = random.Pick(30.0, 40.0);
        p.Trade.ReefLongRsiExtremeGt = random.Pick(65.0, 75.0);
        p.Trade.ReefShortRsiExtremeLt = random.Pick(25.0, 35.0);
        p.Trade.ReefAdxThreshold = random.Pick(25.0, 45.0);
        p.Trade.ReentryCooldownMinutes = random.Pick(0, 60);
        p.Trade.ReentryCooldownMinMins = random.Pick(20, 45);
        p.Trade.ReentryCooldownMaxMins = random.Pick(180, 400);
        p.Trade.ReverseEntrySignal = random.Chance(0.15);
        p.Trade.EnablePyramiding = random.Chance(0.7);
        p.Trade.MaxAddsPerSymbol = random.Pick(0, 1, 3);
        p.Trade.AddFractionOfBaseMargin = random.Pick(0.25, 0.5, 1.0);
        p.Trade.AddCooldownMinutes = random.Pick(0, 60, 150);
        p.Trade.AddMinProfitAtr = random.Pick(0.0, 0.5);
        p.Trade.AddMinConfidence = random.Pick(Confidence.Low, Confidence.Medium, Confidence.High);
        p.Trade.EntryCooldownS = random.Pick(0, 20, 7_300);
        p.Trade.MaxEntryOrdersPerLoop = random.Pick(1, 2, 6);
    }

    private static void Gates(TestRandom random, ref Parameters p)
    {
        p.Filters.EnableRangingFilter = random.Chance(0.5);
        p.Filters.EnableAnomalyFilter = random.Chance(0.5);
        p.Filters.EnableExtensionFilter = random.Chance(0.5);
        p.Filters.RequireAdxRising = random.Chance(0.3);
        p.Filters.AdxRisingSaturation = random.Pick(25.0, 40.0);
        p.Filters.RequireVolumeConfirmation = random.Chance(0.3);
        p.Filters.VolConfirmIncludePrev = random.Chance(0.5);
        p.Filters.UseStochRsiFilter = random.Chance(0.4);
        p.Filters.RequireBtcAlignment = random.Chance(0.3);
        p.Filters.RequireMacroAlignment = random.Chance(0.3);
        p.Ranging.MinSignals = random.Pick(1, 2, 3);
        p.Ranging.AdxBelow = random.Pick(15.0, 21.0);
        p.Ranging.BbWidthRatioBelow = random.Pick(0.5, 0.8);
        p.Ranging.RsiLow = random.Pick(40.0, 47.0);
        p.Ranging.RsiHigh = random.Pick(53.0, 60.0);
        p.Anomaly.PriceChangePctGt = random.Pick(0.008, 0.1);
        p.Anomaly.EmaFastDevPctGt = random.Pick(0.03, 0.5);
        p.StochRsi.BlockLongIfKGt = random.Pick(0.6, 0.85);
        p.StochRsi.BlockShortIfKLt = random.Pick(0.15, 0.4);
    }

    private static void Modes(TestRandom random, ref Parameters p)
    {
        p.Entry.MinAdx = random.Pick(-1.0, 10.0, 15.0, 22.0, 27.0);
        p.Entry.HighConfVolumeMult = random.Pick(0.8, 1.2, 1.4, 2.5);
        p.Entry.BtcAdxOverride = random.Pick(28.0, 40.0);
        p.Entry.MaxDistEmaFast = random.Pick(0.01, 0.04, 0.2);
        p.Entry.AveEnabled = random.Chance(0.5);
        p.Entry.AveAtrRatioGt = random.Pick(0.95, 1.05, 1.5);
        p.Entry.AveAdxMult = random.Pick(0.0, 0.8, 1.25);
        p.Entry.AveAvgAtrWindow = random.Pick(20, 50);
        p.Entry.MacdHistEntryMode = random.Pick(MacdEntryMode.Accel, MacdEntryMode.Sign, MacdEntryMode.None);
        p.Entry.EnablePullbackEntries = random.Chance(0.5);
        p.Entry.PullbackConfidence = random.Pick(Confidence.Low, Confidence.Medium, Confidence.High);
        p.Entry.PullbackMinAdx = random.Pick(12.0, 22.0);
        p.Entry.PullbackRsiLongMin = random.Pick(40.0, 50.0);
        p.Entry.PullbackRsiShortMax = random.Pick(50.0, 60.0);
        p.Entry.PullbackRequireMacdSign = random.Chance(0.5);
        p.Entry.EnableSlowDriftEntries = random.Chance(0.5);
        p.Entry.SlowDriftSlopeWindow = random.Pick(10, 20);
        p.Entry.SlowDriftMinSlopePct = random.Pick(0.0006, 0.003);
        p.Entry.SlowDriftMinAdx = random.Pick(0.0, 7.0, 13.0);
        p.Entry.SlowDriftRsiLongMin = random.Pick(40.0, 50.0);
        p.Entry.SlowDriftRsiShortMax = random.Pick(50.0, 60.0);
        p.Entry.SlowDriftRequireMacdSign = random.Chance(0.5);
        p.Momentum.AdxStrongGt = random.Pick(20.0, 40.0);
        p.Momentum.RsiLongStrong = random.Pick(40.0, 52.0);
        p.Momentum.RsiLongWeak = random.Pick(45.0, 56.0);
        p.Momentum.RsiShortStrong = random.Pick(48.0, 60.0);
        p.Momentum.RsiShortWeak = random.Pick(44.0, 55.0);
    }

    private static void Regime(TestRandom random, ref Parameters p)
    {
        p.Regime.EnableRegimeFilter = random.Chance(0.3);
        p.Regime.BreadthBlockShortAbove = random.Pick(50.0, 90.0);
        p.Regime.BreadthBlockLongBelow = random.Pick(10.0, 50.0);
        p.Regime.EnableAutoReverse = random.Chance(0.25);
        p.Regime.AutoReverseBreadthLow = random.Pick(10.0, 40.0);
        p.Regime.AutoReverseBreadthHigh = random.Pick(60.0, 90.0);
        p.Regime.BreadthUnknown = random.Pick(BreadthUnknownPolicy.Allow, BreadthUnknownPolicy.Block);
        p.Regime.EnableRegimeGate = random.Chance(0.25);
        p.Regime.RegimeGateFailOpen = random.Chance(0.5);
        p.Regime.RegimeGateBreadthLow = random.Pick(20.0, 45.0);
        p.Regime.RegimeGateBreadthHigh = random.Pick(55.0, 80.0);
        p.Regime.RegimeGateBtcAdxMin = random.Pick(0.0, 20.0);
        p.Regime.RegimeGateBtcAtrPctMin = random.Pick(0.0, 0.003);
    }

    private static void Indicators(TestRandom random, ref Parameters p)
    {
        p.Indicators.EmaFastWindow = random.Pick(3, 8, 20);
        p.Indicators.EmaSlowWindow = random.Pick(13, 30, 50);
        p.Indicators.EmaMacroWindow = random.Pick(60, 200);
        p.Indicators.AdxWindow = random.Pick(7, 14);
        p.Indicators.AtrWindow = random.Pick(7, 14);
        p.Indicators.RsiWindow = random.Pick(7, 14);
        p.Indicators.BbWindow = random.Pick(10, 20);
        p.Indicators.BbWidthAvgWindow = random.Pick(10, 30);
        p.Indicators.VolSmaWindow = random.Pick(10, 20);
        p.Indicators.VolTrendWindow = random.Pick(3, 5);
        p.Indicators.StochRsiWindow = random.Pick(7, 14);
        p.Indicators.StochRsiSmooth1 = random.Pick(2, 3);
    }

    /// <summary>Nearly every bar gives a signal: limits, ranking and adds come into play.</summary>
    private static void Permit(ref Parameters p)
    {
        p.Filters.EnableRangingFilter = false;
        p.Filters.EnableAnomalyFilter = false;
        p.Filters.EnableExtensionFilter = false;
        p.Filters.RequireVolumeConfirmation = false;
        p.Filters.UseStochRsiFilter = false;
        p.Filters.RequireBtcAlignment = false;
        p.Filters.RequireAdxRising = false;
        p.Indicators.EmaFastWindow = 3;
        p.Indicators.EmaSlowWindow = 8;
        p.Entry.MinAdx = -1.0;
        p.Entry.AveEnabled = false;
        p.Entry.MacdHistEntryMode = MacdEntryMode.None;
        p.Momentum.RsiLongWeak = 0.0;
        p.Momentum.RsiLongStrong = 0.0;
        p.Momentum.RsiShortWeak = 100.0;
        p.Momentum.RsiShortStrong = 100.0;
        p.Trade.EntryMinConfidence = Confidence.Low;
    }

    /// <summary>Too much leverage and no stop worth the name: the cash runs out and the venue steps in.</summary>
    private static void Overreach(TestRandom random, ref Parameters p)
    {
        Permit(ref p);
        p.Trade.EnableDynamicLeverage = false;
        p.Trade.EnableDynamicSizing = false;
        p.Trade.Leverage = random.Pick(15.0, 30.0);
        p.Trade.AllocationPct = random.Pick(0.3, 0.5);
        p.Trade.SizeMultiplier = 1.0;
        p.Trade.MaxTotalMarginPct = 1.0;
        p.Trade.MaxOpenPositions = 20;
        p.Trade.MaxEntryOrdersPerLoop = 6;
        p.Trade.SlAtrMult = 60.0;
        p.Trade.EnableBreakevenStop = false;
        p.Trade.SmartExitAdxExhaustionLt = 0.0;
        p.Trade.SmartExitAdxExhaustionLtLowConf = 0.0;
    }
}
