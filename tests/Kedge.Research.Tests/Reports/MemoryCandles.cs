using System.Runtime.InteropServices;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Research.Tests.Reports;

/// <summary>Candles in native memory, for tests.</summary>
internal sealed unsafe class MemoryCandles : ICandleSet
{
    private readonly List<nint> _blocks = [];
    private readonly List<BarColumns> _bars = [];

    public MemoryCandles(Interval interval, params (string Symbol, Bar[] Bars)[] series)
    {
        Interval = interval;
        Symbols = [.. series.Select(s => s.Symbol)];
        foreach ((_, Bar[] bars) in series)
        {
            nint block = (nint)NativeMemory.Alloc((nuint)Math.Max(bars.Length, 1) * 6, 8);
            _blocks.Add(block);
            long* t = (long*)block;
            double* o = (double*)(t + bars.Length);
            int n = bars.Length;
            for (int i = 0; i < n; i++)
            {
                t[i] = bars[i].OpenTimeMs;
                o[i] = bars[i].Open;
                o[n + i] = bars[i].High;
                o[2 * n + i] = bars[i].Low;
                o[3 * n + i] = bars[i].Close;
                o[4 * n + i] = bars[i].Volume;
            }

            _bars.Add(new BarColumns(t, o, o + n, o + 2 * n, o + 3 * n, o + 4 * n, n));
        }
    }

    public Interval Interval { get; }

    public IReadOnlyList<string> Symbols { get; }

    public string DataHash => new('d', 64);

    public BarColumns Bars(int symbol) => _bars[symbol];

    public GapSummary Gaps(int symbol) => default;

    public void Dispose()
    {
        foreach (nint block in _blocks)
        {
            NativeMemory.Free((void*)block);
        }

        _blocks.Clear();
        _bars.Clear();
    }
}
