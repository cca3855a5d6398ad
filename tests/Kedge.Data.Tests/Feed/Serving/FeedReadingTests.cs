using Kedge.Data.Feed.Serving;

namespace Kedge.Data.Tests.Feed.Serving;

/// <summary>Each client reads at its own place: nothing is taken from anybody, what is left out is told, and ages are those of each symbol.</summary>
public sealed class FeedReadingTests
{
    private static readonly long[] Start = [0, 0, 0, 0, 0];

    [Fact]
    public void A_client_too_slow_is_told_what_it_lacks_and_another_misses_nothing()
    {
        ServedWorld world = new();
        ServedWorld.Talker quick = world.Subscriber(FeedChannels.Mids);
        ServedWorld.Talker slow = world.Subscriber(FeedChannels.Mids);
        for (int i = 1; i <= 300; i++)
        {
            world.Mid(i % 3 == 0 ? "ETH" : "BTC", i);
            quick.Hear();
        }

        slow.Hear();
        Assert.Equal(
            new FeedShed(FeedChannels.Mids, FeedShedReason.TooSlow, 300, 1, 300),
            Assert.Single(slow.Heard.Of<FeedShed>())
        );
        Assert.Equal([("BTC", 299.0), ("ETH", 300.0)], slow.Heard.Mids.Select(m => (m.Symbol, m.Price.Mid)));
        Assert.Equal(Enumerable.Range(1, 300).Select(i => (long)i), quick.Heard.Mids.Select(m => m.Price.Sequence));
        Assert.Empty(quick.Heard.Of<FeedShed>());

        // It goes on with what comes next.
        world.Mid("BTC", 301);
        slow.Hear();
        Assert.Equal((301.0, 301L), (slow.Heard.Mids[^1].Price.Mid, slow.Heard.Mids[^1].Price.Sequence));
        Assert.Equal(1, HealthOf(world).Sheds);
    }

    [Fact]
    public void A_client_too_slow_again_and_again_is_let_go()
    {
        ServedWorld world = new(ServedWorld.Small with { MaxShedsPerMinute = 3 });
        ServedWorld.Talker slow = world.Subscriber(FeedChannels.Mids);
        for (int round = 1; round <= 4; round++)
        {
            Assert.False(slow.IsOver);
            for (int i = 0; i < 300; i++)
            {
                world.Mid("BTC", i + 1);
            }

            slow.Hear();
        }

        Assert.Equal(FeedRefusal.TooSlow, slow.Refusal());
        Assert.True(slow.IsOver);
    }

    [Fact]
    public void A_client_that_reads_nothing_is_let_go_and_counted()
    {
        ServedWorld world = new();
        ServedWorld.Talker stuck = world.Subscriber(FeedChannels.Mids);
        world.Mid("BTC", 1);
        world.Pass(29_999);
        Assert.False(stuck.IsOver);
        world.Pass(1);
        Assert.True(stuck.IsOver);
        Assert.Equal([new FeedRefusalCount(FeedRefusal.Stalled, 1)], HealthOf(world).Refusals);
    }

    [Fact]
    public void Two_clients_read_the_same_each_at_its_own_place()
    {
        ServedWorld world = new();
        ServedWorld.Talker early = world.Subscriber(FeedChannels.Mids | FeedChannels.Candles);
        for (int i = 1; i <= 10; i++)
        {
            world.Mid("BTC", i);
            world.Candle("BTC", ServedWorld.StartWallMs + (i * 60_000), i);
            early.Hear();
        }

        ServedWorld.Talker late = world.Connect();
        late.Greet();
        late.Say(FeedRequests.Subscribe(2, FeedChannels.Mids | FeedChannels.Candles, [], 32, 7, Start));
        late.Hear();
        Assert.Equal(10, early.Heard.Mids.Length);
        Assert.Equal(early.Heard.Mids, late.Heard.Mids);
        Assert.Equal(early.Heard.Candles, late.Heard.Candles);
    }

    [Fact]
    public void Who_connects_again_goes_on_where_it_was()
    {
        ServedWorld world = new();
        for (int i = 1; i <= 10; i++)
        {
            world.Mid("BTC", i);
        }

        ServedWorld.Talker again = world.Connect();
        again.Greet();
        again.Say(FeedRequests.Subscribe(2, FeedChannels.Mids, [], 0, 7, [4, -1, -1, -1, -1]));
        again.Hear();
        Assert.Equal([5L, 6, 7, 8, 9, 10], again.Heard.Mids.Select(m => m.Price.Sequence));
        Assert.Equal((FeedChannels.None, false), Answer(again));
        Assert.Empty(again.Heard.Of<FeedShed>());
    }

    [Fact]
    public void Who_was_away_for_too_long_is_told_what_it_lacks()
    {
        ServedWorld world = new();
        for (int i = 1; i <= 300; i++)
        {
            world.Mid("BTC", i);
        }

        ServedWorld.Talker again = world.Connect();
        again.Greet();
        again.Say(FeedRequests.Subscribe(2, FeedChannels.Mids, [], 0, 7, [4, -1, -1, -1, -1]));
        again.Hear();
        Assert.Equal(
            new FeedShed(FeedChannels.Mids, FeedShedReason.Away, 296, 5, 300),
            Assert.Single(again.Heard.Of<FeedShed>())
        );
        Assert.Equal(300L, Assert.Single(again.Heard.Mids).Price.Sequence);
        Assert.Equal((FeedChannels.Mids, false), Answer(again));
    }

    [Fact]
    public void A_server_started_anew_says_that_cursors_begin_anew()
    {
        ServedWorld world = new(instance: 8);
        world.Mid("BTC", 1);
        world.Mid("BTC", 2);
        ServedWorld.Talker client = world.Connect();
        client.Greet();
        client.Say(FeedRequests.Subscribe(2, FeedChannels.Mids, [], 0, instance: 7, [1, -1, -1, -1, -1]));
        client.Hear();
        Assert.Equal((FeedChannels.Mids, false), Answer(client));
        Assert.Equal((8UL, true), client.Heard.Of<FeedHello>().Select(h => (h.Instance, h.IsNewInstance)).Single());
        Assert.Equal(2.0, Assert.Single(client.Heard.Mids).Price.Mid);
    }

    [Fact]
    public void The_age_of_a_symbol_that_froze_grows_while_others_tick()
    {
        ServedWorld world = new();
        foreach (string symbol in (string[])["FROZEN", "SAME", "TICKS"])
        {
            world.Mid(symbol, 1);
            world.Quote(symbol, 1, 2);
        }

        for (int i = 1; i <= 60; i++)
        {
            world.Pass(1_000);
            world.Mid("SAME", 1);
            world.Quote("SAME", 1, 2);
            world.Mid("TICKS", 1 + i);
            world.Quote("TICKS", 1, 2 + i);
            ServedWorld.Talker reader = world.Connect();
            reader.Greet();
            reader.Say(FeedRequests.Snapshot(2, FeedChannels.Mids | FeedChannels.Quotes, [], 0));
            reader.Hear();
            (string, long, long)[] ages = [("FROZEN", i * 1_000L, i * 1_000L), ("SAME", 0, i * 1_000L), ("TICKS", 0, 0)];
            Assert.Equal(ages, reader.Heard.Mids.Select(m => (m.Symbol, m.Price.ReceivedAgeMs, m.Price.ChangedAgeMs)));
            Assert.Equal(ages, reader.Heard.Quotes.Select(q => (q.Symbol, q.Quote.ReceivedAgeMs, q.Quote.ChangedAgeMs)));
            world.Server.Disconnected(reader.Id);
        }
    }

    [Fact]
    public void A_long_poll_ends_with_news_of_its_symbols_or_when_its_time_is_over()
    {
        ServedWorld world = new();
        ServedWorld.Talker client = world.Connect();
        client.Greet();
        client.Hear();
        client.Say(FeedRequests.Poll(2, FeedChannels.Mids, ["BTC"], 0, 7, Start, 5_000));
        world.Mid("ETH", 1);
        Assert.DoesNotContain(FeedMessage.Answer, client.Hear());
        world.Pass(1_000);
        world.Mid("BTC", 2);
        Assert.Equal(FeedMessage.Answer, client.Hear()[^1]);
        Assert.Equal(("BTC", 2.0), client.Heard.Mids.Select(m => (m.Symbol, m.Price.Mid)).Single());
        Assert.Equal((FeedChannels.None, false), Answer(client));

        client.Say(FeedRequests.Poll(3, FeedChannels.Mids, ["BTC"], 0, 7, [2, 0, 0, 0, 0], 5_000));
        world.Mid("ETH", 3);
        Assert.Empty(client.Hear());
        world.Pass(4_999);
        Assert.Empty(client.Hear());
        Assert.Equal(world.Now.MonotonicMs + 1, world.Server.NextDueMs(world.Now));
        world.Pass(1);
        Assert.Equal([FeedMessage.Answer], client.Hear());
        Assert.Equal((FeedChannels.None, true), Answer(client));
    }

    private static FeedHealth HealthOf(ServedWorld world)
    {
        ServedWorld.Talker client = world.Connect();
        client.Greet();
        client.Say(FeedRequests.Plain(FeedMessage.AskHealth, 2));
        client.Hear();
        return Assert.Single(client.Heard.Of<FeedHealth>());
    }

    /// <summary>Channels that begin anew, and whether time was over, of the last answer.</summary>
    private static (FeedChannels Reset, bool IsTimedOut) Answer(ServedWorld.Talker client)
    {
        byte[] frame = client.Frames.Last(f => f[4] == (byte)FeedMessage.Answer);
        return ((FeedChannels)frame[FeedProtocol.FrameHeaderBytes + 2], frame[FeedProtocol.FrameHeaderBytes + 3] != 0);
    }
}
