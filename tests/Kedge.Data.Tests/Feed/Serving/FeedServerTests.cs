using Kedge.Data.Feed;
using Kedge.Data.Feed.Serving;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Tests.Feed.Serving;

/// <summary>What clients of a feed may rely on, under virtual time.</summary>
public sealed class FeedServerTests
{
    private const long T0 = 1_699_999_980_000;
    private static readonly long[] None = [-1, -1, -1, -1, -1];

    [Fact]
    public void A_symbol_that_stands_still_grows_old_while_others_move()
    {
        ServedWorld world = new();
        world.Mid("OLD", 1);
        world.Mid("SAME", 5);
        for (int i = 0; i < 30; i++)
        {
            world.Pass(1_000);
            world.Mid("LIVE", 100 + i);
            world.Mid("SAME", 5);
        }

        world.Pass(400);
        ServedWorld.Talker talker = world.Connect();
        talker.Greet();
        talker.Say(FeedRequests.Snapshot(2, FeedChannels.Mids, [], 1));
        talker.Hear();
        Dictionary<string, FeedPrice> prices = talker.Heard.Mids.ToDictionary(m => m.Symbol, m => m.Price);
        Assert.Equal((30_400, 30_400), (prices["OLD"].ReceivedAgeMs, prices["OLD"].ChangedAgeMs));
        Assert.Equal((400, 400), (prices["LIVE"].ReceivedAgeMs, prices["LIVE"].ChangedAgeMs));
        Assert.Equal((400, 30_400), (prices["SAME"].ReceivedAgeMs, prices["SAME"].ChangedAgeMs));
    }

    [Fact]
    public void A_client_that_slept_does_not_take_old_values_for_fresh()
    {
        ServedWorld world = new();
        ServedWorld.Talker talker = world.Subscriber(FeedChannels.Mids);
        world.Mid("BTC", 1);
        talker.Hear();
        world.Mid("BTC", 2);
        byte[] buffer = new byte[FeedServer.FillBytes];
        int bytes = world.Server.Fill(talker.Id, buffer, world.Now);
        Assert.Null(talker.Reader.Read(buffer.AsSpan(0, bytes), world.Now.MonotonicMs + 5_000));
        Assert.Equal([0, 5_000], talker.Heard.Mids.Select(m => m.Price.ReceivedAgeMs));
    }

    [Fact]
    public void Reading_takes_nothing_away_from_others()
    {
        ServedWorld world = new();
        ServedWorld.Talker[] talkers =
        [
            .. Enumerable.Range(0, 3).Select(_ => world.Subscriber(FeedChannels.Mids | FeedChannels.Candles)),
        ];
        for (int i = 0; i < 100; i++)
        {
            world.Mid(i % 2 == 0 ? "BTC" : "ETH", i);
            world.Candle("BTC", T0 + (i * 60_000L), i);
            if (i % 7 == 0)
            {
                talkers[0].Hear();
            }
        }

        foreach (ServedWorld.Talker talker in talkers)
        {
            talker.Hear();
            Assert.Equal(Enumerable.Range(1, 100).Select(i => (long)i), talker.Heard.Mids.Select(m => m.Price.Sequence));
            Assert.Equal(Enumerable.Range(1, 100).Select(i => (long)i), talker.Heard.Candles.Select(c => c.Sequence));
        }
    }

    [Fact]
    public void Who_falls_behind_is_told_and_gets_the_current_values_and_others_do_not_notice()
    {
        ServedWorld world = new();
        ServedWorld.Talker slow = world.Subscriber(FeedChannels.Mids);
        ServedWorld.Talker quick = world.Subscriber(FeedChannels.Mids);
        for (int i = 1; i <= 300; i++)
        {
            world.Mid(i == 1 ? "OLD" : "BTC", i);
            quick.Hear();
        }

        slow.Hear();
        Assert.Equal(
            new FeedShed(FeedChannels.Mids, FeedShedReason.TooSlow, 300, 1, 300),
            Assert.Single(slow.Heard.Of<FeedShed>())
        );
        Assert.Equal([("OLD", 1.0), ("BTC", 300.0)], slow.Heard.Mids.Select(m => (m.Symbol, m.Price.Mid)));
        Assert.Equal(300, quick.Heard.Mids.Length);
        Assert.Empty(quick.Heard.Of<FeedShed>());
        world.Mid("BTC", 301);
        slow.Hear();
        Assert.Equal(301, slow.Heard.Mids[^1].Price.Mid);
    }

    [Fact]
    public void Who_falls_behind_again_and_again_is_let_go()
    {
        ServedWorld world = new();
        ServedWorld.Talker slow = world.Subscriber(FeedChannels.Mids);
        for (int round = 0; round < 30 && !slow.IsOver; round++)
        {
            for (int i = 0; i < 300; i++)
            {
                world.Mid("BTC", i);
            }

            slow.Hear();
            world.Pass(100);
        }

        Assert.Equal(FeedRefusal.TooSlow, slow.Refusal());
        Assert.Equal(20, slow.Heard.Of<FeedShed>().Count() - 1);
        Assert.True(slow.IsOver);
    }

    [Fact]
    public void A_cursor_goes_on_where_it_was_and_one_of_another_life_is_reset()
    {
        ServedWorld world = new();
        for (int i = 1; i <= 10; i++)
        {
            world.Mid("BTC", i);
            world.Candle("BTC", T0 + (i * 60_000L), i);
        }

        ServedWorld.Talker again = world.Connect();
        again.Greet();
        again.Say(FeedRequests.Subscribe(2, FeedChannels.Mids | FeedChannels.Candles, [], 32, 7, [6, -1, 8, -1, -1]));
        again.Hear();
        Assert.Equal([7.0, 8.0, 9.0, 10.0], again.Heard.Mids.Select(m => m.Price.Mid));
        Assert.Equal([(9L, false), (10L, false)], again.Heard.Candles.Select(c => (c.Sequence, c.IsSnapshot)));
        Assert.Equal(0, again.Frames.Single(f => f[4] == (byte)FeedMessage.Answer)[34]);

        ServedWorld.Talker other = world.Connect();
        other.Greet();
        other.Say(FeedRequests.Subscribe(2, FeedChannels.Mids | FeedChannels.Candles, [], 32, 999, [6, -1, 8, -1, -1]));
        other.Hear();
        Assert.Equal([10.0], other.Heard.Mids.Select(m => m.Price.Mid));
        Assert.Equal(10, other.Heard.Candles.Count(c => c.IsSnapshot));
        Assert.Equal(5, other.Frames.Single(f => f[4] == (byte)FeedMessage.Answer)[34]);
        Assert.Empty(other.Heard.Of<FeedShed>());
    }

    [Fact]
    public void Who_was_away_for_longer_than_the_server_remembers_is_told()
    {
        ServedWorld world = new();
        for (int i = 1; i <= 500; i++)
        {
            world.Mid("BTC", i);
        }

        ServedWorld.Talker talker = world.Connect();
        talker.Greet();
        talker.Say(FeedRequests.Subscribe(2, FeedChannels.Mids, [], 32, 7, [100, -1, -1, -1, -1]));
        talker.Hear();
        Assert.Equal(
            new FeedShed(FeedChannels.Mids, FeedShedReason.Away, 400, 101, 500),
            Assert.Single(talker.Heard.Of<FeedShed>())
        );
        Assert.Equal([500.0], talker.Heard.Mids.Select(m => m.Price.Mid));
    }

    [Fact]
    public void Only_the_symbols_named_come_known_or_not_yet_known()
    {
        ServedWorld world = new();
        world.Mid("BTC", 1);
        ServedWorld.Talker talker = world.Subscriber(FeedChannels.Mids, "BTC", "NEW");
        for (int i = 0; i < 5; i++)
        {
            world.Mid("ETH", i);
            world.Mid("NEW", i);
        }

        talker.Hear();
        Assert.Equal(["NEW"], talker.Heard.Mids.Select(m => m.Symbol).Distinct());
        Assert.Equal(5, talker.Heard.Mids.Length);
        talker.Say(FeedRequests.Unsubscribe(3, FeedChannels.Mids, ["NEW"]));
        world.Mid("NEW", 9);
        world.Mid("BTC", 9);
        talker.Hear();
        Assert.Equal(("BTC", 9.0), (talker.Heard.Mids[^1].Symbol, talker.Heard.Mids[^1].Price.Mid));
        Assert.Equal(6, talker.Heard.Mids.Length);
    }

    [Fact]
    public void Symbols_added_to_a_subscription_begin_with_what_is_known()
    {
        ServedWorld world = new();
        world.Mid("BTC", 1);
        world.Mid("ETH", 2);
        ServedWorld.Talker talker = world.Subscriber(FeedChannels.Mids, "BTC");
        talker.Say(FeedRequests.Subscribe(3, FeedChannels.Mids, ["ETH"], 32, 0, None));
        talker.Hear();
        Assert.Equal(("ETH", 2.0), (talker.Heard.Mids.Single().Symbol, talker.Heard.Mids.Single().Price.Mid));
    }

    [Fact]
    public void A_snapshot_has_the_newest_bars_of_each_series_revised_in_their_place()
    {
        ServedWorld world = new();
        for (int i = 0; i < 50; i++)
        {
            world.Candle("BTC", T0 + (i * 60_000L), i);
            world.Candle("BTC", T0 + (i * 300_000L), i, interval: "5m");
        }

        world.Candle("BTC", T0 + (48 * 60_000L), 95.5, ServedAs.Revised);
        world.Candle("BTC", T0 - 60_000, 99, ServedAs.Closed);
        ServedWorld.Talker talker = world.Connect();
        talker.Greet();
        talker.Say(FeedRequests.Snapshot(2, FeedChannels.Candles, ["BTC"], 3));
        talker.Hear();
        FeedCandle[] minutes = [.. talker.Heard.Candles.Where(c => c.Interval == ServedWorld.Minute)];
        Assert.Equal([47.0, 95.5, 49.0], minutes.Select(c => c.Bar.Close));
        Assert.Equal(ServedAs.Revised, minutes[1].Kind);
        Assert.Equal(6, talker.Heard.Candles.Length);
        Assert.All(talker.Heard.Candles, c => Assert.True(c.IsSnapshot));

        ServedWorld.Talker all = world.Connect();
        all.Greet();
        all.Say(FeedRequests.Snapshot(2, FeedChannels.Candles, [], 500));
        all.Hear();
        Assert.Equal(32, all.Heard.Candles.Count(c => c.Interval == ServedWorld.Minute));
    }

    [Fact]
    public void Bars_of_the_store_are_in_a_snapshot_and_complete_when_their_minutes_are_known()
    {
        ServedWorld world = new();
        long t = 1_699_999_800_000;
        Interval five = Interval.Parse("5m");
        OpenRange hole = new(t + 360_000, t + 420_000);
        world.Server.Restored(Stored(ServedWorld.Minute, 60_000, t, 10, [hole]), world.Now);
        world.Server.Restored(Stored(five, 300_000, t, 3, []), world.Now);
        ServedWorld.Talker talker = world.Subscriber(FeedChannels.None | FeedChannels.Mids);
        talker.Say(FeedRequests.Snapshot(3, FeedChannels.Candles, [], 32));
        talker.Hear();
        Assert.Equal([true, false, false], talker.Heard.Candles.Where(c => c.Interval == five).Select(c => c.IsComplete));
        Assert.All(talker.Heard.Candles, c => Assert.Equal((BarSource.Store, 0L), (c.Source, c.Sequence)));
    }

    [Fact]
    public void A_poll_waits_until_there_is_something_newer()
    {
        ServedWorld world = new();
        world.Mid("BTC", 1);
        ServedWorld.Talker talker = world.Connect();
        talker.Greet();
        talker.Hear();
        talker.Say(FeedRequests.Poll(2, FeedChannels.Mids, ["BTC"], 0, 7, [1, 0, 0, 0, 0], 10_000));
        Assert.DoesNotContain(FeedMessage.Answer, talker.Hear());
        world.Mid("ETH", 5);
        Assert.DoesNotContain(FeedMessage.Answer, talker.Hear());
        world.Mid("BTC", 2);
        Assert.Contains(FeedMessage.Answer, talker.Hear());
        Assert.Equal(2.0, Assert.Single(talker.Heard.Mids).Price.Mid);
        byte[] answer = talker.Frames.Single(f => f[4] == (byte)FeedMessage.Answer);
        Assert.Equal((5, 1, 0, 0), (answer[32], answer[33], answer[34], answer[35]));
        Assert.Equal(3, BitConverter.ToInt64(answer, 48));
    }

    [Theory]
    [InlineData(0, 50)]
    [InlineData(5_000, 5_000)]
    [InlineData(uint.MaxValue, 120_000)]
    public void A_poll_ends_when_its_time_is_over_within_its_bounds(uint asked, long given)
    {
        ServedWorld world = new();
        ServedWorld.Talker talker = world.Connect();
        talker.Greet();
        talker.Say(FeedRequests.Poll(2, FeedChannels.All, [], 0, 7, [0, 0, 0, 0, 0], asked));
        talker.Hear();
        Assert.Equal(world.Now.MonotonicMs + given, world.Server.NextDueMs(world.Now));
        world.Pass(given - 1);
        Assert.DoesNotContain(FeedMessage.Answer, talker.Hear());
        world.Pass(1);
        Assert.Contains(FeedMessage.Answer, talker.Hear());
        Assert.Equal(1, talker.Frames.Single(f => f[4] == (byte)FeedMessage.Answer)[35]);
    }

    [Fact]
    public void A_poll_with_a_cursor_of_another_life_is_answered_at_once_with_everything()
    {
        ServedWorld world = new();
        world.Mid("BTC", 1);
        world.Candle("BTC", T0, 100);
        ServedWorld.Talker talker = world.Connect();
        talker.Greet();
        talker.Say(FeedRequests.Poll(2, FeedChannels.Mids | FeedChannels.Candles, [], 5, 8, [99, 0, 99, 0, 0], 10_000));
        Assert.Contains(FeedMessage.Answer, talker.Hear());
        Assert.Equal(5, talker.Frames.Single(f => f[4] == (byte)FeedMessage.Answer)[34]);
        Assert.Single(talker.Heard.Mids);
        Assert.Single(talker.Heard.Candles);
    }

    [Fact]
    public void Events_of_the_account_are_told_to_each_who_wants_them_and_remembered()
    {
        ServedWorld world = new();
        ServedWorld.Talker first = world.Subscriber(FeedChannels.Account);
        ServedWorld.Talker without = world.Subscriber(FeedChannels.Mids);
        for (int i = 1; i <= 20; i++)
        {
            world.Server.Told(
                new VenueEvent.FundingPaid(new FundingReport("BTC", i, 1m, 0.0001m, i), AccountCursor.StartingAt(0)),
                world.Now
            );
            first.Hear();
        }

        ServedWorld.Talker late = world.Subscriber(FeedChannels.Mids);
        late.Say(FeedRequests.Subscribe(3, FeedChannels.Account, [], 0, 0, None));
        late.Hear();
        without.Hear();
        Assert.Equal(20, first.Heard.Of<FeedAccountEvent>().Count());
        Assert.Equal(Enumerable.Range(5, 16).Select(i => (decimal)i), late.Heard.Of<FeedAccountEvent>().Select(e => e.AmountUsd));
        Assert.Empty(without.Heard.Of<FeedAccountEvent>());
    }

    [Fact]
    public void What_the_server_could_not_take_in_is_told_to_everybody_who_wants_it()
    {
        ServedWorld world = new();
        world.Mid("BTC", 1);
        ServedWorld.Talker one = world.Subscriber(FeedChannels.Mids | FeedChannels.Health);
        ServedWorld.Talker other = world.Subscriber(FeedChannels.Quotes);
        world.Server.Overrun(FeedChannels.Mids, 12, world.Now);
        one.Hear();
        other.Hear();
        Assert.Equal(new FeedShed(FeedChannels.Mids, FeedShedReason.Overrun, 12, 0, 0), Assert.Single(one.Heard.Of<FeedShed>()));
        Assert.Empty(other.Heard.Of<FeedShed>());
    }

    [Fact]
    public void Everything_of_many_symbols_comes_through_a_buffer_of_one_frame()
    {
        ServedWorld world = new(new FeedServerSettings { CandlesHeld = 65_536 });
        for (int symbol = 0; symbol < 2_000; symbol++)
        {
            string name = $"SYMBOL-WITH-A-LONG-NAME-{symbol}";
            world.Mid(name, symbol + 1);
            for (int i = 0; i < 10; i++)
            {
                world.Candle(name, T0 + (i * 60_000L), i);
            }
        }

        ServedWorld.Talker talker = world.Connect();
        talker.Greet();
        talker.Say(FeedRequests.Subscribe(2, FeedChannels.Mids | FeedChannels.Candles, [], 32, 0, None));
        talker.Hear();
        Assert.Equal(2_000, talker.Heard.Mids.Length);
        Assert.Equal(20_000, talker.Heard.Candles.Length);
        Assert.All(talker.Frames, f => Assert.InRange(f.Length, 32, FeedServer.FillBytes));
    }

    [Fact]
    public void Health_says_which_streams_are_silent_and_for_how_long()
    {
        ServedWorld world = new();
        ServedWorld.Talker talker = world.Subscriber(FeedChannels.Health);
        world.Server.Told(new VenueEvent.SessionUp(1), world.Now);
        world.Server.Told(new VenueEvent.StreamAged(VenueChannel.Mids, null, true, 5_000), world.Now);
        world.Server.Told(new VenueEvent.StreamAged(VenueChannel.Quote, "BTC", true, 7_000), world.Now);
        world.Pass(1_000);
        talker.Hear();
        Assert.Equal([6_000, 8_000], talker.Heard.Of<FeedHealth>().Last().Stale.Select(s => s.AgeMs));
        world.Server.Told(new VenueEvent.StreamAged(VenueChannel.Mids, null, false, 0), world.Now);
        talker.Hear();
        Assert.Equal("BTC", Assert.Single(talker.Heard.Of<FeedHealth>().Last().Stale).Symbol);
        world.Server.Told(new VenueEvent.SessionDown("cable", 100), world.Now);
        talker.Hear();
        FeedHealth down = talker.Heard.Of<FeedHealth>().Last();
        Assert.Equal((false, "cable", 0), (down.IsVenueUp, down.Reason, down.StaleStreams));
    }

    private static StoredSeries Stored(Interval interval, long ms, long from, int count, IReadOnlyList<OpenRange> holes) =>
        new(
            "BTC",
            interval,
            count,
            from,
            from + ((count - 1) * ms),
            holes,
            [],
            null,
            0,
            [.. Enumerable.Range(0, count).Select(i => new VenueCandle(from + (i * ms), 1, 2, 0.5, 1.5, 3, 4))]
        );
}
