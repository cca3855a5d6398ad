using Kedge.Kernel;
using Kedge.Kernel.MeiAlpha;

namespace Kedge.Research.Search.Columns;

/// <summary>What all symbols share at each tick at which an entry may be due: BTC trend and breadth.</summary>
internal static unsafe class MarketBuilder
{
    /// <summary>Reads it off the columns, at ticks at which a bar closes that entries are decided on.</summary>
    public static SharedArray<MarketContext> Make(MarketData data, SymbolColumns* columns, bool onCandleClose)
    {
        SharedArray<MarketContext> made = new(data.Ticks.Length);
        using NativeArray<Snapshot> views = new(data.Symbols);
        int[] shown = new int[data.Symbols];
        Array.Fill(shown, -1);
        BarSeries? entry = onCandleClose ? null : data.Entry;
        for (int t = 0; t < data.Ticks.Length; t++)
        {
            bool due = false;
            for (int s = 0; s < data.Symbols; s++)
            {
                int place = data.Main.Places(s, data.Ticks.Length)[t];
                due |= (place & 1) != 0 || (entry is not null && (entry.Places(s, data.Ticks.Length)[t] & 1) != 0);
                int bar = (place >> 1) - 1;
                if (bar != shown[s])
                {
                    shown[s] = bar;
                    columns[s].Show(bar, views.Start + s);
                }
            }

            if (due)
            {
                Tick tick = new(data.Ticks[t], data.MainIntervalMs);
                MarketReading.Of(views.Start, data.Symbols, data.Bitcoin, tick, out made.Values.Start[t]);
            }
        }

        return made;
    }
}
