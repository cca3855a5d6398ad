using Kedge.Configuration;
using Kedge.Kernel;

namespace Kedge.Research.Tests.Scenarios;

/// <summary>Parameters of the worked scenarios: the permissive set hand work starts from.</summary>
internal static class ScenarioParameters
{
    /// <summary>
    /// Every gate, filter, cooldown and optional exit is off; EMAs are 2 and 3 bars, so a rising close is a long signal at the second bar.
    /// ADX and RSI have windows no scenario fills and stay at 0 and 50. Shorts are off because RSI is never below 0.
    /// </summary>
    public static Parameters Permissive()
    {
        Parameters p = KeyTable.Defaults;
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
}
