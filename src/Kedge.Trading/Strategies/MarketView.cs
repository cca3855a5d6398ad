using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Trading.Strategies;

/// <summary>
/// What a strategy knows at a tick: closed bars of its symbols, no more of each than its window, and what it holds. It never changes and may be kept.
/// </summary>
public sealed class MarketView
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<ReadOnlyMemory<Bar>> _bars;
    private readonly IReadOnlyList<StrategyPosition> _positions;

    /// <summary>A view; strategies can be tested with one made by hand.</summary>
    /// <param name="timeMs">The tick, UTC epoch milliseconds.</param>
    /// <param name="interval">Length of a bar.</param>
    /// <param name="symbols">The strategy's symbols in ordinal order.</param>
    /// <param name="bars">Bars of each, oldest first, none closing after the tick.</param>
    /// <param name="positions">What is held of each.</param>
    /// <exception cref="ArgumentException">Lists of different length, a symbol twice, or a bar that has not closed at the tick.</exception>
    public MarketView(
        long timeMs,
        Interval interval,
        IReadOnlyList<string> symbols,
        IReadOnlyList<ReadOnlyMemory<Bar>> bars,
        IReadOnlyList<StrategyPosition> positions
    )
    {
        ArgumentNullException.ThrowIfNull(symbols);
        ArgumentNullException.ThrowIfNull(bars);
        ArgumentNullException.ThrowIfNull(positions);
        if (bars.Count != symbols.Count || positions.Count != symbols.Count)
        {
            throw new ArgumentException("Bars and positions are given for each symbol.", nameof(symbols));
        }

        for (int i = 0; i < symbols.Count; i++)
        {
            _places.Add(symbols[i], i);
            if (!bars[i].IsEmpty && bars[i].Span[^1].OpenTimeMs + interval.Ms > timeMs)
            {
                throw new ArgumentException($"{symbols[i]} has a bar that has not closed at the tick.", nameof(bars));
            }
        }

        TimeMs = timeMs;
        Interval = interval;
        Symbols = symbols;
        _bars = bars;
        _positions = positions;
    }

    /// <summary>The tick, UTC epoch milliseconds: everything that closed at or before it is known, nothing later is.</summary>
    public long TimeMs { get; }

    /// <summary>Length of a bar.</summary>
    public Interval Interval { get; }

    /// <summary>The strategy's symbols in ordinal order.</summary>
    public IReadOnlyList<string> Symbols { get; }

    /// <summary>The newest closed bars of a symbol, oldest first; fewer than the window at first, and where bars lack.</summary>
    /// <exception cref="KeyNotFoundException">It is none of the strategy's symbols.</exception>
    public ReadOnlySpan<Bar> Bars(string symbol) => _bars[_places[symbol]].Span;

    /// <summary>What the strategy holds of a symbol.</summary>
    /// <exception cref="KeyNotFoundException">It is none of the strategy's symbols.</exception>
    public StrategyPosition Position(string symbol) => _positions[_places[symbol]];

    /// <summary>Whether the newest bar of a symbol closed at this very tick; an order that opens is taken only then.</summary>
    /// <exception cref="KeyNotFoundException">It is none of the strategy's symbols.</exception>
    public bool IsCurrent(string symbol)
    {
        ReadOnlySpan<Bar> bars = Bars(symbol);
        return !bars.IsEmpty && bars[^1].OpenTimeMs + Interval.Ms == TimeMs;
    }
}
