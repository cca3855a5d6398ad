using System.Globalization;
using System.Runtime.InteropServices;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Research.Tests.Scenarios;

/// <summary>Bars typed by hand as a candle set; symbols sort themselves.</summary>
internal sealed unsafe class HandCandles : ICandleSet
{
    private readonly SortedDictionary<string, (nint Memory, int Count)> _series = new(StringComparer.Ordinal);

    public HandCandles(string interval) => Interval = Interval.Parse(interval);

    public Interval Interval { get; }

    public IReadOnlyList<string> Symbols => [.. _series.Keys];

    public string DataHash => "";

    /// <summary>Adds a symbol; a line is "open time, open, high, low, close, volume", the time as hours:minutes since midnight.</summary>
    public void Add(string symbol, string lines)
    {
        Bar[] bars = [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse)];
        if (bars.Length > 12)
        {
            throw new ArgumentException("a worked scenario has at most 12 bars a series", nameof(lines));
        }

        int n = bars.Length;
        long* times = (long*)NativeMemory.Alloc((nuint)(n * 6 * sizeof(double)));
        double* values = (double*)(times + n);
        for (int i = 0; i < n; i++)
        {
            times[i] = bars[i].OpenTimeMs;
            values[i] = bars[i].Open;
            values[n + i] = bars[i].High;
            values[(2 * n) + i] = bars[i].Low;
            values[(3 * n) + i] = bars[i].Close;
            values[(4 * n) + i] = bars[i].Volume;
        }

        _series.Add(symbol, ((nint)times, n));
    }

    public BarColumns Bars(int symbol)
    {
        (nint memory, int n) = _series.ElementAt(symbol).Value;
        double* v = (double*)((long*)memory + n);
        return new BarColumns((long*)memory, v, v + n, v + (2 * n), v + (3 * n), v + (4 * n), n);
    }

    public GapSummary Gaps(int symbol) => default;

    public void Dispose()
    {
        foreach ((nint memory, _) in _series.Values)
        {
            NativeMemory.Free((void*)memory);
        }

        _series.Clear();
    }

    private static Bar Parse(string line)
    {
        string[] cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        double[] n = [.. cells.Skip(1).Select(c => double.Parse(c, CultureInfo.InvariantCulture))];
        return new Bar(Clock.At(cells[0]), n[0], n[1], n[2], n[3], n.Length > 4 ? n[4] : 10.0);
    }
}
