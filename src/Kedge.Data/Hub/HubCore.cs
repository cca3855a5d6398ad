using Kedge.Data.Feed;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Market;

namespace Kedge.Data.Hub;

/// <summary>
/// What an engine reads prices and candles from, as a machine: the feed first, then the databases, then answers of the venue; each symbol and channel falls
/// back and comes back on its own. It knows no clock, disk or socket. The rules are told in docs/concepts/market-data-hub.md.
/// </summary>
public sealed partial class HubCore : IMachine<HubInput, HubEffect>
{
    internal const long TickTimer = 1;
    private const long TickMs = 500;
    private readonly HubSettings _settings;
    private readonly VenueTimeFloor _time = new();
    private readonly Dictionary<string, HubSymbol> _byName = new(StringComparer.Ordinal);
    private readonly List<HubSymbol> _symbols = [];
    private readonly List<string> _names = [];
    private bool _hasTimer;
    private bool _isFeedUp;
    private IEffectSink<HubEffect> _effects = null!;
    private Now _now;

    /// <summary>A hub that watches nothing yet.</summary>
    /// <exception cref="KedgeException">The settings contradict each other (exit 2).</exception>
    public HubCore(HubSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (
            settings.Series.Count == 0
            || settings.Series.Any(s => s.Lookback is < 1 or > 5_000)
            || settings.Series.Select(s => s.Interval).Distinct().Count() != settings.Series.Count
        )
        {
            throw KedgeException.Usage(
                "hub: name each interval once, with a look-back of 1 to 5000 bars; the first is the main one"
            );
        }

        _settings = settings;
        _keys = new long[64];
        _forming = new long[64];
    }

    /// <summary>What was not taken, by kind.</summary>
    public HubCounters Counters { get; } = new();

    /// <inheritdoc/>
    public void Handle(in HubInput input, in Now now, IEffectSink<HubEffect> effects)
    {
        _now = now;
        _effects = effects;
        switch (input)
        {
            case HubInput.Watch watch:
                OnWatch(watch);
                break;
            case HubInput.Held held:
                OnHeld(held);
                break;
            case HubInput.VolumesRead read:
                OnVolumes(read);
                break;
            case HubInput.FeedUp up:
                OnFeedUp(up);
                break;
            case HubInput.FeedDown:
                _isFeedUp = false;
                break;
            case HubInput.FeedShed:
                LookAgain();
                break;
            case HubInput.Candle candle:
                OnCandle(candle.Served);
                break;
            case HubInput.StoreRead read:
                OnStoreRead(read);
                break;
            case HubInput.RestRead read:
                OnRestRead(read.Page);
                break;
            case HubInput.TimerFired { Id: TickTimer }:
                OnTick();
                break;
        }

        if (!_hasTimer)
        {
            _hasTimer = true;
            effects.Add(new HubEffect.SetTimer(TickTimer, now.MonotonicMs + TickMs));
        }
    }

    /// <summary>A new instance of the feed: the numbers of its prices begin anew. To be called before its first price is handed over.</summary>
    public void ForgetPriceSequences()
    {
        foreach (HubSymbol symbol in _symbols)
        {
            symbol.Mid.Sequence = 0;
            symbol.Quote.Sequence = 0;
        }
    }

    private void OnTick()
    {
        _hasTimer = false;
        LookAfterWatchlist();
        ForgetUnanswered();
        foreach (HubSymbol symbol in _symbols)
        {
            if (!symbol.IsWatched)
            {
                continue;
            }

            foreach (HubSeries series in symbol.Series)
            {
                if (_time.At(_now.MonotonicMs) is long venue && series.LastMs < 0 && series.NextMs > venue)
                {
                    // It was begun by a clock that is ahead.
                    series.Begin(venue);
                    series.Questions.StoreDueMs = _now.MonotonicMs;
                }

                if (series.WaitingSinceMs > 0 && _now.MonotonicMs - series.WaitingSinceMs > _settings.HoleWaitMs)
                {
                    Counters.HolesGivenUp++;
                    series.GiveUpHole();
                    Tell(symbol, series);
                }

                AskStore(symbol, series);
            }
        }

        AskRest();
        LookAtSources();
    }

    private void OnWatch(HubInput.Watch watch)
    {
        HashSet<string> wanted = new(watch.Symbols, StringComparer.Ordinal);
        foreach (HubSymbol symbol in _symbols)
        {
            if (symbol.IsWatched && !wanted.Contains(symbol.Name))
            {
                GiveUp(symbol);
            }
        }

        foreach (string name in watch.Symbols)
        {
            if (!_byName.TryGetValue(name, out HubSymbol? symbol))
            {
                if (_symbols.Count >= _settings.MaxSymbols)
                {
                    Counters.SymbolsRefused++;
                    continue;
                }

                symbol = Add(name);
            }

            if (!symbol.IsWatched)
            {
                symbol.IsWatched = true;
                _keys[symbol.Index] = CandleKey.Unknown;
                _forming[symbol.Index] = CandleKey.Unknown;
                foreach (HubSeries series in symbol.Series)
                {
                    series.Begin(VenueMs());
                    series.Questions.StoreDueMs = _now.MonotonicMs;
                    AskStore(symbol, series);
                }
            }
        }
    }

    private HubSymbol Add(string name)
    {
        int index = _symbols.Count;
        HubSymbol symbol = new(
            name,
            index,
            [.. _settings.Series.Select((spec, i) => new HubSeries(name, index, spec, isMain: i == 0))]
        );
        _symbols.Add(symbol);
        _names.Add(name);
        _byName.Add(name, symbol);
        if (index >= _keys.Length)
        {
            Array.Resize(ref _keys, 2 * _keys.Length);
            Array.Resize(ref _forming, _keys.Length);
        }

        return symbol;
    }

    private void GiveUp(HubSymbol symbol)
    {
        symbol.IsWatched = false;
        symbol.Mid = default;
        symbol.Quote = default;
        symbol.Stored = default;
        symbol.Asked = default;
        _keys[symbol.Index] = CandleKey.NotWatched;
        _forming[symbol.Index] = CandleKey.NotWatched;
        Change(
            symbol,
            HubChannel.Mid,
            null,
            symbol.MidState,
            HubSource.None,
            HubReason.NotWatched,
            long.MaxValue,
            isAtOnce: true
        );
        Change(
            symbol,
            HubChannel.Quote,
            null,
            symbol.QuoteState,
            HubSource.None,
            HubReason.NotWatched,
            long.MaxValue,
            isAtOnce: true
        );
        foreach (HubSeries series in symbol.Series)
        {
            Change(
                symbol,
                HubChannel.Candles,
                series.Interval,
                series.State,
                HubSource.None,
                HubReason.NotWatched,
                long.MaxValue,
                isAtOnce: true
            );
        }
    }

    private void OnFeedUp(HubInput.FeedUp up)
    {
        _isFeedUp = true;
        if (up.IsNewInstance)
        {
            ForgetPriceSequences();
        }

        foreach (HubSymbol symbol in _symbols)
        {
            foreach (HubSeries series in symbol.Series)
            {
                // Also of the same instance: what it revised while it could not be heard is in the databases.
                series.ForgetSequences();
            }
        }

        LookAgain();
    }

    /// <summary>Something may have been missed: the databases are read again, some bars back.</summary>
    private void LookAgain()
    {
        foreach (HubSymbol symbol in _symbols)
        {
            foreach (HubSeries series in symbol.Series)
            {
                series.Questions.LookBackBars = LookBackBars;
                series.Questions.StoreDueMs = _now.MonotonicMs;
                series.Questions.StoreMisses = 0;
                if (symbol.IsWatched)
                {
                    AskStore(symbol, series);
                }
            }
        }
    }

    /// <summary>The venue's time as far as it is known; until then the wall clock's.</summary>
    private long VenueMs() => _time.At(_now.MonotonicMs) ?? _now.WallMs;
}
