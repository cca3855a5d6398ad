using System.Diagnostics;
using System.Net.Sockets;
using Kedge.Data.Feed.Serving;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Tests.Feed.Serving;

/// <summary>Server and client over a real socket.</summary>
public sealed class FeedSocketTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_the_feed_tells_reaches_a_client()
    {
        using FeedSocketServer server = Serve();
        server.Told(new VenueEvent.SessionUp(3));
        Heard heard = new();
        using FeedClient client = FeedClient.Start(Options(), heard);
        Wait(() => heard.Of<FeedHealth>().Any(h => h.IsVenueUp && h.Epoch == 3));
        server.Mid("BTC", 60_000.5, 1);
        server.Quote("ETH", 2_000, 2_000.5, 1_700_000_000_000, 1);
        Wait(() => heard.Mids.Length > 0 && heard.Quotes.Length > 0);
        (string symbol, FeedPrice price) = Assert.Single(heard.Mids);
        Assert.Equal(("BTC", 60_000.5, 1L), (symbol, price.Mid, price.Sequence));
        Assert.Equal(("ETH", 2_000.0, 2_000.5), (heard.Quotes[0].Symbol, heard.Quotes[0].Quote.Bid, heard.Quotes[0].Quote.Ask));
        Assert.True(client.IsConnected);
        Assert.IsType<FeedHello>(heard.All[0]);
    }

    [Fact]
    public void The_socket_is_closed_to_other_users_and_goes_with_the_server()
    {
        string path = _folder["kedge-feed.sock"];
        using (Serve())
        {
            UnixFileMode mode = OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
            Assert.True(PosixNative.IsSocket(path));
            Assert.Equal(
                ["kedge-feed.sock", "kedge-feed.sock.lock"],
                Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order()
            );
        }

        Assert.Null(PosixNative.IsSocket(path));
    }

    [Fact]
    public void A_second_server_is_refused_and_the_first_goes_on()
    {
        using FeedSocketServer server = Serve();
        KedgeException refused = Assert.Throws<KedgeException>(Serve);
        Assert.Equal(FailureKind.Refused, refused.Kind);
        Assert.Contains("another feed serves there", refused.Message, StringComparison.Ordinal);

        // Even when the lock file was deleted: the one that answers is not replaced.
        File.Delete(_folder["kedge-feed.sock.lock"]);
        Assert.Equal(FailureKind.Refused, Assert.Throws<KedgeException>(Serve).Kind);
        Heard heard = new();
        using FeedClient client = FeedClient.Start(Options(), heard);
        Wait(() => heard.Of<FeedHello>().Any());
    }

    [Fact]
    public void A_socket_without_a_server_is_replaced_and_a_file_is_not()
    {
        string path = _folder["kedge-feed.sock"];
        using (Socket gone = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            gone.Bind(new UnixDomainSocketEndPoint(_folder["other"]));
            File.Move(_folder["other"], path);
        }

        Assert.True(PosixNative.IsSocket(path));
        using (Serve())
        {
            Heard heard = new();
            using FeedClient client = FeedClient.Start(Options(), heard);
            Wait(() => heard.Of<FeedHello>().Any());
        }

        File.WriteAllText(path, "mine");
        KedgeException refused = Assert.Throws<KedgeException>(Serve);
        Assert.Equal(FailureKind.Refused, refused.Kind);
        Assert.Equal("mine", File.ReadAllText(path));
    }

    [Fact]
    public void A_path_too_long_for_a_socket_is_told_with_its_limit()
    {
        string path = _folder[new string('a', 110)];
        KedgeException refused = Assert.Throws<KedgeException>(() =>
            FeedSocketServer.Start(new FeedSocketServerOptions { SocketPath = path })
        );
        Assert.Equal(FailureKind.Usage, refused.Kind);
        Assert.Contains("at most 107 bytes", refused.Message, StringComparison.Ordinal);
        Assert.Equal(
            FailureKind.Usage,
            Assert.Throws<KedgeException>(() => FeedClient.Start(Options() with { SocketPath = path }, new Heard())).Kind
        );
    }

    [Fact]
    public void A_client_connects_again_and_knows_a_new_server_by_its_instance()
    {
        Heard heard = new();
        using FeedClient client = FeedClient.Start(Options(), heard);
        Wait(() => heard.Of<string>().Any());
        using (FeedSocketServer first = Serve())
        {
            first.Mid("BTC", 1, 1);
            first.Mid("BTC", 2, 1);
            Wait(() => heard.Mids.Any(m => m.Price.Sequence == 2));
        }

        Wait(() => heard.Of<string>().Any(r => r.StartsWith("Stopping", StringComparison.Ordinal)));
        heard.Clear();
        using FeedSocketServer second = Serve();
        second.Mid("BTC", 3, 1);
        Wait(() => heard.Mids.Length > 0);
        Assert.True(Assert.Single(heard.Of<FeedHello>()).IsNewInstance);
        Assert.Equal((3.0, 1L), (heard.Mids[0].Price.Mid, heard.Mids[0].Price.Sequence));
        Assert.Empty(heard.Of<FeedShed>());
    }

    [Fact]
    public void A_slow_client_is_told_and_another_gets_every_update_in_order()
    {
        const int Updates = 200_000;
        using FeedSocketServer server = FeedSocketServer.Start(
            new FeedSocketServerOptions
            {
                SocketPath = _folder["kedge-feed.sock"],
                Server = new FeedServerSettings { MidsHeld = 65_536, MaxShedsPerMinute = 1_000 },
            }
        );
        Counting quick = new();
        Counting slow = new() { PauseMs = 400 };
        using FeedClient one = FeedClient.Start(Options() with { Channels = FeedChannels.Mids | FeedChannels.Health }, quick);
        using FeedClient other = FeedClient.Start(Options() with { Channels = FeedChannels.Mids | FeedChannels.Health }, slow);
        Wait(() => quick.IsSubscribed && slow.IsSubscribed);
        for (int i = 1; i <= Updates; i++)
        {
            server.Mid(i % 2 == 0 ? "BTC" : "ETH", i, 1);
            while (i - quick.Last > 10_000)
            {
                // The one that keeps up sets the pace.
                Thread.Sleep(1);
            }
        }

        Wait(() => quick.Last == Updates && slow.Last == Updates);
        Assert.Equal((Updates, 0, true), (quick.Count, quick.Sheds, quick.IsInOrder));
        Assert.True(slow.Sheds > 0, "the slow client was not told");
        Assert.Equal(0, slow.MissingUpTo(Updates));
    }

    internal static void Wait(Func<bool> done)
    {
        long start = Stopwatch.GetTimestamp();
        while (!done())
        {
            Assert.True(Stopwatch.GetElapsedTime(start).TotalSeconds < 60, "not within a minute");
            Thread.Sleep(5);
        }
    }

    private FeedSocketServer Serve() =>
        FeedSocketServer.Start(new FeedSocketServerOptions { SocketPath = _folder["kedge-feed.sock"] });

    private FeedClientOptions Options() =>
        new()
        {
            SocketPath = _folder["kedge-feed.sock"],
            Channels = FeedChannels.All,
            FirstRetryMs = 10,
            MaxRetryMs = 50,
        };

    /// <summary>Counts mids, and pauses once in a while.</summary>
    private sealed class Counting : IFeedListener
    {
        private readonly HashSet<long> _accounted = [];
        private long _last;

        public int PauseMs { get; init; }

        public int Count { get; private set; }

        public int Sheds { get; private set; }

        public bool IsInOrder { get; private set; } = true;

        public long Last => Volatile.Read(ref _last);

        /// <summary>Updates that neither came nor were told to be left out.</summary>
        public int MissingUpTo(int last) => Enumerable.Range(1, last).Count(i => !_accounted.Contains(i));

        public void Up(in FeedHello hello) { }

        public void Down(string reason) { }

        public void Mid(string symbol, in FeedPrice price)
        {
            IsInOrder &= (long)price.Mid == price.Sequence && price.Sequence == _last + 1;
            Count++;
            _accounted.Add(price.Sequence);
            Volatile.Write(ref _last, Math.Max(_last, price.Sequence));
            if (PauseMs > 0 && Count % 20_000 == 1)
            {
                Thread.Sleep(PauseMs);
            }
        }

        public void Quote(string symbol, in FeedQuote quote) { }

        public void Candle(in FeedCandle candle) { }

        public void Account(in FeedAccountEvent e) { }

        public bool IsSubscribed { get; private set; }

        public void Health(in FeedHealth health) => IsSubscribed = true;

        public void Shed(in FeedShed shed)
        {
            Sheds++;
            Assert.Equal(shed.Count, shed.ToSequence - shed.FromSequence + 1);
            for (long i = shed.FromSequence; i <= shed.ToSequence; i++)
            {
                _accounted.Add(i);
            }
        }
    }
}
