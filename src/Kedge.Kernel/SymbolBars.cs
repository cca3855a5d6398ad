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

    /// <summary>Sets the mark of the symbol from the bars that close at a tick: the main bar, then the finer ones.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="state">Memory of the symbol.</param>
    public readonly unsafe void MarkAt(in Tick tick, SymbolState* state)
    {
        if (MainCloseMs == tick.TimeMs)
        {
            state->Mark = Main.Close;
            state->LastBarMs = tick.TimeMs;
        }

        if (EntryCloseMs == tick.TimeMs)
        {
            state->Mark = Entry.Close;
            state->LastBarMs = tick.TimeMs;
        }

        if (ExitCloseMs == tick.TimeMs)
        {
            state->Mark = Exit.Close;
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

    /// <summary>
    /// The prices a position is tested with at a tick, if one is due: those of the exit bar, or of the main bar when the exit series was silent for a
    /// whole main bar, so that a position is never left without a test.
    /// </summary>
    public readonly bool ExitRange(in Tick tick, out PriceRange price)
    {
        price = default;
        bool exit = ExitCloseMs == tick.TimeMs;
        if (!exit && !(MainCloseMs == tick.TimeMs && IsSilent(ExitCloseMs, tick)))
        {
            return false;
        }

        Bar bar = exit ? Exit : Main;
        price.OpenTimeMs = bar.OpenTimeMs;
        price.Open = bar.Open;
        price.High = bar.High;
        price.Low = bar.Low;
        price.Close = bar.Close;
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
