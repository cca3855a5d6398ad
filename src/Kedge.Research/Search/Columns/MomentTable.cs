using Kedge.Kernel;

namespace Kedge.Research.Search.Columns;

/// <summary>Which bars count at each tick, of all symbols: decided once for all walks, by the rules every world of candles shares.</summary>
internal sealed unsafe class MomentTable : IDisposable
{
    private readonly NativeArray<Moment> _moments;
    private readonly int _ticks;

    public MomentTable(MarketData data)
    {
        _ticks = data.Ticks.Length;
        _moments = new NativeArray<Moment>((long)data.Symbols * _ticks);
        for (int s = 0; s < data.Symbols; s++)
        {
            Fill(data, s, Of(s));
        }
    }

    public long Bytes => _moments.Bytes;

    /// <summary>Moments of a symbol by tick.</summary>
    public Moment* Of(int symbol) => _moments.Start + ((long)symbol * _ticks);

    public void Dispose() => _moments.Dispose();

    private static void Fill(MarketData data, int symbol, Moment* moments)
    {
        int ticks = data.Ticks.Length;
        int* main = data.Main.Places(symbol, ticks);
        int* entry = data.Entry is { } e ? e.Places(symbol, ticks) : null;
        int* exit = data.Exit is { } x ? x.Places(symbol, ticks) : null;
        SymbolBars bars = default;
        for (int t = 0; t < ticks; t++)
        {
            Tick tick = new(data.Ticks[t], data.MainIntervalMs);
            bars.MainCloseMs = IsDue(main, t) ? tick.TimeMs : 0;
            bars.EntryCloseMs = IsDue(entry, t) ? tick.TimeMs : 0;

            // Whether the finer series was silent for the whole main bar depends on its newest bar.
            int newest = exit is null ? -1 : Index(exit, t);
            bars.ExitCloseMs = newest < 0 ? 0 : data.Exit!.Bars(symbol)[newest].OpenTimeMs + data.Exit.IntervalMs;
            moments[t].Main = Index(main, t);
            moments[t].Marked = Place(bars.MarkedBy(tick));
            moments[t].Tested = Place(bars.TestedBy(tick));

            int Place(BarSource source) =>
                source switch
                {
                    BarSource.Main => (Index(main, t) << 2) | (int)source,
                    BarSource.Entry => (Index(entry, t) << 2) | (int)source,
                    BarSource.Exit => (Index(exit, t) << 2) | (int)source,
                    _ => 0,
                };
        }
    }

    private static int Index(int* places, int tick) => (places[tick] >> 1) - 1;

    private static bool IsDue(int* places, int tick) => places is not null && (places[tick] & 1) != 0;
}
