using System.Globalization;
using Kedge.Model;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Venues.Tests.Hyperliquid.Session;

/// <summary>The socket: opened, subscribed, kept alive, given up and opened again.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public void Up_needs_metadata_acknowledgements_and_catch_up()
    {
        FakeVenue deaf = new() { AcksSubscriptions = false };
        deaf.Start().Run(60_000);
        Assert.Equal(0, deaf.Ups);
        Assert.Contains(
            deaf.Events,
            e => e is VenueEvent.SessionDown d && d.Reason.Contains("userFills", StringComparison.Ordinal)
        );

        FakeVenue mute = new() { Status = b => b.Contains("userFunding", StringComparison.Ordinal) ? 500 : 200 };
        mute.Start().Run(90_000);
        Assert.Equal(0, mute.Ups);
        Assert.Contains(mute.Events, e => e is VenueEvent.Noted { Code: "catch_up_slow" });
        mute.Status = _ => 200;
        mute.Run(10_000);
        Assert.Equal(1, mute.Ups);

        FakeVenue nameless = new() { Status = b => b.Contains("meta", StringComparison.Ordinal) ? 0 : 200 };
        nameless.Start().Run(60_000);
        Assert.Equal(0, nameless.Ups);
    }

    [Fact]
    public void Many_reconnects_without_rest_do_not_pile_up_questions()
    {
        FakeVenue venue = new FakeVenue(new SessionSettings { BackoffMinMs = 10, BackoffMaxMs = 10 }).Start();
        venue.Run(2_000);
        venue.Status = _ => 503;
        for (int i = 0; i < 60; i++)
        {
            venue.Cut();
            venue.Run(5_000);
        }

        Assert.InRange(venue.Session.Status.Queued + venue.Session.Status.InFlight, 0, 64);
        long from = venue.NowMs;
        venue.Run(60_000);
        Assert.InRange(venue.Requests.Count(r => r.AtMs > from), 1, 150);
        venue.Status = _ => 200;
        venue.Run(70_000); // The budget fills again within a minute.
        Assert.Equal(SessionState.Up, venue.Session.Status.State);
    }

    [Fact]
    public void Market_data_alone_needs_no_account()
    {
        FakeVenue venue = new(hasAccount: false);
        venue.Command(new VenueCommand.Subscribe(Mids: true, ["BTC"], []));
        venue.Start().Run(5_000);
        Assert.Equal(1, venue.Ups);
        venue.Frame("""{"channel":"allMids","data":{"mids":{"BTC":"50000.5","@1":"3.0"}}}""");
        Assert.Equal([("BTC", 50_000.5)], venue.Mids);
        Assert.DoesNotContain(venue.Requests, r => r.Body.Contains("user", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_first_prices_of_a_market_that_stands_still_are_told_however_late_metadata_comes(bool hasAccount)
    {
        FakeVenue venue = new(hasAccount: hasAccount) { RestMs = 500, SendsFirstPrices = true };
        venue.Command(new VenueCommand.Subscribe(Mids: true, ["BTC"], []));
        venue.Start().Run(5_000);
        Assert.Equal([("BTC", 50_000.5), ("BTC", 50_000.0)], venue.Mids);
    }

    [Fact]
    public void Reconnected_at_any_moment_it_comes_up_again_and_loses_nothing()
    {
        for (int at = 1; at < 200; at += 7)
        {
            FakeVenue venue = new FakeVenue().Start();
            venue.Trade(FakeVenue.Epoch + 1);
            venue.Run(at);
            venue.Cut();
            venue.Trade(FakeVenue.Epoch + at + 1, isStreamed: false);
            venue.Run(10_000);
            Assert.Equal(SessionState.Up, venue.Session.Status.State);
            Assert.Equal(2, venue.Told.Count());
            Assert.Equal(Enumerable.Range(1, venue.Ups), venue.Events.OfType<VenueEvent.SessionUp>().Select(e => e.Epoch));
        }
    }

    [Fact]
    public void Pings_every_fifteen_seconds_and_gives_up_ten_after_one_unanswered()
    {
        FakeVenue venue = new FakeVenue().Start();
        venue.Run(70_000);
        Assert.Equal(4, venue.Messages.Count(m => m.Text.Contains("ping", StringComparison.Ordinal)));
        Assert.Equal(1, venue.Ups);
        venue.AnswersPings = false;
        venue.Run(26_000);
        Assert.Contains(venue.Events, e => e is VenueEvent.SessionDown { Reason: "no answer to a ping" });
        venue.AnswersPings = true;
        venue.Run(10_000);
        Assert.Equal(2, venue.Ups);
    }

    [Fact]
    public void Pauses_grow_to_their_bound_with_jitter_and_repeat_with_the_seed()
    {
        SessionSettings settings = new() { BackoffMinMs = 1_000, BackoffMaxMs = 8_000 };
        long[] Pauses(ulong seed)
        {
            FakeVenue venue = new(settings with { JitterSeed = seed }) { RefusesSockets = true };
            venue.Start().Run(120_000);
            return [.. venue.Events.OfType<VenueEvent.SessionDown>().Select(e => e.RetryInMs)];
        }

        long[] pauses = Pauses(1);
        for (int i = 0; i < pauses.Length; i++)
        {
            long full = Math.Min(8_000, 1_000L << Math.Min(i, 10));
            Assert.InRange(pauses[i], full / 2, full);
        }

        Assert.Equal(pauses, Pauses(1));
        Assert.NotEqual(pauses, Pauses(2));
    }

    [Fact]
    public void Never_more_connections_a_minute_than_the_budget()
    {
        SessionSettings settings = new()
        {
            BackoffMinMs = 10,
            BackoffMaxMs = 20,
            MaxConnectionsPerMinute = 30,
        };
        FakeVenue venue = new(settings) { RefusesSockets = true };
        venue.Start().Run(300_000);
        Assert.True(venue.Opens.Count > 100);
        for (int i = 30; i < venue.Opens.Count; i++)
        {
            Assert.True(venue.Opens[i] - venue.Opens[i - 30] >= 60_000);
        }
    }

    [Fact]
    public void Over_the_limit_the_account_and_mids_come_first_and_the_rest_is_named()
    {
        FakeVenue venue = new(new SessionSettings { MaxSubscriptions = 7 });
        venue.Command(
            new VenueCommand.Subscribe(
                Mids: true,
                ["BTC", "ETH", "SOL"],
                [("BTC", Interval.Parse("1m")), ("SOL", Interval.Parse("1h"))]
            )
        );
        venue.Start().Run(5_000);
        Assert.Equal(7, venue.Messages.Count(m => m.Text.Contains("\"subscribe\"", StringComparison.Ordinal)));
        Assert.Equal(7, venue.Session.Status.Subscribed);
        Assert.Equal(3, venue.Session.Status.Refused);
        VenueEvent.Noted noted = Assert.Single(venue.Events.OfType<VenueEvent.Noted>());
        Assert.Equal("subscriptions_refused", noted.Code);
        Assert.Contains("bbo:SOL", noted.Text, StringComparison.Ordinal);
        Assert.Contains("candle:BTC:1m", noted.Text, StringComparison.Ordinal);
        Assert.Equal(1, venue.Ups);
    }

    [Fact]
    public void A_thousand_streams_leave_at_the_allowed_rate()
    {
        SessionSettings settings = new() { MaxMessagesPerMinute = 300 };
        FakeVenue venue = new(settings, hasAccount: false);
        venue.Symbols.AddRange(Enumerable.Range(0, 1_200).Select(i => $"S{i}"));
        venue.Command(new VenueCommand.Subscribe(Mids: false, venue.Symbols, []));
        venue.Start().Run(400_000);
        Assert.Equal(1_000, venue.Session.Status.Subscribed);
        long[] sent = [.. venue.Messages.Where(m => !m.Text.Contains("ping", StringComparison.Ordinal)).Select(m => m.AtMs)];
        for (int i = 300; i < sent.Length; i++)
        {
            Assert.True(sent[i] - sent[i - 300] >= 60_000);
        }
    }

    [Fact]
    public void What_is_wanted_no_more_is_unsubscribed_and_the_rest_stays()
    {
        FakeVenue venue = new FakeVenue(hasAccount: false).Start();
        venue.Command(new VenueCommand.Subscribe(Mids: false, ["BTC", "ETH"], []));
        venue.Run(1_000);
        venue.Command(new VenueCommand.Subscribe(Mids: false, ["ETH", "SOL"], []));
        venue.Run(1_000);
        string[] sent = [.. venue.Messages.Select(m => m.Text)];
        Assert.Equal(4, sent.Length);
        Assert.Contains(
            sent,
            t => t.Contains("unsubscribe", StringComparison.Ordinal) && t.Contains("BTC", StringComparison.Ordinal)
        );
        Assert.Equal(2, venue.Session.Status.Subscribed);
    }

    [Fact]
    public void A_silent_stream_is_told_stale_and_alive_again()
    {
        FakeVenue venue = new(hasAccount: false);
        venue.Command(new VenueCommand.Subscribe(Mids: true, [], []));
        venue.Start().Run(1_000);
        venue.Run(11_500);
        VenueEvent.StreamAged stale = Assert.Single(venue.Events.OfType<VenueEvent.StreamAged>());
        Assert.True(stale is { Channel: VenueChannel.Mids, IsStale: true });
        Assert.InRange(stale.AgeMs, 10_000, 11_500);
        venue.Frame("""{"channel":"allMids","data":{"mids":{"BTC":"1.0"}}}""");
        venue.Run(1_500);
        Assert.False(venue.Events.OfType<VenueEvent.StreamAged>().Last().IsStale);
    }

    [Fact]
    public void A_stream_that_was_stale_when_the_socket_ended_is_told_alive_when_it_begins_anew()
    {
        FakeVenue venue = new(hasAccount: false);
        venue.Command(new VenueCommand.Subscribe(Mids: true, [], []));
        venue.Start().Run(12_500);
        Assert.True(Assert.Single(venue.Events.OfType<VenueEvent.StreamAged>()).IsStale);
        venue.Cut();
        venue.Run(5_000);
        Assert.Equal(2, venue.Ups);
        Assert.Equal([true, false], venue.Events.OfType<VenueEvent.StreamAged>().Select(aged => aged.IsStale));
        venue.Run(11_000);
        Assert.True(venue.Events.OfType<VenueEvent.StreamAged>().Last().IsStale);
    }

    [Fact]
    public void The_accounts_streams_are_stale_when_neither_they_nor_rest_speak()
    {
        FakeVenue venue = new FakeVenue().Start();
        venue.Run(2_000);
        venue.Run(300_000);
        Assert.DoesNotContain(venue.Events, e => e is VenueEvent.StreamAged);
        venue.Status = _ => 503;
        venue.Run(130_000);
        Assert.Contains(venue.Events, e => e is VenueEvent.StreamAged { Channel: VenueChannel.Fills, IsStale: true });
        Assert.Equal(1, venue.Ups);
    }

    [Fact]
    public void Garbage_is_counted_noted_and_in_the_end_ends_the_connection()
    {
        FakeVenue venue = new FakeVenue().Start();
        venue.Run(2_000);
        for (int i = 0; i < 19; i++)
        {
            venue.Frame("{\"channel\":\"userFills\",\"data\":{");
        }

        Assert.Equal(19, venue.Session.Status.DecodeRefused);
        Assert.Single(venue.Events.OfType<VenueEvent.Noted>());
        Assert.Equal(SessionState.Up, venue.Session.Status.State);
        venue.Frame("[");
        Assert.NotEqual(SessionState.Up, venue.Session.Status.State);
        venue.Run(5_000);
        Assert.Equal(2, venue.Ups);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        SessionSettings good = new();
        foreach (
            SessionSettings bad in new[]
            {
                good with
                {
                    WeightShare = 0.0,
                },
                good with
                {
                    WeightShare = 1.5,
                },
                good with
                {
                    WeightShare = 0.05,
                },
                good with
                {
                    MaxSubscriptions = 1_001,
                },
                good with
                {
                    MaxConnectionsPerMinute = 31,
                },
                good with
                {
                    BackoffMinMs = 60_000,
                },
                good with
                {
                    KeyWindowMs = 1_000,
                },
                good with
                {
                    MaxInFlight = 0,
                },
            }
        )
        {
            Assert.Throws<ArgumentException>(() => new HyperliquidSession(bad));
        }
    }

    [Fact]
    public void An_order_that_vanished_from_the_list_is_asked_about_before_its_end_is_told()
    {
        FakeVenue venue = new();
        venue.OpenOrders.Add(Order(77));
        venue.Start().Run(2_000);
        Assert.Contains(venue.Events, e => e is VenueEvent.OrderChanged { Order: { VenueId: 77, Phase: OrderPhase.Open } });
        venue.Cut();
        venue.OpenOrders.Clear();
        venue.Run(5_000);
        Assert.Contains(venue.Requests, r => r.Body.Contains("orderStatus", StringComparison.Ordinal));
        Assert.DoesNotContain(venue.Events, e => e is VenueEvent.OrderChanged { Order.Phase: OrderPhase.Cancelled });
        venue.Statuses[77] =
            $$$"""{"status":"order","order":{"order":{{{Order(77)}}},"status":"canceled","statusTimestamp":1700000003000}}""";
        venue.Run(65_000);
        Assert.Contains(venue.Events, e => e is VenueEvent.OrderChanged { Order: { VenueId: 77, Phase: OrderPhase.Cancelled } });
    }

    [Fact]
    public void Instruments_are_told_at_first_and_when_they_change()
    {
        FakeVenue venue = new(new SessionSettings { MetaEveryMs = 60_000 }, hasAccount: false);
        venue.Start().Run(130_000);
        VenueEvent.InstrumentsAnswered first = Assert.Single(venue.Events.OfType<VenueEvent.InstrumentsAnswered>());
        InstrumentSpec btc = first.Instruments[0];
        Assert.Equal(
            ("BTC", 3, 3, 5, 10.0),
            (btc.Symbol, btc.SizeDecimals, btc.MaxPriceDecimals, btc.PriceSignificantFigures, btc.MinNotionalUsd)
        );
        Assert.Equal([new LeverageTier(0, 40), new LeverageTier(150e6, 20)], btc.Tiers);
        Assert.Equal([new LeverageTier(0, 40)], first.Instruments[1].Tiers);
        venue.Delisted.Add("ETH");
        venue.Run(61_000);
        Assert.Equal(
            ["BTC", "SOL"],
            venue.Events.OfType<VenueEvent.InstrumentsAnswered>().Last().Instruments.Select(i => i.Symbol)
        );
    }

    private static string Order(long oid) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"coin":"BTC","side":"B","limitPx":"100.0","sz":"1.0","oid":{{{oid}}},"timestamp":1700000000500,"origSz":"1.0"}"""
        );
}
