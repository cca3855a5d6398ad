using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Research.Search.Columns;

/// <summary>
/// The bars of one series of all symbols, one symbol behind the other, and for each symbol which of them is the newest at each tick. A place is
/// 2 × (index + 1), plus 1 when the bar closes at that very tick; 0 is none yet.
/// </summary>
internal sealed unsafe class BarSeries : IDisposable
{
    private readonly NativeArray<Bar> _bars;
    private readonly NativeArray<int> _places;

    public BarSeries(ICandleSet set, IReadOnlyList<string> symbols, ReadOnlySpan<long> ticks)
    {
        IntervalMs = set.Interval.Ms;
        Offsets = new int[symbols.Count + 1];
        int[] ranks = new int[symbols.Count];
        for (int s = 0; s < symbols.Count; s++)
        {
            ranks[s] = Replay.SymbolRank.Of(set.Symbols, symbols[s]);
            Offsets[s + 1] = checked(Offsets[s] + (ranks[s] < 0 ? 0 : set.Bars(ranks[s]).Count));
        }

        _bars = new NativeArray<Bar>(Offsets[^1]);
        _places = new NativeArray<int>((long)symbols.Count * ticks.Length);
        for (int s = 0; s < symbols.Count; s++)
        {
            if (ranks[s] >= 0)
            {
                Fill(set.Bars(ranks[s]), Bars(s), _places.Start + ((long)s * ticks.Length), ticks);
            }
        }
    }

    public long IntervalMs { get; }

    /// <summary>Where the bars of each symbol begin; the last is their number.</summary>
    public int[] Offsets { get; }

    public long Bytes => _bars.Bytes + _places.Bytes;

    public Bar* Bars(int symbol) => _bars.Start + Offsets[symbol];

    public int Count(int symbol) => Offsets[symbol + 1] - Offsets[symbol];

    /// <summary>Places of a symbol by tick.</summary>
    public int* Places(int symbol, int ticks) => _places.Start + ((long)symbol * ticks);

    public void Dispose()
    {
        _bars.Dispose();
        _places.Dispose();
    }

    private void Fill(BarColumns from, Bar* to, int* places, ReadOnlySpan<long> ticks)
    {
        int newest = -1;
        for (int t = 0; t < ticks.Length; t++)
        {
            while (newest + 1 < from.Count && from.OpenTimeMs[newest + 1] + IntervalMs <= ticks[t])
            {
                newest++;
            }

            bool due = newest >= 0 && from.OpenTimeMs[newest] + IntervalMs == ticks[t];
            places[t] = ((newest + 1) << 1) | (due ? 1 : 0);
        }

        for (int i = 0; i < from.Count; i++)
        {
            to[i] = from[i];
        }
    }
}
