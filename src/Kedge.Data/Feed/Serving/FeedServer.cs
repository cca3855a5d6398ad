using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Venues;

namespace Kedge.Data.Feed.Serving;

/// <summary>
/// Serves what a feed tells to its clients: a machine without socket and clock. What is told is written down once, as the bytes that go over the wire, and
/// read by each client at its own place; nothing is taken away from anybody by reading. Used by one thread. The driver brings what connections say and
/// asks for bytes when a connection has room for them. Bounds and layout are told in docs/reference/feed-protocol.md.
/// </summary>
public sealed partial class FeedServer
{
    private readonly FeedServerSettings _settings;
    private readonly ulong _instance;
    private readonly long _startedMs;
    private readonly SymbolIndex _symbols;
    private readonly RecordRing _mids;
    private readonly RecordRing _quotes;
    private readonly RecordRing _candles;
    private readonly byte[][] _account;
    private long _accountHead;
    private PriceState[] _midStates = new PriceState[64];
    private PriceState[] _quoteStates = new PriceState[64];
    private List<BarTail>?[] _tails = new List<BarTail>?[64];
    private readonly Dictionary<string, StoredSeries> _storedMinutes = new(StringComparer.Ordinal);
    private readonly FeedServerHealth _health;

    /// <summary>A server that has nothing to tell yet.</summary>
    /// <param name="settings">Its bounds.</param>
    /// <param name="instance">A number no other start of a server has; clients recognise it by that.</param>
    /// <param name="now">The moment.</param>
    /// <exception cref="KedgeException">A bound is out of its range (exit 2).</exception>
    public FeedServer(FeedServerSettings settings, ulong instance, in Now now)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        _settings = settings;
        _instance = instance;
        _startedMs = now.WallMs;
        _symbols = new SymbolIndex(settings.MaxSymbols);
        _mids = new RecordRing(settings.MidsHeld, FeedProtocol.MidBytes);
        _quotes = new RecordRing(settings.QuotesHeld, FeedProtocol.QuoteBytes);
        _candles = new RecordRing(settings.CandlesHeld, FeedProtocol.CandleBytes);
        _account = new byte[settings.AccountHeld][];
        _health = new FeedServerHealth(now.MonotonicMs);
    }

    /// <summary>A mid came. Nothing is allocated for a symbol that is known.</summary>
    /// <param name="symbol">Symbol.</param>
    /// <param name="mid">Price.</param>
    /// <param name="receivedMs">When it came, monotonic.</param>
    public void Mid(string symbol, double mid, long receivedMs)
    {
        int id = IdOf(symbol);
        if (id < 0)
        {
            return;
        }

        ref PriceState state = ref _midStates[id];
        Span<byte> record = _mids.Append();
        state.Take(mid, 0.0, venueMs: 0, receivedMs, _mids.Head, FeedSourceKind.Stream);
        Records.Mid(record, id, in state);
    }

    /// <summary>A best bid and offer came. Nothing is allocated for a symbol that is known.</summary>
    /// <param name="symbol">Symbol.</param>
    /// <param name="bid">Best bid; 0 when there is none.</param>
    /// <param name="ask">Best offer; 0 when there is none.</param>
    /// <param name="venueMs">The venue's time of it.</param>
    /// <param name="receivedMs">When it came, monotonic.</param>
    public void Quote(string symbol, double bid, double ask, long venueMs, long receivedMs)
    {
        int id = IdOf(symbol);
        if (id < 0)
        {
            return;
        }

        ref PriceState state = ref _quoteStates[id];
        Span<byte> record = _quotes.Append();
        state.Take(bid, ask, venueMs, receivedMs, _quotes.Head, FeedSourceKind.Stream);
        Records.Quote(record, id, in state);
    }

    /// <summary>A closed bar is served.</summary>
    public void Candle(FeedEffect.Served served, in Now now)
    {
        ArgumentNullException.ThrowIfNull(served);
        int id = IdOf(served.Symbol);
        if (id < 0)
        {
            return;
        }

        Span<byte> record = _candles.Append();
        Records.Candle(record, id, served, _candles.Head, now.MonotonicMs);
        TailOf(id, served.Interval).Keep(record);
    }

    /// <summary>What the store held of a series at start; minutes come before longer bars.</summary>
    public void Restored(StoredSeries series, in Now now)
    {
        ArgumentNullException.ThrowIfNull(series);
        bool isMinute = series.Interval == FeedSettings.Minute;
        if (isMinute)
        {
            _storedMinutes[series.Symbol] = series with { Recent = [] };
        }

        int id = series.Recent.Count == 0 ? -1 : IdOf(series.Symbol);
        if (id < 0)
        {
            return;
        }

        Span<byte> record = stackalloc byte[FeedProtocol.CandleBytes];
        foreach (VenueCandle bar in series.Recent.TakeLast(_settings.RecentBars))
        {
            bool isComplete = isMinute || HasMinutes(series.Symbol, bar.OpenMs, bar.OpenMs + series.Interval.Ms);
            FeedEffect.Served served = new(0, ServedAs.Closed, series.Symbol, series.Interval, bar, isComplete, BarSource.Store);
            Records.Candle(record, id, served, sequence: 0, now.MonotonicMs);
            TailOf(id, series.Interval).Keep(record);
        }
    }

    /// <summary>The venue told something; events that concern neither the connection nor the account are passed over.</summary>
    public void Told(VenueEvent told, in Now now)
    {
        switch (told)
        {
            case VenueEvent.SessionUp up:
                _health.Up(up.Epoch, now.MonotonicMs);
                break;
            case VenueEvent.SessionDown down:
                _health.Down(down.Reason, now.MonotonicMs);
                break;
            case VenueEvent.StreamAged aged:
                _health.Aged(aged, now.MonotonicMs);
                break;
            default:
                if (AccountEvents.From(told, _accountHead + 1) is { } e)
                {
                    _accountHead++;
                    _account[AccountPlace(_accountHead)] = Records.Account(in e, now.MonotonicMs);
                }

                break;
        }
    }

    /// <summary>The driver could not take in values of a channel in time: nobody gets them, and everybody who wants the channel is told.</summary>
    /// <param name="channel">Which.</param>
    /// <param name="count">How many.</param>
    /// <param name="now">The moment.</param>
    public void Overrun(FeedChannels channel, long count, in Now now)
    {
        _health.LeftOut += count;
        foreach (FeedServerClient client in _clients.Values)
        {
            if (client.IsLive && client.Wants(channel))
            {
                Tell(client, new FeedShed(channel, FeedShedReason.Overrun, count, 0, 0), now);
                Resync(client, channel);
            }
        }
    }

    private static bool Covers(StoredSeries minutes, long from, long to) =>
        minutes.Count > 0
        && (minutes.FirstMs <= from || minutes.ListedFromMs is long listed && listed < to)
        && minutes.LastMs + FeedSettings.Minute.Ms >= to
        && !minutes.Holes.Any(hole => hole.FromMs < to && hole.ToMs > from);

    private bool HasMinutes(string symbol, long from, long to) =>
        _storedMinutes.TryGetValue(symbol, out StoredSeries? minutes) && Covers(minutes, from, to);

    private int AccountPlace(long sequence) => (int)((sequence - 1) & (_settings.AccountHeld - 1));

    private long AccountFloor => Math.Max(0, _accountHead - _settings.AccountHeld);

    private int IdOf(string symbol)
    {
        int id = _symbols.IdOf(symbol, out bool isNew);
        if (isNew)
        {
            Appeared(symbol, id);
        }
        else if (id < 0)
        {
            _health.LeftOut++;
        }

        return id;
    }

    private void Appeared(string symbol, int id)
    {
        if (id >= _midStates.Length)
        {
            int length = _midStates.Length * 2;
            Array.Resize(ref _midStates, length);
            Array.Resize(ref _quoteStates, length);
            Array.Resize(ref _tails, length);
        }

        foreach (FeedServerClient client in _clients.Values)
        {
            foreach (SymbolFilter filter in client.Filters)
            {
                filter.Appeared(symbol, id);
            }

            foreach (FeedServerJob job in client.Jobs)
            {
                job.Filter.Appeared(symbol, id);
            }
        }
    }

    private BarTail TailOf(int id, Interval interval)
    {
        List<BarTail> tails = _tails[id] ??= [];
        uint seconds = (uint)(interval.Ms / 1_000);
        foreach (BarTail tail in tails)
        {
            if (tail.IntervalSeconds == seconds)
            {
                return tail;
            }
        }

        BarTail added = new(seconds, _settings.RecentBars);
        tails.Add(added);
        return added;
    }
}
