using Kedge.Kernel;

namespace Kedge.Research.Search.Columns;

/// <summary>All raw signals of one set of parameters, in the order of ticks and symbols, from the kernel's own gates and entry modes.</summary>
internal static unsafe class SignalBuilder
{
    /// <summary>Evaluates every symbol at every tick at which it is due.</summary>
    /// <param name="data">Bars.</param>
    /// <param name="columns">Columns by symbol, those of signals included.</param>
    /// <param name="market">What all symbols share, by tick.</param>
    /// <param name="parameters">Parameters by symbol.</param>
    /// <param name="onCandleClose">Entries happen at main closes only.</param>
    public static SignalList Make(
        MarketData data,
        SymbolColumns* columns,
        MarketContext* market,
        Parameters** parameters,
        bool onCandleClose
    )
    {
        int[] starts = new int[data.Ticks.Length + 1];
        GateFunnel funnel = default;
        List<SignalEvent>[] found = new List<SignalEvent>[data.Symbols];
        for (int s = 0; s < data.Symbols; s++)
        {
            found[s] = OfSymbol(data, s, columns[s], market, parameters[s], onCandleClose, &funnel);
            foreach (SignalEvent one in found[s])
            {
                starts[one.Tick + 1]++;
            }
        }

        for (int t = 0; t < data.Ticks.Length; t++)
        {
            starts[t + 1] += starts[t];
        }

        SignalList made = new(starts[^1], funnel);
        foreach (List<SignalEvent> symbol in found)
        {
            foreach (SignalEvent one in symbol)
            {
                made.Events.Start[starts[one.Tick]++] = one;
            }
        }

        return made;
    }

    private static List<SignalEvent> OfSymbol(
        MarketData data,
        int symbol,
        in SymbolColumns columns,
        MarketContext* market,
        Parameters* parameters,
        bool onCandleClose,
        GateFunnel* funnel
    )
    {
        List<SignalEvent> found = [];
        Snapshot view = default;
        SymbolBars bars = default;
        FunnelTrace trace = new(funnel);
        int ticks = data.Ticks.Length;
        long lookback = data.Input.Lookback;
        int* main = data.Main.Places(symbol, ticks);
        BarSeries? series = onCandleClose ? null : data.Entry;
        int* entry = series is null ? null : series.Places(symbol, ticks);
        for (int t = 0; t < ticks; t++)
        {
            bool entryDue = entry is not null && (entry[t] & 1) != 0;
            int bar = (main[t] >> 1) - 1;
            if ((!entryDue && (main[t] & 1) == 0) || bar < 0 || bar + 1 < lookback)
            {
                continue;
            }

            Tick tick = new(data.Ticks[t], data.MainIntervalMs);
            columns.ShowForSignal(bar, &view);
            bars.MainCloseMs = columns.Bars[bar].OpenTimeMs + data.MainIntervalMs;
            if (entry is not null && entry[t] >= 2)
            {
                bars.Entry = series!.Bars(symbol)[(entry[t] >> 1) - 1];
                bars.EntryCloseMs = bars.Entry.OpenTimeMs + series.IntervalMs;
            }

            bool evaluated = bars.SignalAt(
                symbol,
                tick,
                view,
                *parameters,
                market[t],
                onCandleClose,
                lookback,
                ref trace,
                out Signal signal,
                out double price
            );
            if (evaluated && signal.Side != Side.Flat)
            {
                found.Add(SignalEvent.Of(t, symbol, signal, price));
            }
        }

        return found;
    }
}
