using Kedge.Kernel;
using Kedge.Model;
using Kedge.Trading.State;

namespace Kedge.Trading.Strategies;

/// <summary>Asks the strategies of a lane at its ticks: keeps the bars they may see, makes their views, checks what they answer.</summary>
internal sealed class SignalMonitor
{
    /// <summary>Signals from outside that wait for a tick, at most.</summary>
    public const int MaxWaiting = 1_000;

    private readonly IReadOnlyList<string> _symbols;
    private readonly int[] _owners;
    private readonly BarWindow?[] _windows;
    private readonly int[][] _ranks;
    private readonly List<(int Strategy, StrategySignal Signal)> _waiting = [];

    /// <param name="book">Who has which symbol.</param>
    /// <param name="symbols">The lane's symbols by rank.</param>
    /// <exception cref="KedgeException">They are not the same symbols (exit 2).</exception>
    public SignalMonitor(StrategyBook book, IReadOnlyList<string> symbols)
    {
        if (!book.Symbols.SequenceEqual(symbols, StringComparer.Ordinal))
        {
            throw KedgeException.Usage(
                $"strategies have {string.Join(", ", book.Symbols)}, and the lane watches {string.Join(", ", symbols)}: each symbol needs its strategy"
            );
        }

        Book = book;
        _symbols = symbols;
        _owners = [.. symbols.Select(book.PlaceOf)];
        _windows = [.. _owners.Select(o => o < 0 ? null : new BarWindow(book.Assignments[o].Strategy.Window))];
        _ranks =
        [
            .. book.Assignments.Select(
                (_, place) => Enumerable.Range(0, symbols.Count).Where(i => _owners[i] == place).ToArray()
            ),
        ];
    }

    /// <summary>Who has which symbol.</summary>
    [field: NotState("fixed for its life; whoever makes the engine gives it")]
    public StrategyBook Book { get; }

    /// <summary>The strategy that has a symbol; null for the kernel.</summary>
    public StrategyAssignment? OwnerOf(int symbol) => _owners[symbol] < 0 ? null : Book.Assignments[_owners[symbol]];

    /// <summary>A main bar of a symbol closed.</summary>
    public void Take(int symbol, in Bar bar) => _windows[symbol]?.Add(bar);

    /// <summary>The bars of a symbol come anew.</summary>
    public void Forget(int symbol) => _windows[symbol]?.Clear();

    /// <summary>The newest bar of a symbol that closed at or before a tick; null without one.</summary>
    public Bar? LastBar(int symbol, long tick, Interval interval) =>
        ClosedBy(symbol, tick, interval) is { IsEmpty: false } bars ? bars.Span[^1] : null;

    /// <summary>Takes a signal from outside. It waits for the next tick; a newer one of the symbol takes its place.</summary>
    /// <returns>Why not; null when it was taken.</returns>
    public string? Wait(string strategy, StrategySignal signal)
    {
        int place = -1;
        for (int i = 0; i < Book.Assignments.Count; i++)
        {
            place = string.Equals(Book.Assignments[i].Strategy.Name, strategy, StringComparison.Ordinal) ? i : place;
        }

        string? refusal = place < 0 ? SignalRefusal.Strategy : Check(place, signal);
        if (refusal is not null)
        {
            return refusal;
        }

        _waiting.RemoveAll(w => string.Equals(w.Signal.Symbol, signal.Symbol, StringComparison.Ordinal));
        if (_waiting.Count >= MaxWaiting)
        {
            return SignalRefusal.Full;
        }

        _waiting.Add((place, signal));
        return null;
    }

    /// <summary>Signals from outside that wait, then what each strategy says at the tick; all in one order that repeats.</summary>
    /// <param name="tick">The tick: the close of a main bar.</param>
    /// <param name="interval">Length of a main bar.</param>
    /// <param name="positionOf">What is held of a symbol.</param>
    /// <param name="refused">Told of signals that cannot be meant: strategy, signal, code.</param>
    /// <param name="failed">Told of a strategy that threw: its signals of this tick are none.</param>
    public List<(int Symbol, StrategySignal Signal)> Poll(
        long tick,
        Interval interval,
        Func<int, StrategyPosition> positionOf,
        Action<string, StrategySignal, string> refused,
        Action<string, Exception> failed
    )
    {
        List<(int Symbol, StrategySignal Signal)> all = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach ((_, StrategySignal signal) in _waiting)
        {
            seen.Add(signal.Symbol);
            all.Add((RankOf(signal.Symbol), signal));
        }

        _waiting.Clear();
        for (int place = 0; place < Book.Assignments.Count; place++)
        {
            TradingStrategy strategy = Book.Assignments[place].Strategy;
            foreach (StrategySignal signal in Ask(strategy, View(place, tick, interval, positionOf), failed))
            {
                string? refusal = Check(place, signal);
                if (refusal is null && !seen.Add(signal.Symbol))
                {
                    refusal = SignalRefusal.Duplicate;
                }

                if (refusal is not null)
                {
                    refused(strategy.Name, signal, refusal);
                    continue;
                }

                all.Add((RankOf(signal.Symbol), signal));
            }
        }

        return all;
    }

    private IReadOnlyList<StrategySignal> Ask(TradingStrategy strategy, MarketView view, Action<string, Exception> failed)
    {
        try
        {
            IReadOnlyList<StrategySignal> signals = strategy.GenerateSignals(view);
            return signals is null || signals.Any(s => s is null) ? throw new InvalidOperationException("it answered with null")
                : signals.Count > 2 * _symbols.Count
                    ? throw new InvalidOperationException($"it answered with {signals.Count} signals")
                : signals;
        }
#pragma warning disable CA1031 // Somebody else's code: whatever it throws must not stop exits, and is told.
        catch (Exception e)
#pragma warning restore CA1031
        {
            failed(strategy.Name, e);
            return [];
        }
    }

    private MarketView View(int place, long tick, Interval interval, Func<int, StrategyPosition> positionOf)
    {
        int[] ranks = _ranks[place];
        return new MarketView(
            tick,
            interval,
            [.. ranks.Select(i => _symbols[i])],
            [.. ranks.Select(i => ClosedBy(i, tick, interval))],
            [.. ranks.Select(positionOf)]
        );
    }

    /// <summary>A tick that comes late must not see bars that closed after it.</summary>
    private ReadOnlyMemory<Bar> ClosedBy(int symbol, long tick, Interval interval)
    {
        ReadOnlyMemory<Bar> bars = _windows[symbol]!.Bars;
        while (!bars.IsEmpty && bars.Span[^1].OpenTimeMs + interval.Ms > tick)
        {
            bars = bars[..^1];
        }

        return bars;
    }

    private int RankOf(string symbol)
    {
        for (int i = 0; i < _symbols.Count; i++)
        {
            if (string.Equals(_symbols[i], symbol, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private string? Check(int place, StrategySignal signal)
    {
        int rank = RankOf(signal.Symbol);
        bool isQuantity = signal.Quantity is not { } q || (q > 0.0 && double.IsFinite(q));
        return rank < 0 || _owners[rank] != place ? SignalRefusal.Symbol
            : signal.Asset != Book.Asset ? SignalRefusal.Asset
            : !Enum.IsDefined(signal.Action) || !Enum.IsDefined(signal.OrderType) ? SignalRefusal.Unknown
            : !isQuantity || (signal.Action == SignalAction.Reduce && signal.Quantity is null) ? SignalRefusal.Quantity
            : signal.Metadata is null || signal.Metadata.Count > StrategySignal.MaxMetadata ? SignalRefusal.Metadata
            : signal.Metadata.Any(IsTooLong) ? SignalRefusal.Metadata
            : null;
    }

    private static bool IsTooLong(KeyValuePair<string, string> entry) =>
        entry.Key.Length > StrategySignal.MaxText || entry.Value is not { Length: <= StrategySignal.MaxText };
}
