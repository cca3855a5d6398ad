using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.Perps;

namespace Kedge.Kernel;

/// <summary>
/// The newest closed bars of one symbol: main, entry and exit series. A bar is due at the tick that equals its close time; what has no close
/// time yet is 0. Worlds that get their prices from candles share the rules of which bar counts when.
/// </summary>
public struct SymbolBars
{
    /// <summary>Newest closed main bar.</summary>
    public Bar Main;

    /// <summary>Newest closed bar of the entry series.</summary>
    public Bar Entry;

    /// <summary>Newest closed bar of the exit series.</summary>
    public Bar Exit;

    /// <summary>When <see cref="Main"/> closed, epoch ms.</summary>
    public long MainCloseMs;

    /// <summary>When <see cref="Entry"/> closed, epoch ms.</summary>
    public long EntryCloseMs;

    /// <summary>When <see cref="Exit"/> closed, epoch ms.</summary>
    public long ExitCloseMs;

    /// <summary>The series whose bar gives the mark at a tick: of those that close, the finest.</summary>
    public readonly BarSource MarkedBy(in Tick tick) =>
        ExitCloseMs == tick.TimeMs ? BarSource.Exit
        : EntryCloseMs == tick.TimeMs ? BarSource.Entry
        : MainCloseMs == tick.TimeMs ? BarSource.Main
        : BarSource.None;

    /// <summary>
    /// The series whose bar a position is tested with at a tick, if one is due: the exit series, or the main one when the exit series was silent for a
    /// whole main bar, so that a position is never left without a test.
    /// </summary>
    public readonly BarSource TestedBy(in Tick tick) =>
        ExitCloseMs == tick.TimeMs ? BarSource.Exit
        : MainCloseMs == tick.TimeMs && IsSilent(ExitCloseMs, tick) ? BarSource.Main
        : BarSource.None;

    /// <summary>Sets the mark of the symbol from the bars that close at a tick.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="state">Memory of the symbol.</param>
    public readonly unsafe void MarkAt(in Tick tick, SymbolState* state)
    {
        BarSource source = MarkedBy(tick);
        if (source != BarSource.None)
        {
            state->Mark =
                source == BarSource.Exit ? Exit.Close
                : source == BarSource.Entry ? Entry.Close
                : Main.Close;
            state->LastBarMs = tick.TimeMs;
        }
    }

    /// <summary>
    /// Whether the symbol is evaluated for entry at a tick: at main closes, or at those of the entry series. A finer series that was silent for a
    /// whole main bar gives its place to the main bar.
    /// </summary>
    /// <param name="tick">The tick.</param>
    /// <param name="onCandleClose">Entries happen at main closes only.</param>
    public readonly bool IsEntryDue(in Tick tick, bool onCandleClose)
    {
        bool main = MainCloseMs == tick.TimeMs;
        return onCandleClose ? main : EntryCloseMs == tick.TimeMs || (main && IsSilent(EntryCloseMs, tick));
    }

    /// <summary>The prices a position is tested with at a tick, if one is due.</summary>
    public readonly bool ExitRange(in Tick tick, out PriceRange price)
    {
        BarSource source = TestedBy(tick);
        if (source == BarSource.None)
        {
            price = default;
            return false;
        }

        price = PriceRange.Of(source == BarSource.Exit ? Exit : Main);
        return true;
    }

    /// <summary>The raw signal of the symbol at a tick, if it is evaluated then.</summary>
    /// <param name="symbol">Rank of the symbol.</param>
    /// <param name="tick">The tick.</param>
    /// <param name="view">Its last closed main bar.</param>
    /// <param name="p">Its parameters.</param>
    /// <param name="market">What all symbols share.</param>
    /// <param name="onCandleClose">Entries happen at main closes only.</param>
    /// <param name="lookback">Main bars it must have had.</param>
    /// <param name="trace">Sees every gate.</param>
    /// <param name="signal">The raw signal.</param>
    /// <param name="price">The price it was made at.</param>
    public readonly bool SignalAt<TTrace>(
        int symbol,
        in Tick tick,
        in Snapshot view,
        in Parameters p,
        in MarketContext market,
        bool onCandleClose,
        long lookback,
        ref TTrace trace,
        out Signal signal,
        out double price
    )
        where TTrace : struct, ITrace
    {
        signal = default;
        price = view.Close;
        if (!IsEntryDue(tick, onCandleClose) || !view.IsKnown || view.BarCount + 1 < lookback)
        {
            return false;
        }

        if (onCandleClose || EntryCloseMs != tick.TimeMs)
        {
            SignalEngine.Evaluate(symbol, view, p, market, ref trace, out signal);
            return true;
        }

        Snapshot finer = view;
        finer.Open = Entry.Open;
        finer.High = Entry.High;
        finer.Low = Entry.Low;
        finer.Close = Entry.Close;
        price = finer.Close;
        SignalEngine.Evaluate(symbol, finer, p, market, ref trace, out signal);
        return true;
    }

    /// <summary>No bar of a finer series closed inside the main bar that closes at the tick: before its first, after its last, or in a long hole.</summary>
    private static bool IsSilent(long lastCloseMs, in Tick tick) => lastCloseMs <= tick.TimeMs - tick.MainIntervalMs;
}
