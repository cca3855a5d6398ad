using System.Runtime.InteropServices;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Research.Tests.Replay;

/// <summary>Candles of a test, copied into columns.</summary>
internal sealed unsafe class MemoryCandles : ICandleSet
{
    private readonly List<nint> _blocks = [];
    private readonly BarColumns[] _bars;

    /// <param name="interval">Length of a bar.</param>
    /// <param name="series">Bars by symbol, in any order of symbols.</param>
    /// <param name="symbols">Order of the symbols; ordinal when left out, as every store delivers them.</param>
    public MemoryCandles(Interval interval, IReadOnlyDictionary<string, List<Bar>> series, IReadOnlyList<string>? symbols = null)
    {
        Interval = interval;
        Symbols = symbols ?? [.. series.Keys.Order(StringComparer.Ordinal)];
        _bars = [.. Symbols.Select(s => Columns(series[s]))];
    }

    public Interval Interval { get; }

    public IReadOnlyList<string> Symbols { get; }

    public string DataHash => "";

    public BarColumns Bars(int symbol) => _bars[symbol];

    public GapSummary Gaps(int symbol) => default;

    public void Dispose()
    {
        foreach (nint block in _blocks)
        {
            NativeMemory.Free((void*)block);
        }

        _blocks.Clear();
    }

    private BarColumns Columns(List<Bar> bars)
    {
        long* times = (long*)Block(bars.Count);
        double* open = Block(bars.Count);
        double* high = Block(bars.Count);
        double* low = Block(bars.Count);
        double* close = Block(bars.Count);
        double* volume = Block(bars.Count);
        for (int i = 0; i < bars.Count; i++)
        {
            times[i] = bars[i].OpenTimeMs;
            open[i] = bars[i].Open;
            high[i] = bars[i].High;
            low[i] = bars[i].Low;
            close[i] = bars[i].Close;
            volume[i] = bars[i].Volume;
        }

        return new BarColumns(times, open, high, low, close, volume, bars.Count);
    }

    private double* Block(int count)
    {
        double* block = (double*)NativeMemory.Alloc((nuint)Math.Max(count, 1) * sizeof(double));
        _blocks.Add((nint)block);
        return block;
    }
}
