using Kedge.Data.Feed;
using Kedge.Data.Feed.Serving;
using Kedge.Model;
using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Data.Tests.Feed.Serving;

/// <summary>A whole feed as a program runs it, but for the venue: what the venue tells reaches a client.</summary>
public sealed class FeedServiceServingTests : IDisposable
{
    private static readonly Interval Minute = Interval.Parse("1m");
    private static readonly Interval Five = Interval.Parse("5m");
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Prices_account_bars_of_the_store_and_the_state_of_the_venue_are_served()
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        long first = now - (now % 300_000) - 3_000_000;
        using (FeedStore store = FeedStore.Open(_folder.Path, [Minute, Five]))
        {
            BarToStore[] bars =
            [
                .. Enumerable.Range(0, 40).Select(i => new BarToStore("BTC", Minute, Bar(first + (i * 60_000L)))),
                .. Enumerable.Range(0, 8).Select(i => new BarToStore("BTC", Five, Bar(first + (i * 300_000L)))),
            ];
            Assert.Null(store.Write(new FeedEffect.Store(1, bars), now).Error);
        }

        Silent venue = new();
        await using FeedService service = FeedService.Start(Options(), venue.Connect);
        Heard heard = new();
        using FeedClient client = FeedClient.Start(
            new FeedClientOptions { SocketPath = service.SocketPath!, Channels = FeedChannels.All },
            heard
        );
        venue.Listener.On(new VenueEvent.SessionUp(1));
        venue.Listener.Mid("BTC", 60_000, 5);
        venue.Listener.Quote("BTC", 59_999, 60_001, now, 5);
        Fill fill = new(1, 2, default, "BTC", false, 60_000m, 0.1m, 1m, 5m, 0.1m, true, false, now);
        venue.Listener.On(new VenueEvent.Filled(fill, AccountCursor.StartingAt(0)));
        venue.Listener.On(new VenueEvent.StreamAged(VenueChannel.Quote, "BTC", IsStale: true, 9_000));
        FeedSocketTests.Wait(() => heard.Of<FeedHealth>().Any(h => h.StaleStreams == 1 && h.IsVenueUp));
        FeedSocketTests.Wait(() => heard.Mids.Length > 0 && heard.Quotes.Length > 0 && heard.Of<FeedAccountEvent>().Any());
        FeedSocketTests.Wait(() => heard.Candles.Length >= 40);
        Assert.Equal(60_000, heard.Mids[0].Price.Mid);
        Assert.Equal(
            (59_999, 60_001, now),
            (heard.Quotes[0].Quote.Bid, heard.Quotes[0].Quote.Ask, heard.Quotes[0].Quote.VenueMs)
        );
        Assert.Equal(
            (FeedAccountKind.Filled, 5m),
            (heard.Of<FeedAccountEvent>().First().Kind, heard.Of<FeedAccountEvent>().First().AmountUsd)
        );
        FeedCandle[] stored = [.. heard.Candles.Where(c => c.Source == BarSource.Store)];
        Assert.Equal(32, stored.Count(c => c.Interval == Minute));
        Assert.Equal(8, stored.Count(c => c.Interval == Five));
        Assert.All(stored, c => Assert.True(c.IsComplete && c.IsSnapshot));

        venue.Listener.On(new VenueEvent.SessionDown("cable", 1_000));
        FeedSocketTests.Wait(() => heard.Of<FeedHealth>().Last() is { IsVenueUp: false, Reason: "cable" });
    }

    [Fact]
    public async Task A_feed_that_serves_nobody_makes_no_socket_and_one_whose_socket_is_taken_does_not_start()
    {
        await using (FeedService without = FeedService.Start(Options() with { Serving = null }, new Silent().Connect))
        {
            Assert.Null(without.SocketPath);
            Assert.Empty(Directory.GetFiles(_folder.Path, "*.sock"));
        }

        using FeedSocketServer other = FeedSocketServer.Start(Options().Serving!);
        KedgeException refused = Assert.Throws<KedgeException>(() => FeedService.Start(Options(), new Silent().Connect));
        Assert.Equal(FailureKind.Refused, refused.Kind);
    }

    private static VenueCandle Bar(long openMs) => new(openMs, 1, 2, 0.5, 1.5, 3, 4);

    private FeedServiceOptions Options() =>
        new()
        {
            Settings = new FeedSettings
            {
                Coarse = [Five],
                WithFunding = false,
                WithUniverse = false,
            },
            Symbols = ["BTC"],
            Folder = _folder.Path,
            Serving = new FeedSocketServerOptions { SocketPath = _folder["kedge-feed.sock"] },
        };

    /// <summary>A venue that answers nothing.</summary>
    private sealed class Silent : IVenue
    {
        public IVenueListener Listener { get; private set; } = null!;

        public string Name => "silent";

        public VenueCapabilities Capabilities => VenueCapabilities.None;

        public Silent Connect(IVenueListener listener)
        {
            Listener = listener;
            return this;
        }

        public void Send(VenueCommand command) { }
    }
}
