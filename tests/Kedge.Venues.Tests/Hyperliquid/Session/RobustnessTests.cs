using System.Text;
using Kedge.Crypto;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.TestSupport;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Venues.Tests.Hyperliquid.Session;

/// <summary>Nothing from the wire or in a command ends in an exception, commands end once, and prices cost no memory.</summary>
public sealed class RobustnessTests
{
    private const long T = FakeVenue.Epoch;

    private static readonly string[] Frames =
    [
        """{"channel":"allMids","data":{"mids":{"BTC":"50000.5","ETH":"3000.0"}}}""",
        """{"channel":"bbo","data":{"coin":"BTC","time":1700000000000,"bbo":[{"px":"1.0","sz":"1.0","n":1},null]}}""",
        """{"channel":"candle","data":{"t":1700000000000,"T":1700000059999,"s":"BTC","i":"1m","o":"1.0","c":"1.0","h":"1.0","l":"1.0","v":"5.0","n":3}}""",
        $$$"""{"channel":"userFills","data":{"user":"{{{FakeVenue.User}}}","isSnapshot":true,"fills":[{{{new FakeFill(1, 2, T + 5).Json}}},{{{new FakeFill(null, 2, T + 6).Json}}}]}}""",
        """{"channel":"orderUpdates","data":[{"order":{"coin":"BTC","side":"B","limitPx":"100.0","sz":"1.0","oid":7,"timestamp":1700000000500,"origSz":"1.0","cloid":"0x00000000000000000000000000000001"},"status":"open","statusTimestamp":1700000000500}]}""",
        $$$"""{"channel":"userFundings","data":{"user":"{{{FakeVenue.User}}}","fundings":[{"time":1700000000001,"coin":"BTC","usdc":"-1.0","szi":"1.0","fundingRate":"0.0001"}]}}""",
        $$$"""{"channel":"userNonFundingLedgerUpdates","data":{"user":"{{{FakeVenue.User}}}","nonFundingLedgerUpdates":[{"time":1700000000001,"hash":"0xaa","delta":{"type":"withdraw","usdc":"79000000000000000000000000000","fee":"1.0"}}]}}""",
        """{"channel":"subscriptionResponse","data":{"method":"subscribe","subscription":{"type":"allMids"}}}""",
        """{"channel":"error","data":"Invalid subscription {\"type\":\"bbo\",\"coin\":\"XYZ\"}"}""",
        """{"channel":"error","data":"Already subscribed: {\"type\":\"userFills\",\"user\":1}"}""",
        """{"channel":"pong"}""",
        """Websocket connection established.""",
        """{"channel":"post","data":{"id":5,"response":{"type":"error","payload":"no"}}}""",
    ];

    [Fact]
    public void Ten_thousand_mutated_frames_and_answers_never_throw()
    {
        using PrivateKey key = PrivateKey.Generate();
        SessionSettings settings = new()
        {
            MaxGarbage = 10_000, // Every frame is to be read.

            BackoffMinMs = 10,
            BackoffMaxMs = 50,
            Signer = key,
        };
        FakeVenue venue = new FakeVenue(settings).Start();
        venue.Run(1_000);
        for (int seed = 0; seed < 10_000; seed++)
        {
            Mutator mutator = new(seed);
            byte[] frame = mutator.Mutate(Encoding.UTF8.GetBytes(Frames[seed % Frames.Length]));
            venue.Give(new SessionInput.SocketReceived(venue.Connection, frame));
            venue.MutateAnswer = seed % 3 == 0 ? mutator.Mutate : null;
            venue.Run(20);
        }

        Assert.InRange(venue.Session.Status.DecodeRefused, 3_000, 20_000);
        venue.MutateAnswer = null;
        venue.Run(120_000);
        Assert.Equal(SessionState.Up, venue.Session.Status.State);

        // Times that were broken into the far future did not settle what comes now.
        FakeFill fill = venue.Trade(T + venue.NowMs, isStreamed: false);
        venue.Run(40_000);
        Assert.Single(venue.Told, f => f.Fill.TradeId == fill.TradeId);
    }

    [Fact]
    public void A_page_with_a_fill_of_the_far_future_settles_nothing_that_comes_before_it()
    {
        FakeVenue venue = new();
        venue.Fills.Add(new FakeFill(1, 1, T + 900_000_000));
        venue.Start().Run(2_000);
        venue.Trade(T + 2_000, isStreamed: false);
        venue.Run(40_000);
        Assert.Equal(2, venue.Told.Count());
    }

    [Fact]
    public void Inputs_out_of_place_do_nothing()
    {
        FakeVenue venue = new();
        SessionInput[] odd =
        [
            new SessionInput.SocketOpened(5),
            new SessionInput.SocketClosed(5, "x"),
            new SessionInput.SocketReceived(5, "{}"u8.ToArray()),
            new SessionInput.HttpAnswered(5, 200, "{}"u8.ToArray()),
            new SessionInput.HttpFailed(5, WasSent: true, "x"),
            new SessionInput.TimerFired(77),
            new SessionInput.NonceBlockSaved(5),
        ];
        foreach (SessionInput input in odd)
        {
            venue.Give(input);
        }

        venue.Start().Run(2_000);
        foreach (SessionInput input in odd)
        {
            venue.Give(input);
        }

        venue.Give(new SessionInput.Started(null, 0));
        venue.Run(2_000);
        Assert.Equal(1, venue.Ups);
        Assert.Single(venue.Opens);
    }

    [Fact]
    public void Commands_that_cannot_be_sent_end_as_not_sent()
    {
        FakeVenue reader = new FakeVenue().Start();
        reader.Run(2_000);
        reader.Command(new VenueCommand.Place([Order(1, reduceOnly: false)]));
        reader.Command(new VenueCommand.Cancel("BTC", new ClientOrderId(1)));
        Assert.Contains(reader.Events, e => e is VenueEvent.OrderRejected { Code: RejectCode.NotSent });
        Assert.Contains(reader.Events, e => e is VenueEvent.CancelAnswered { Code: RejectCode.NotSent });

        using PrivateKey key = PrivateKey.Generate();
        FakeVenue venue = new(new SessionSettings { Signer = key, MaxWaitingCommands = 2 })
        {
            Status = b => b.Contains("\"meta\"", StringComparison.Ordinal) ? 500 : 200,
        };
        venue.Start();
        venue.Command(new VenueCommand.Place([Order(1, reduceOnly: false)]));
        venue.Command(new VenueCommand.Place([Order(2, reduceOnly: true)]));
        venue.Command(new VenueCommand.Cancel("BTC", new ClientOrderId(3)));
        venue.Command(new VenueCommand.Cancel("BTC", new ClientOrderId(4)));
        Assert.Equal([1], venue.Events.OfType<VenueEvent.OrderRejected>().Select(e => (int)e.Id.Value));
        Assert.Equal([4], venue.Events.OfType<VenueEvent.CancelAnswered>().Select(e => (int)e.Id.Value));
        venue.Run(31_000);
        Assert.Equal([1, 2], venue.Events.OfType<VenueEvent.OrderRejected>().Select(e => (int)e.Id.Value));
        Assert.Equal([4, 3], venue.Events.OfType<VenueEvent.CancelAnswered>().Select(e => (int)e.Id.Value));
    }

    [Fact]
    public void Candles_and_rates_are_paged_to_the_end()
    {
        FakeVenue venue = new FakeVenue(hasAccount: false).Start();
        long from = T - (T % 3_600_000);
        venue.Command(new VenueCommand.QueryCandles(1, "BTC", Interval.Parse("1m"), from, from + (1_200 * 60_000L)));
        venue.Command(new VenueCommand.QueryFundingRates(2, "BTC", from, from + (700 * 3_600_000L)));
        venue.Run(120_000);
        VenueEvent.CandlesAnswered[] pages = [.. venue.Events.OfType<VenueEvent.CandlesAnswered>()];
        Assert.Equal([500, 500, 200], pages.Select(p => p.Candles.Count));
        Assert.Equal([false, false, true], pages.Select(p => p.IsLast));
        Assert.Equal(
            Enumerable.Range(0, 1_200).Select(i => from + (i * 60_000L)),
            pages.SelectMany(p => p.Candles).Select(c => c.OpenMs)
        );
        VenueEvent.FundingRatesAnswered[] rates = [.. venue.Events.OfType<VenueEvent.FundingRatesAnswered>()];
        Assert.Equal(700, rates.Sum(r => r.Rates.Count));
        Assert.Equal([false, true], rates.Select(r => r.IsLast));
    }

    [Fact]
    public void A_history_that_cannot_be_had_ends_with_an_error()
    {
        FakeVenue venue = new(hasAccount: false) { Status = b => b.Contains("candle", StringComparison.Ordinal) ? 422 : 200 };
        venue.Start().Command(new VenueCommand.QueryCandles(1, "NO", Interval.OneHour, T, T + 7_200_000));
        venue.Run(60_000);
        VenueEvent.CandlesAnswered only = Assert.Single(venue.Events.OfType<VenueEvent.CandlesAnswered>());
        Assert.True(only is { IsLast: true, Error: not null });
    }

    [Fact]
    public void A_candle_is_told_again_when_the_next_begins()
    {
        FakeVenue venue = new FakeVenue(hasAccount: false).Start();
        venue.Run(1_000);
        string Candle(long t, int close) =>
            $$$"""{"channel":"candle","data":{"t":{{{t}}},"T":{{{t + 59_999}}},"s":"BTC","i":"1m","o":"1.0","c":"{{{close}}}.0","h":"9.0","l":"1.0","v":"5.0","n":3}}""";
        venue.Frame(Candle(60_000, 2));
        venue.Frame(Candle(60_000, 3));
        venue.Frame(Candle(120_000, 4));
        Assert.Equal(
            [(60_000L, 2.0), (60_000, 3.0), (60_000, 3.0), (120_000, 4.0)],
            venue.Events.OfType<VenueEvent.CandleChanged>().Select(c => (c.Candle.OpenMs, c.Candle.Close))
        );
    }

    [Fact]
    public void Prices_cost_no_memory_and_impossible_ones_are_dropped()
    {
        FakeVenue venue = new();
        venue.Command(new VenueCommand.Subscribe(Mids: true, ["BTC"], []));
        venue.Start().Run(2_000);
        venue.Frame(
            """{"channel":"bbo","data":{"coin":"BTC","time":1,"bbo":[{"px":"2.0","sz":"1.0","n":1},{"px":"1.0","sz":"1.0","n":1}]}}"""
        );
        Assert.Empty(venue.Mids);
        Assert.Equal(1, venue.Session.Status.PricesDropped);

        PriceCounter counter = new(venue.Session);
        SessionInput mids = new SessionInput.SocketReceived(venue.Connection, Encoding.UTF8.GetBytes(Frames[0]));
        SessionInput quote = new SessionInput.SocketReceived(venue.Connection, Encoding.UTF8.GetBytes(Frames[1]));
        Now now = new(venue.NowMs, T + venue.NowMs);
        void Burst()
        {
            for (int i = 0; i < 1_000; i++)
            {
                venue.Session.Handle(mids, now, counter);
                venue.Session.Handle(quote, now, counter);
            }
        }

        Burst();
        Assert.Equal(3_000, counter.Count);
        Assert.Equal(0, Allocations.Of(Burst));
    }

    private static ApprovedOrder Order(int id, bool reduceOnly) =>
        ApprovedOrder.From(
            new OrderIntent(new ClientOrderId((UInt128)id), "BTC", true, 1m, 100m, TimeInForce.Gtc, reduceOnly),
            RiskReceipt.ByOperator("test", "test")
        );

    private sealed class PriceCounter(HyperliquidSession session) : IEffectSink<SessionEffect>, IPriceSink
    {
        public int Count { get; private set; }

        public void Add(in SessionEffect effect)
        {
            if (effect is SessionEffect.Prices)
            {
                session.DeliverPrices(this);
            }
        }

        public void Mid(string symbol, double mid, long receivedMonotonicMs) => Count++;

        public void Quote(string symbol, double bid, double ask, long venueMs, long receivedMonotonicMs) => Count++;
    }
}
