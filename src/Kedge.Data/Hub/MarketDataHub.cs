using System.Threading.Channels;
using Kedge.Data.Feed.Serving;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Market;
using Kedge.Model.Venues;

namespace Kedge.Data.Hub;

/// <summary>
/// Drives a <see cref="HubCore"/>: prices go from the feed's thread straight into it and on to the listener; everything else through one loop, which also
/// tells of candles and sources. Reads may come from any thread.
/// </summary>
public sealed class MarketDataHub : IMarketHub, IFeedListener, IVenueListener, IEffectSink<HubEffect>, IAsyncDisposable
{
    // Bars of a snapshot come by the thousand at once; beyond this they are left out and the databases are read instead. Of everything else there are as
    // few as there are questions.
    private const int MaxCandlesQueued = 65_536;
    private readonly MarketDataHubOptions _options;
    private readonly HubCore _core;
    private readonly HubStore _store;
    private readonly Lock _gate = new();
    private readonly TimerTable _timers = new();
    private readonly List<HubEffect> _effects = [];
    private readonly Channel<HubInput> _inputs = Channel.CreateUnbounded<HubInput>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private readonly CancellationTokenSource _stopping = new();
    private readonly long _start;
    private readonly Task _loop;
    private readonly ICandleHistory? _history;
    private readonly IDisposable? _feed;
    private IReadOnlyList<string> _symbols = [];
    private WatchlistState _watchlist = WatchlistState.Empty;
    private int _candlesQueued;
    private int _leftOut;
    private int _disposed;

    private MarketDataHub(MarketDataHubOptions options)
    {
        _options = options;
        _core = new HubCore(options.History is null ? options.Settings with { UseRest = false } : options.Settings);
        _start = options.Time.GetTimestamp();
        _store = new HubStore(options.Folder, Give);
        _history = options.History?.Invoke(this);
        _loop = Task.Run(RunAsync);
        _feed = options.Feed?.Invoke(this);
    }

    /// <summary>Starts a hub that watches nothing yet.</summary>
    /// <exception cref="KedgeException">The settings contradict each other (exit 2).</exception>
    public static MarketDataHub Start(MarketDataHubOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        MarketDataHub hub = new(options);
        if (options.Settings.Watchlist is not null)
        {
            hub.Give(new HubInput.TimerFired(HubCore.TickTimer));
        }

        return hub;
    }

    /// <summary>Ends after disposal; with the fault when the hub failed, which is a fault of the program.</summary>
    public Task Ended => _loop;

    /// <summary>What was not taken.</summary>
    public HubCounters Counters => _core.Counters;

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols => Volatile.Read(ref _symbols);

    /// <summary>The watchlist by the rules of the settings; empty without rules, and until the first look.</summary>
    public WatchlistState Watchlist => Volatile.Read(ref _watchlist);

    /// <summary>Says what is watched from now on. Only without <see cref="HubSettings.Watchlist"/>, which says it otherwise.</summary>
    /// <param name="symbols">Symbols as the venue spells them, most wanted first; those not named are given up.</param>
    /// <exception cref="InvalidOperationException">The settings have rules for what is watched.</exception>
    public void Watch(IReadOnlyList<string> symbols)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        if (_options.Settings.Watchlist is not null)
        {
            throw new InvalidOperationException("The rules of the watchlist say what is watched.");
        }

        Give(new HubInput.Watch([.. symbols]));
    }

    /// <summary>Says which symbols have a position or an order at work: they are watched whatever the watchlist says.</summary>
    /// <param name="symbols">All of them, as the venue spells them.</param>
    public void Hold(IReadOnlyList<string> symbols)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        Give(new HubInput.Held([.. symbols]));
    }

    /// <inheritdoc/>
    public int IndexOf(string symbol)
    {
        lock (_gate)
        {
            return _core.IndexOf(symbol);
        }
    }

    /// <inheritdoc/>
    public int Poll(Span<long> keys, Span<int> due)
    {
        lock (_gate)
        {
            return _core.Poll(keys, due);
        }
    }

    /// <inheritdoc/>
    public PriceFrame Price(int symbol, long maxAgeMs)
    {
        lock (_gate)
        {
            return _core.Price(symbol, maxAgeMs, ReadNow());
        }
    }

    /// <inheritdoc/>
    public CandleFrame Candle(int symbol, Interval interval)
    {
        lock (_gate)
        {
            return _core.Candle(symbol, interval, ReadNow());
        }
    }

    /// <inheritdoc/>
    public int CopyBars(int symbol, Interval interval, Span<VenueCandle> bars)
    {
        lock (_gate)
        {
            return _core.CopyBars(symbol, interval, bars);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ChannelStatus> Status()
    {
        lock (_gate)
        {
            return _core.Status(ReadNow());
        }
    }

    /// <inheritdoc/>
    public void On(VenueEvent venueEvent)
    {
        if (venueEvent is VenueEvent.CandlesAnswered page)
        {
            Give(new HubInput.RestRead(page));
        }
        else if (venueEvent is VenueEvent.DayVolumesAnswered told)
        {
            Give(new HubInput.VolumesRead(told.Volumes, told.Error));
        }
    }

    /// <inheritdoc/>
    void IPriceSink.Mid(string symbol, double mid, long receivedMonotonicMs)
    {
        bool isTold;
        MarketPrice told;
        lock (_gate)
        {
            isTold = _core.VenueMid(symbol, mid, ReadNow(), out told);
        }

        if (isTold)
        {
            _options.Listener.Price(told);
        }
    }

    /// <inheritdoc/>
    void IPriceSink.Quote(string symbol, double bid, double ask, long venueMs, long receivedMonotonicMs) { }

    /// <inheritdoc/>
    void IFeedListener.Up(in FeedHello hello)
    {
        if (hello.IsNewInstance)
        {
            lock (_gate)
            {
                _core.ForgetPriceSequences();
            }
        }

        Give(new HubInput.FeedUp(hello.IsNewInstance));
    }

    /// <inheritdoc/>
    void IFeedListener.Down(string reason) => Give(new HubInput.FeedDown(reason));

    /// <inheritdoc/>
    void IFeedListener.Mid(string symbol, in FeedPrice price)
    {
        bool isTold;
        MarketPrice told;
        lock (_gate)
        {
            isTold = _core.Mid(symbol, price, ReadNow(), out told);
        }

        if (isTold)
        {
            _options.Listener.Price(told);
        }
    }

    /// <inheritdoc/>
    void IFeedListener.Quote(string symbol, in FeedQuote quote)
    {
        bool isTold;
        MarketPrice told;
        lock (_gate)
        {
            isTold = _core.Quote(symbol, quote, ReadNow(), out told);
        }

        if (isTold)
        {
            _options.Listener.Price(told);
        }
    }

    /// <inheritdoc/>
    void IFeedListener.Candle(in FeedCandle candle)
    {
        if (Volatile.Read(ref _candlesQueued) >= MaxCandlesQueued)
        {
            Volatile.Write(ref _leftOut, 1);
            return;
        }

        Interlocked.Increment(ref _candlesQueued);
        Give(new HubInput.Candle(candle));
    }

    /// <inheritdoc/>
    void IFeedListener.Account(in FeedAccountEvent e) { }

    /// <inheritdoc/>
    void IFeedListener.Health(in FeedHealth health) { }

    /// <inheritdoc/>
    void IFeedListener.Shed(in FeedShed shed)
    {
        if (shed.Channel.HasFlag(FeedChannels.Candles))
        {
            Give(new HubInput.FeedShed());
        }
    }

    /// <inheritdoc/>
    void IEffectSink<HubEffect>.Add(in HubEffect effect) => _effects.Add(effect);

    /// <summary>Leaves the feed and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        if (_feed is not null)
        {
            await Task.Run(_feed.Dispose).ConfigureAwait(false);
        }

        _inputs.Writer.TryComplete();
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Run(_store.Dispose).ConfigureAwait(false);
        _stopping.Dispose();
    }

    private void Give(HubInput input) => _inputs.Writer.TryWrite(input);

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            while (!_stopping.IsCancellationRequested && _inputs.Reader.TryRead(out HubInput? input))
            {
                if (input is HubInput.Candle)
                {
                    Interlocked.Decrement(ref _candlesQueued);
                }

                Handle(input);
                FireTimers();
            }

            if (Interlocked.Exchange(ref _leftOut, 0) != 0)
            {
                Handle(new HubInput.FeedShed());
            }

            FireTimers();
            await WaitAsync().ConfigureAwait(false);
        }
    }

    private async Task WaitAsync()
    {
        long wait = (_timers.NextDueMs() ?? long.MaxValue) - ReadNow().MonotonicMs;
        if (wait <= 0)
        {
            return;
        }

        using CancellationTokenSource alarm = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        alarm.CancelAfter(TimeSpan.FromMilliseconds(Math.Min(wait, 60_000)));
        try
        {
            await _inputs.Reader.WaitToReadAsync(alarm.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // A timer is due, or the end has come.
        }
    }

    private void FireTimers()
    {
        while (_timers.NextDueMs() is long due && due <= ReadNow().MonotonicMs)
        {
            Handle(new HubInput.TimerFired(_timers.Take()));
        }
    }

    private void Handle(HubInput input)
    {
        lock (_gate)
        {
            _core.Handle(in input, ReadNow(), this);
            if (_core.Symbols.Count != _symbols.Count)
            {
                Volatile.Write(ref _symbols, [.. _core.Symbols]);
            }
        }

        foreach (HubEffect effect in _effects)
        {
            CarryOut(effect);
        }

        _effects.Clear();
    }

    private void CarryOut(HubEffect effect)
    {
        switch (effect)
        {
            case HubEffect.CandleClosed closed:
                _options.Listener.CandleClosed(closed.Bar);
                break;
            case HubEffect.CandleRevised revised:
                _options.Listener.CandleRevised(revised.Bar);
                break;
            case HubEffect.Priced priced:
                _options.Listener.Price(priced.Price);
                break;
            case HubEffect.SourceChanged changed:
                _options.Listener.SourceChanged(changed.Before, changed.After);
                break;
            case HubEffect.ReadStore read:
                _store.Ask(read);
                break;
            case HubEffect.AskRest ask:
                _history!.Request(ask.Query);
                break;
            case HubEffect.AskVolumes:
                _options.AskVolumes?.Invoke();
                break;
            case HubEffect.WatchlistChanged changed:
                Volatile.Write(ref _watchlist, changed.State);
                _options.WatchlistChanged?.Invoke(changed.State);
                break;
            case HubEffect.SetTimer timer:
                _timers.Set(timer.Id, timer.DueMonotonicMs);
                break;
        }
    }

    private Now ReadNow() =>
        new((long)_options.Time.GetElapsedTime(_start).TotalMilliseconds + 1, _options.Time.GetUtcNow().ToUnixTimeMilliseconds());
}
