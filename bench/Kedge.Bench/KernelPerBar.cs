using BenchmarkDotNet.Attributes;
using Kedge.Kernel;
using Kedge.Kernel.Indicators;
using Kedge.Kernel.MeiAlpha;

namespace Kedge.Bench;

/// <summary>Cost of one bar of one symbol: its indicators, and the gates on what they say.</summary>
public class KernelPerBar
{
    private const int Bars = 8_760;

    private readonly Bar[] _bars = new Bar[Bars];
    private readonly Snapshot[] _snapshots = new Snapshot[Bars];
    private readonly IndicatorBank[] _bank = new IndicatorBank[1];
    private Parameters _parameters;

    /// <summary>Whether the optional indicators (stochastic RSI, EMA slope) are on.</summary>
    [Params(false, true)]
    public bool Everything { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _parameters = Windows(Everything);
        ulong seed = 20261120;
        double close = 100.0;
        for (int i = 0; i < Bars; i++)
        {
            double open = close;
            close = Math.Max(1.0, open * (1.0 + 0.01 * (Uniform(ref seed) - 0.5)));
            double high = Math.Max(open, close) * (1.0 + 0.002 * Uniform(ref seed));
            double low = Math.Min(open, close) * (1.0 - 0.002 * Uniform(ref seed));
            _bars[i] = new Bar(i * 3_600_000L, open, high, low, close, 1000.0 * Uniform(ref seed));
        }

        Indicators();
    }

    [Benchmark(OperationsPerInvoke = Bars)]
    public double Indicators()
    {
        ref IndicatorBank bank = ref _bank[0];
        bank.Reset(_parameters);
        for (int i = 0; i < Bars; i++)
        {
            bank.Next(_bars[i], ref _snapshots[i]);
        }

        return _snapshots[Bars - 1].EmaFast;
    }

    [Benchmark(OperationsPerInvoke = Bars)]
    public int GatesOnly()
    {
        NoTrace trace = default;
        int passed = 0;
        for (int i = 0; i < Bars; i++)
        {
            Gates.Evaluate(0, _snapshots[i], _parameters, 0, ref trace, out GateRecord record);
            passed += record.AllGatesPass ? 1 : 0;
        }

        return passed;
    }

    private static double Uniform(ref ulong state)
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return (state >> 11) * (1.0 / 9007199254740992.0);
    }

    private static Parameters Windows(bool everything)
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
        p.Entry.EnableSlowDriftEntries = everything;
        p.Entry.MinAdx = 22.0;
        p.Filters.UseStochRsiFilter = everything;
        p.Filters.EnableRangingFilter = true;
        p.Filters.EnableAnomalyFilter = true;
        return p;
    }
}
