using Kedge.Model.Venues;

namespace Kedge.Data.Feed.Upkeep;

/// <summary>
/// The hourly funding rates of each symbol: what is stored, and which question is next. A rate counts as there once the store has acknowledged it, so
/// that whatever is lost is asked for again. One question is open at a time.
/// </summary>
internal sealed class FundingUpkeep
{
    public const long HourMs = 3_600_000;

    /// <summary>A rate is asked for this long after its full hour.</summary>
    public const long DelayMs = 60_000;

    /// <summary>How far back a symbol without any is asked for.</summary>
    public const long HistoryMs = 30L * 24 * HourMs;

    private const long FirstRetryMs = 120_000;
    private const long FirstFailureMs = 5_000;
    private const long MaxFailureMs = 300_000;
    private const long MaxAheadMs = 300_000;
    private readonly Dictionary<string, Rates> _symbols = new(StringComparer.Ordinal);
    private List<Rates> _order = [];
    private Rates? _open;
    private long _number;
    private long _sentMs;

    /// <summary>A question is unanswered.</summary>
    public bool IsOpen => _open is not null;

    /// <summary>Symbols whose newest rate is not stored, as of the last look.</summary>
    public int Behind { get; private set; }

    /// <summary>Takes the watchlist; symbols that stay keep their state.</summary>
    /// <param name="symbols">All that are watched.</param>
    /// <param name="lastMs">Time of the newest rate stored, by symbol, for those that are new.</param>
    public void Watch(IEnumerable<string> symbols, IReadOnlyDictionary<string, long>? lastMs)
    {
        List<Rates> order = [];
        foreach (string symbol in symbols)
        {
            if (!_symbols.TryGetValue(symbol, out Rates? rates))
            {
                rates = new Rates(symbol) { LastMs = lastMs?.GetValueOrDefault(symbol) ?? 0 };
            }

            order.Add(rates);
        }

        _order = order;
        _symbols.Clear();
        foreach (Rates rates in order)
        {
            _symbols.Add(rates.Symbol, rates);
        }

        if (_open is not null && !_symbols.ContainsKey(_open.Symbol))
        {
            _open = null;
        }
    }

    /// <summary>The symbol that is furthest behind and may be asked for now; null when there is none.</summary>
    /// <param name="isListed">Whether a symbol still trades.</param>
    /// <param name="venueMs">The venue's time.</param>
    /// <param name="nowMs">Monotonic.</param>
    public (string Symbol, long FromMs, long ToMs)? Due(Func<string, bool> isListed, long venueMs, long nowMs)
    {
        long wanted = Wanted(venueMs);
        Rates? next = null;
        Behind = 0;
        foreach (Rates rates in _order)
        {
            if (rates.LastMs >= wanted || !isListed(rates.Symbol))
            {
                continue;
            }

            Behind++;
            if (rates.NotBeforeMs <= nowMs && (next is null || rates.LastMs < next.LastMs))
            {
                next = rates;
            }
        }

        return next is null || IsOpen
            ? null
            : (next.Symbol, next.LastMs == 0 ? Math.Max(0, venueMs - HistoryMs) : next.LastMs + 1, venueMs + 1);
    }

    /// <summary>The question was sent.</summary>
    public void Sent(string symbol, long number, long nowMs)
    {
        _open = _symbols[symbol];
        _number = number;
        _sentMs = nowMs;
    }

    /// <summary>Gives a question up that waited too long.</summary>
    public void GiveUp(long afterMs, long nowMs)
    {
        if (_open is not null && nowMs - _sentMs > afterMs)
        {
            Fail(nowMs);
        }
    }

    /// <summary>Takes a page; rates that can be right are returned with their symbol, to be stored.</summary>
    public (string Symbol, List<(long TimeMs, double Rate)> Rates)? OnAnswer(
        VenueEvent.FundingRatesAnswered answer,
        long venueMs,
        long nowMs
    )
    {
        if (_open is not { } rates || answer.Request != _number)
        {
            return null;
        }

        if (answer.Error is not null)
        {
            Fail(nowMs);
            return null;
        }

        List<(long TimeMs, double Rate)> good =
        [
            .. answer
                .Rates.Where(r =>
                    r.TimeMs > rates.LastMs && r.TimeMs <= venueMs + MaxAheadMs && double.IsFinite(r.Rate) && Math.Abs(r.Rate) < 1
                )
                .OrderBy(r => r.TimeMs),
        ];
        if (answer.IsLast)
        {
            // Not there yet, or on its way to the store: asked for again unless the store says that it has it.
            _open = null;
            rates.Failures = 0;
            rates.NotBeforeMs = nowMs + Math.Min(HourMs, FirstRetryMs << Math.Min(rates.Misses, 5));
            rates.Misses++;
        }

        return good.Count == 0 ? null : (rates.Symbol, good);
    }

    /// <summary>Rates are on disk.</summary>
    public void Kept(string symbol, long lastMs)
    {
        if (_symbols.TryGetValue(symbol, out Rates? rates) && lastMs > rates.LastMs)
        {
            rates.LastMs = lastMs;
            rates.Misses = 0;
            if (rates != _open)
            {
                rates.NotBeforeMs = 0;
            }
        }
    }

    /// <summary>Weight of a question as the venue counts it: 20, and 1 for each 20 rates.</summary>
    public static int WeightOf(long fromMs, long toMs) => 20 + (int)(((toMs - fromMs) / HourMs / 20) + 1);

    /// <summary>A rate from this moment on must be there by now.</summary>
    private static long Wanted(long venueMs) => (venueMs - DelayMs) / HourMs * HourMs;

    private void Fail(long nowMs)
    {
        Rates rates = _open!;
        _open = null;
        rates.NotBeforeMs = nowMs + Math.Min(MaxFailureMs, FirstFailureMs << Math.Min(rates.Failures, 6));
        rates.Failures++;
    }

    private sealed class Rates(string symbol)
    {
        public string Symbol { get; } = symbol;

        public long LastMs { get; set; }

        public long NotBeforeMs { get; set; }

        public int Misses { get; set; }

        public int Failures { get; set; }
    }
}
