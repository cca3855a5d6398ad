using Kedge.Kernel;

namespace Kedge.Architecture.Tests;

/// <summary>A market and parameters that are good enough to walk through.</summary>
internal static class Samples
{
    private const long HourMs = 3_600_000;

    /// <summary>Two waves of different length: it trends and it ranges.</summary>
    public static Bar Bar(int index)
    {
        double close = 100.0 + 20.0 * Math.Sin(index * 0.011) + 3.0 * Math.Sin(index * 0.37);
        double open = 100.0 + 20.0 * Math.Sin((index - 1) * 0.011) + 3.0 * Math.Sin((index - 1) * 0.37);
        double high = Math.Max(open, close) + 0.4;
        double low = Math.Min(open, close) - 0.4;
        return new Bar(index * HourMs, open, high, low, close, 1000.0 + 300.0 * Math.Cos(index * 0.2));
    }

    public static Parameters Parameters()
    {
        Parameters p = default;
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
        p.Entry.AveAvgAtrWindow = 50;
        p.Entry.SlowDriftSlopeWindow = 20;
        p.Entry.EnableSlowDriftEntries = true;
        p.Entry.MinAdx = 22.0;
        p.Filters.UseStochRsiFilter = true;
        p.Trade.SlAtrMult = 2.0;
        p.Trade.TpAtrMult = 4.0;
        p.SignalOnCandleClose = true;
        return p;
    }
}
