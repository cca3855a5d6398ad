using System.Diagnostics;
using Kedge.Data.Feed;
using Kedge.Data.Feed.Serving;
using Kedge.Data.Hub;
using Kedge.Model;
using Kedge.Model.Market;
using Kedge.Model.Venues;

namespace Kedge.Data.Tests.Hub;

/// <summary>The hub over a real Unix socket and real databases: the feed is stopped on the way, then the databases, then the venue; all come back.</summary>
public sealed class HubSocketTests : IDisposable
{
    private const long Minute = 60_000;
    private static readonly HubSettings Quick = new()
    {
        Series = [new(HubRig.OneMinute, 20)],
        SettleMs = 500,
        StoreEveryMs = 200,
        RestMinGapMs = 50,
        RestKeyGapMs = 500,
        RestFirstRetryMs = 500,
        RestMaxRetryMs = 2_000,
    };

    private readonly TempFolder _folder = new();
    private readonly HeardMarket _heard = new();
    private readonly JumpingClock _clock = new();
    private long _sequence;
    private bool _isVenueDown;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Feed_stopped_then_databases_then_venue_and_back()
    {
        long now = NowMinute();
        using FeedStore store = FeedStore.Open(_folder.Path, [HubRig.OneMinute]);
        Store(store, now - (40 * Minute), now);
        FeedSocketServer server = Serve();
        MarketDataHub hub = Start();
        await using (hub)
        {
            hub.Watch(["BTC", "ETH"]);
            Wait(() => hub.IndexOf("ETH") >= 0 && Is(hub, HubSource.Sqlite), "the databases");
            Tell(server, now - (3 * Minute), now);
            Wait(() => Is(hub, HubSource.Feed), "the feed");
            server.Quote("ETH", 2_999.0, 3_001.0, _clock.GetUtcNow().ToUnixTimeMilliseconds(), 0);
            server.Mid("BTC", 50_000.0, 0);
            Wait(() => hub.Price(0, 10_000) is { IsFresh: true, Source: HubSource.Feed, Price: 50_000.0 }, "a price");
            Assert.Contains(_heard.Prices, p => p is { Name: "BTC", Mid: 50_000.0, Source: HubSource.Feed });
            Wait(() => hub.Price(1, 10_000) is { IsFresh: true, Kind: PriceKind.QuoteMid, Price: 3_000.0 }, "a quote");

            // The feed is gone; something else fills the databases for BTC alone.
            server.Dispose();
            _isVenueDown = true;
            _clock.Jump(Minute);
            Store(store, now, now + Minute, "BTC");
            Wait(() => Last(hub, 0) == now, "the bar in the databases");
            Wait(() => Source(hub, "BTC") == (HubSource.Sqlite, HubReason.FeedDown), "BTC with the databases");
            Assert.NotEqual(now, Last(hub, 1));
            Assert.NotEqual(HubSource.Feed, hub.Price(0, 10_000) is { IsFresh: true } p ? p.Source : HubSource.None);

            // The databases stop as well.
            _isVenueDown = false;
            _clock.Jump(Minute);
            Wait(() => Last(hub, 0) == now + Minute && Last(hub, 1) == now + Minute, "the bars of the venue");
            Wait(() => Is(hub, HubSource.Rest), "both with the venue");
            Assert.Equal(HubReason.FeedDown, Source(hub, "ETH").Reason);
            Wait(() => hub.Candle(0, HubRig.OneMinute).MayOpen, "a whole look-back");

            // And so does the venue.
            _isVenueDown = true;
            _clock.Jump(7 * Minute);
            Wait(() => Source(hub, "BTC").Source == HubSource.None, "nothing left");
            Assert.False(hub.Candle(0, HubRig.OneMinute).MayOpen);
            Assert.False(hub.Price(0, 10_000).IsFresh);

            // Everything comes back.
            using FeedSocketServer next = Serve();
            Tell(next, now, now + (9 * Minute));
            Wait(() => Is(hub, HubSource.Feed) && Last(hub, 0) == now + (8 * Minute), "the feed again");
            Assert.True(hub.Candle(0, HubRig.OneMinute).MayOpen);
            Assert.True(hub.Candle(1, HubRig.OneMinute).MayOpen);
        }

        Assert.Empty(_heard.Revised);
        foreach (IGrouping<string, MarketCandle> bars in _heard.Closed.GroupBy(c => c.Symbol))
        {
            long[] times = [.. bars.Select(c => c.Bar.OpenMs)];
            Assert.Equal(Enumerable.Range(0, times.Length).Select(i => times[0] + (i * Minute)), times);
            Assert.Equal(now + (8 * Minute), times[^1]);
        }

        Assert.Equal(
            [HubSource.Sqlite, HubSource.Feed, HubSource.Sqlite, HubSource.Rest, HubSource.None, HubSource.Feed],
            _heard.Changes.Where(c => c is { Symbol: "BTC", Channel: HubChannel.Candles }).Select(c => c.Source)
        );
    }

    [Fact]
    public async Task Most_traded_symbols_are_watched_as_the_venue_tells_them()
    {
        HubSettings settings = Quick with
        {
            Watchlist = new WatchlistRules { TopN = 1, Anchor = "" },
        };
        List<WatchlistState> told = [];
        MarketDataHub? started = null;
        MarketDataHub hub = MarketDataHub.Start(
            new MarketDataHubOptions
            {
                Settings = settings,
                Folder = _folder.Path,
                Listener = _heard,
                Time = _clock,
                AskVolumes = () =>
                    Volatile.Read(ref started)?.On(new VenueEvent.DayVolumesAnswered([new("ETH", 2e9), new("BTC", 1e9)], null)),
                WatchlistChanged = told.Add,
            }
        );
        await using (hub)
        {
            Volatile.Write(ref started, hub);
            Wait(() => hub.Watchlist.Source == WatchlistSource.Volume, "the most traded");
            Assert.Equal(["ETH"], hub.Watchlist.Watched);
            hub.Hold(["SOL"]);
            Wait(() => hub.Watchlist.Watched is ["ETH", "SOL"], "what is held");
            Assert.Throws<InvalidOperationException>(() => hub.Watch(["BTC"]));
        }

        Assert.Equal([WatchlistSource.BuiltIn, WatchlistSource.Volume, WatchlistSource.Volume], told.Select(s => s.Source));
    }

    private static VenueCandle Bar(long t) => new(t, 100, 101, 99, 100 + (t / Minute % 7 * 0.1), 5, 3);

    private static bool Is(MarketDataHub hub, HubSource source) =>
        Source(hub, "BTC").Source == source && Source(hub, "ETH").Source == source;

    private static (HubSource Source, HubReason Reason) Source(MarketDataHub hub, string symbol)
    {
        ChannelStatus status = hub.Status().FirstOrDefault(s => s.Symbol == symbol && s.Channel == HubChannel.Candles);
        return (status.Source, status.Reason);
    }

    private static long Last(MarketDataHub hub, int symbol) => hub.Candle(symbol, HubRig.OneMinute).Bar.OpenMs;

    private static void Wait(Func<bool> done, string what)
    {
        long start = Stopwatch.GetTimestamp();
        while (!done())
        {
            Assert.True(Stopwatch.GetElapsedTime(start).TotalSeconds < 60, $"{what}: not within a minute");
            Thread.Sleep(20);
        }
    }

    private FeedSocketServer Serve() => FeedSocketServer.Start(new FeedSocketServerOptions { SocketPath = _folder["feed.sock"] });

    private MarketDataHub Start() =>
        MarketDataHub.Start(
            new MarketDataHubOptions
            {
                Settings = Quick,
                Folder = _folder.Path,
                Listener = _heard,
                Feed = listener => FeedClient.Start(new FeedClientOptions { SocketPath = _folder["feed.sock"] }, listener),
                History = listener => new Venue(this, listener),
                Time = _clock,
            }
        );

    private static void Store(FeedStore store, long from, long to, params string[] symbols)
    {
        List<BarToStore> bars = [];
        foreach (string symbol in symbols.Length == 0 ? ["BTC", "ETH"] : symbols)
        {
            for (long t = from; t < to; t += Minute)
            {
                bars.Add(new BarToStore(symbol, HubRig.OneMinute, Bar(t)));
            }
        }

        Assert.Null(store.Write(new FeedEffect.Store(1, bars), to).Error);
    }

    private void Tell(FeedSocketServer server, long from, long to)
    {
        for (long t = from; t < to; t += Minute)
        {
            foreach (string symbol in (string[])["BTC", "ETH"])
            {
                server.Served(
                    new FeedEffect.Served(++_sequence, ServedAs.Closed, symbol, HubRig.OneMinute, Bar(t), true, BarSource.Stream)
                );
            }
        }
    }

    /// <summary>The minute that forms; not one that ends within the next seconds.</summary>
    private long NowMinute()
    {
        long now = _clock.GetUtcNow().ToUnixTimeMilliseconds();

        // A quarter of a minute in, so that what is over is over by the grace and what forms goes on forming for the whole test.
        _clock.Jump(Minute - (now % Minute) + 15_000);
        return _clock.GetUtcNow().ToUnixTimeMilliseconds() / Minute * Minute;
    }

    private sealed class Venue(HubSocketTests test, IVenueListener listener) : ICandleHistory
    {
        public void Request(VenueCommand.QueryCandles query)
        {
            if (test._isVenueDown)
            {
                listener.On(new VenueEvent.CandlesAnswered(query.Request, [], IsLast: true, "HTTP 502"));
                return;
            }

            long forming = test._clock.GetUtcNow().ToUnixTimeMilliseconds() / Minute * Minute;
            List<VenueCandle> bars = [];
            for (long t = query.FromMs; t <= forming; t += Minute)
            {
                bars.Add(t == forming ? Bar(t) with { Volume = 0.5 } : Bar(t));
            }

            listener.On(new VenueEvent.CandlesAnswered(query.Request, bars, IsLast: true, null));
        }

        public void Request(VenueCommand.QueryFundingRates query) =>
            listener.On(new VenueEvent.FundingRatesAnswered(query.Request, [], IsLast: true, null));
    }

    private sealed class JumpingClock : TimeProvider
    {
        private long _aheadMs;

        public void Jump(long ms) => Interlocked.Add(ref _aheadMs, ms);

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddMilliseconds(Volatile.Read(ref _aheadMs));

        public override long GetTimestamp() => base.GetTimestamp() + (Volatile.Read(ref _aheadMs) * (TimestampFrequency / 1_000));
    }
}
