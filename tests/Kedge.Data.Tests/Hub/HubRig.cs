using Kedge.Data.Feed;
using Kedge.Data.Feed.Serving;
using Kedge.Data.Hub;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Market;
using Kedge.Model.Venues;

namespace Kedge.Data.Tests.Hub;

/// <summary>A hub under virtual time. The test owns the clock, the databases and the venue.</summary>
internal sealed class HubRig : IEffectSink<HubEffect>
{
    public const long T0 = 1_704_067_200_000;
    public const long Minute = 60_000;
    public static readonly Interval OneMinute = Interval.Parse("1m");
    private readonly TimerTable _timers = new();
    private readonly PriorityQueue<Action, (long At, long Order)> _later = new();
    private long _order;
    private long _sequence;

    public HubRig(HubSettings? settings = null, long startMs = T0)
    {
        StartMs = startMs;
        Core = new HubCore(settings ?? new HubSettings { Series = [new(OneMinute, 10)] });
    }

    public HubCore Core { get; }

    public long StartMs { get; }

    /// <summary>True time since the start; the monotonic clock shows it.</summary>
    public long NowMs { get; private set; } = 1;

    /// <summary>How far the wall clock is off.</summary>
    public long WallErrorMs { get; set; }

    public Now Now => new(NowMs, StartMs + NowMs + WallErrorMs);

    public long TrueMs => StartMs + NowMs;

    public List<MarketCandle> Closed { get; } = [];

    public List<MarketCandle> Revised { get; } = [];

    public List<(ChannelStatus Before, ChannelStatus After)> Changes { get; } = [];

    public List<MarketPrice> Prices { get; } = [];

    public List<HubEffect.ReadStore> Reads { get; } = [];

    public List<VenueCommand.QueryCandles> Questions { get; } = [];

    /// <summary>Bars in the databases, by symbol and interval.</summary>
    public Dictionary<(string, Interval), SortedDictionary<long, VenueCandle>> Stored { get; } = [];

    public List<(string Symbol, OpenRange Range)> StoredEmpty { get; } = [];

    public string? StoreError { get; set; }

    public long StoreMs { get; set; } = 5;

    /// <summary>Answers the venue; null for no answer.</summary>
    public Func<VenueCommand.QueryCandles, VenueEvent.CandlesAnswered?> Rest { get; set; } = _ => null;

    public long RestMs { get; set; } = 50;

    /// <summary>Answers questions for volumes; null for no answer.</summary>
    public Func<HubInput.VolumesRead?> Volumes { get; set; } = () => null;

    /// <summary>When volumes were asked for.</summary>
    public List<long> VolumeAsks { get; } = [];

    public List<WatchlistState> Watchlists { get; } = [];

    /// <summary>Called after everything that happened.</summary>
    public Action? After { get; set; }

    public static VenueCandle Bar(long index, double close = 100.0) =>
        new(T0 + (index * Minute), close, close + 1.0, close - 1.0, close, 5.0, 3);

    public void Store(string symbol, params ReadOnlySpan<VenueCandle> bars)
    {
        if (!Stored.TryGetValue((symbol, OneMinute), out SortedDictionary<long, VenueCandle>? all))
        {
            Stored.Add((symbol, OneMinute), all = []);
        }

        foreach (VenueCandle bar in bars)
        {
            all[bar.OpenMs] = bar;
        }
    }

    public void Give(HubInput input)
    {
        Core.Handle(in input, Now, this);
        After?.Invoke();
    }

    public void Watch(params string[] symbols) => Give(new HubInput.Watch(symbols));

    public void Up(bool isNew = true)
    {
        if (isNew)
        {
            _sequence = 0;
            Core.ForgetPriceSequences();
        }

        Give(new HubInput.FeedUp(isNew));
    }

    public void Down() => Give(new HubInput.FeedDown("gone"));

    public void Serve(string symbol, in VenueCandle bar, ServedAs kind = ServedAs.Closed, long? sequence = null) =>
        Serve(symbol, OneMinute, bar, kind, sequence);

    public void Serve(
        string symbol,
        Interval interval,
        in VenueCandle bar,
        ServedAs kind = ServedAs.Closed,
        long? sequence = null
    ) =>
        Give(
            new HubInput.Candle(
                new FeedCandle(symbol, interval, bar, true, kind, BarSource.Stream, sequence ?? ++_sequence, 0, IsSnapshot: false)
            )
        );

    public void Mid(string symbol, double mid, long ageMs = 0, long changedAgeMs = 0)
    {
        FeedPrice price = new(mid, 0, ++_sequence, ageMs, changedAgeMs, FeedSourceKind.Stream);
        if (Core.Mid(symbol, price, Now, out MarketPrice told))
        {
            Prices.Add(told);
        }

        After?.Invoke();
    }

    public void Quote(string symbol, double bid, double ask, long ageMs = 0)
    {
        FeedQuote quote = new(bid, ask, TrueMs - ageMs, ++_sequence, ageMs, ageMs, FeedSourceKind.Stream);
        if (Core.Quote(symbol, quote, Now, out MarketPrice told))
        {
            Prices.Add(told);
        }

        After?.Invoke();
    }

    public void VenueMid(string symbol, double mid)
    {
        if (Core.VenueMid(symbol, mid, Now, out MarketPrice told))
        {
            Prices.Add(told);
        }

        After?.Invoke();
    }

    public void Later(long afterMs, Action action) => _later.Enqueue(action, (NowMs + afterMs, _order++));

    public void RunTo(long trueMs) => Run(trueMs - TrueMs);

    public void Run(long forMs)
    {
        long end = NowMs + forMs;
        while (true)
        {
            long timer = _timers.NextDueMs() ?? long.MaxValue;
            long later = _later.TryPeek(out _, out (long At, long Order) first) ? first.At : long.MaxValue;
            long next = Math.Min(timer, later);
            if (next > end)
            {
                NowMs = end;
                return;
            }

            NowMs = Math.Max(NowMs, next);
            if (later <= timer)
            {
                _later.Dequeue()();
            }
            else
            {
                Give(new HubInput.TimerFired(_timers.Take()));
            }
        }
    }

    public PriceFrame Price(string symbol, long maxAgeMs = 10_000) => Core.Price(Core.IndexOf(symbol), maxAgeMs, Now);

    public CandleFrame Candle(string symbol, Interval? interval = null) =>
        Core.Candle(Core.IndexOf(symbol), interval ?? OneMinute, Now);

    public ChannelStatus Status(string symbol, HubChannel channel) =>
        Core.Status(Now).First(s => s.Symbol == symbol && s.Channel == channel);

    public void Add(in HubEffect effect)
    {
        switch (effect)
        {
            case HubEffect.CandleClosed c:
                Closed.Add(c.Bar);
                break;
            case HubEffect.CandleRevised c:
                Revised.Add(c.Bar);
                break;
            case HubEffect.Priced p:
                Prices.Add(p.Price);
                break;
            case HubEffect.SourceChanged s:
                Changes.Add((s.Before, s.After));
                break;
            case HubEffect.ReadStore r:
                Reads.Add(r);
                Later(StoreMs, () => Give(Read(r)));
                break;
            case HubEffect.AskRest a:
                Questions.Add(a.Query);
                Later(
                    RestMs,
                    () =>
                    {
                        if (Rest(a.Query) is { } page)
                        {
                            Give(new HubInput.RestRead(page));
                        }
                    }
                );
                break;
            case HubEffect.AskVolumes:
                VolumeAsks.Add(NowMs);
                Later(
                    RestMs,
                    () =>
                    {
                        if (Volumes() is { } volumes)
                        {
                            Give(volumes);
                        }
                    }
                );
                break;
            case HubEffect.WatchlistChanged w:
                Watchlists.Add(w.State);
                break;
            case HubEffect.SetTimer t:
                _timers.Set(t.Id, t.DueMonotonicMs);
                break;
        }
    }

    private HubInput.StoreRead Read(HubEffect.ReadStore question)
    {
        if (StoreError is not null)
        {
            return new HubInput.StoreRead(question.Request, [], [], StoreError);
        }

        IEnumerable<VenueCandle> bars = Stored.TryGetValue(
            (question.Symbol, question.Interval),
            out SortedDictionary<long, VenueCandle>? all
        )
            ? all.Values.Where(b => b.OpenMs >= question.FromMs && b.OpenMs < question.ToMs)
            : [];
        return new HubInput.StoreRead(
            question.Request,
            [.. bars],
            [.. StoredEmpty.Where(e => e.Symbol == question.Symbol).Select(e => e.Range)],
            null
        );
    }
}
