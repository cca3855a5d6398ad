using Kedge.Data.Feed.Upkeep;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Venues;

namespace Kedge.Data.Feed;

/// <summary>
/// The candles of one venue: closes minutes from the stream, confirms them, composes longer bars, fetches history, repairs holes. It knows no clock,
/// disk or socket. The rules are told in docs/concepts/market-data-feed.md.
/// </summary>
public sealed partial class FeedCore : IMachine<FeedInput, FeedEffect>
{
    internal const long TickTimer = 1;
    private const long TickMs = 500;
    private const long MinuteDelayMs = 3_000;
    private const long CoarseDelayMs = 8_000;
    private const long PruneEveryMs = 3_600_000;
    private readonly FeedSettings _settings;
    private readonly QueryBudget _budget;
    private readonly VenueTimeFloor _time = new();
    private readonly Dictionary<string, SymbolFeed> _symbols = new(StringComparer.Ordinal);
    private readonly List<SymbolFeed> _order = [];
    private long _inputs;
    private long _served;
    private long _pruneDueMs;
    private long _tickDueMs = long.MaxValue;
    private IEffectSink<FeedEffect> _effects = null!;
    private Now _now;

    /// <summary>A feed that watches nothing yet.</summary>
    /// <exception cref="KedgeException">The settings contradict each other (exit 2).</exception>
    public FeedCore(FeedSettings settings)
    {
        if (
            settings.WindowBars < settings.RecentBars + 60
            || settings.HistoryBars < settings.WindowBars
            || settings.ChunkBars < 1
        )
        {
            throw KedgeException.Usage(
                "feed: the window must be at least an hour longer than what is asked of the tail, and history longer than the window"
            );
        }

        _settings = settings;
        _budget = new QueryBudget(settings.WeightPerMinute);
        _clock = new ClockWatch(settings.ClockLimitMs);
    }

    /// <inheritdoc/>
    public void Handle(in FeedInput input, in Now now, IEffectSink<FeedEffect> effects)
    {
        _inputs++;
        _now = now;
        _effects = effects;
        switch (input)
        {
            case FeedInput.Watch watch:
                OnWatch(watch);
                break;
            case FeedInput.Told told:
                OnTold(told.Event);
                break;
            case FeedInput.VenueClock clock:
                if (_time.Saw(clock.VenueMs, now))
                {
                    _clock.Stamp(clock.VenueMs, now);
                }

                break;
            case FeedInput.Stored stored:
                OnStored(stored.Batch);
                break;
            case FeedInput.FundingKept kept:
                _funding.Kept(kept.Symbol, kept.LastMs);
                break;
            case FeedInput.StoreFailed failed:
                OnStoreFailed(failed);
                break;
            case FeedInput.TimerFired { Id: TickTimer }:
                OnTick();
                break;
        }

        bool isCalm = input is FeedInput.TimerFired && _open.Count == 0 && Unstored == 0;
        long due = now.MonotonicMs + (isCalm ? Math.Max(TickMs, _settings.CalmTickMs) : TickMs);
        if (due < _tickDueMs)
        {
            _tickDueMs = due;
            effects.Add(new FeedEffect.SetTimer(TickTimer, due));
        }
    }

    /// <summary>How each series stands, symbols in the order of the watchlist. Called on the thread of <see cref="Handle"/>.</summary>
    public IReadOnlyList<SeriesStatus> Status() =>
        [
            .. _order
                .SelectMany(f => f.All)
                .Select(s => new SeriesStatus(
                    s.Symbol,
                    s.Interval,
                    s.EarliestMs == long.MaxValue ? null : s.EarliestMs,
                    s.LatestMs == 0 ? null : s.LatestMs,
                    s.ListedFromMs,
                    s.Gaps.All.Sum(g => (g.ToMs - g.FromMs) / s.Interval.Ms),
                    s.Revised,
                    s.Quarantined,
                    _symbols[s.Symbol].IsStreamed,
                    !_symbols[s.Symbol].IsGone,
                    s.Window.TryGetValue(s.LatestMs, out BarEntry? last) ? last.Source : null
                )),
        ];

    /// <summary>A moment the venue's clock has certainly reached, UTC epoch milliseconds; null while it is not known.</summary>
    /// <param name="monotonicMs">Now.</param>
    public long? VenueMs(long monotonicMs) => _time.At(monotonicMs);

    /// <summary>Weight of the questions asked so far.</summary>
    public long WeightUsed => _budget.Used;

    /// <summary>Questions unanswered.</summary>
    public int OpenQuestions => _open.Count + (_funding.IsOpen ? 1 : 0) + (_universe.IsOpen ? 1 : 0);

    private static long Align(long ms, Interval interval) => ms - (ms % interval.Ms);

    private void OnTick()
    {
        _tickDueMs = long.MaxValue;
        GiveUpUnanswered();
        Advance();
        Prune();
        WatchClock();
        AskWhatIsDue();
        FlushStore();
    }

    private void OnWatch(FeedInput.Watch watch)
    {
        HashSet<string> wanted = new(watch.Symbols, StringComparer.Ordinal);
        foreach (SymbolFeed gone in _order.Where(f => !wanted.Contains(f.Symbol)))
        {
            _symbols.Remove(gone.Symbol);
            DropQueriesOf(gone);
        }

        _order.Clear();
        foreach (string symbol in watch.Symbols.Distinct(StringComparer.Ordinal))
        {
            if (!_symbols.TryGetValue(symbol, out SymbolFeed? feed))
            {
                feed = new SymbolFeed(symbol, _settings.Coarse);
                _symbols.Add(symbol, feed);
                foreach (Series series in feed.All)
                {
                    series.Restored = watch.Holdings.FirstOrDefault(s => s.Symbol == symbol && s.Interval == series.Interval);
                }
            }

            _order.Add(feed);
        }

        _funding.Watch(_order.Select(f => f.Symbol), watch.FundingLastMs);
        Subscribe();
    }

    private void Subscribe()
    {
        int perSymbol = _settings.WithQuotes ? 2 : 1;
        int streams = Math.Max(0, (_settings.SubscriptionLimit - 1) / perSymbol);
        int listed = 0;
        foreach (SymbolFeed feed in _order)
        {
            feed.IsStreamed = !feed.IsGone && listed++ < streams;
        }

        string[] streamed = [.. _order.Where(f => f.IsStreamed).Select(f => f.Symbol)];
        _effects.Add(
            new FeedEffect.Ask(
                new VenueCommand.Subscribe(
                    true,
                    _settings.WithQuotes ? streamed : [],
                    [.. streamed.Select(s => (s, FeedSettings.Minute))]
                )
            )
        );
        if (streamed.Length < listed)
        {
            _effects.Add(
                new FeedEffect.Alert(
                    "subscription_limit",
                    $"{listed - streamed.Length} of {listed} symbols have no stream, only answers to questions: the venue allows {_settings.SubscriptionLimit} subscriptions"
                )
            );
        }
    }

    private void OnTold(VenueEvent told)
    {
        switch (told)
        {
            case VenueEvent.CandleChanged c when c.Interval == FeedSettings.Minute:
                OnMinute(c.Symbol, c.Candle);
                break;
            case VenueEvent.CandlesAnswered a:
                OnAnswer(a);
                break;
            case VenueEvent.FundingRatesAnswered rates:
                OnRates(rates);
                break;
            case VenueEvent.InstrumentsAnswered instruments:
                OnInstruments(instruments);
                break;
            case VenueEvent.SessionUp:
            case VenueEvent.SessionDown:
                foreach (SymbolFeed feed in _order)
                {
                    BreakStream(feed);
                }

                break;
            case VenueEvent.StreamAged { Channel: VenueChannel.Candle } aged:
                foreach (SymbolFeed feed in _order.Where(f => aged.Symbol is null || f.Symbol == aged.Symbol))
                {
                    BreakStream(feed);
                }

                break;
        }
    }

    private void BreakStream(SymbolFeed feed)
    {
        feed.Stream.Break();
        feed.Minutes.ConfirmDueMs = Math.Min(feed.Minutes.ConfirmDueMs, _now.MonotonicMs);
    }

    /// <summary>Deletes what is older than wanted and a good margin, at most once an hour.</summary>
    private void Prune()
    {
        if (_time.At(_now.MonotonicMs) is not long venue || _now.MonotonicMs < _pruneDueMs)
        {
            return;
        }

        _pruneDueMs = _now.MonotonicMs + PruneEveryMs;
        foreach (Interval interval in _settings.Coarse.Prepend(FeedSettings.Minute))
        {
            if (_settings.KeptMs(interval) is long kept)
            {
                _effects.Add(new FeedEffect.Prune(interval, venue - kept));
            }
        }
    }
}
