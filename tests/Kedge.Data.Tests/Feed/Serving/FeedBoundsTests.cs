using Kedge.Data.Feed.Serving;

namespace Kedge.Data.Tests.Feed.Serving;

/// <summary>Every bound of the server, and what happens at it.</summary>
public sealed class FeedBoundsTests
{
    private static readonly long[] None = [-1, -1, -1, -1, -1];

    [Fact]
    public void A_greeting_must_come_and_be_right()
    {
        ServedWorld world = new();
        ServedWorld.Talker silent = world.Connect();
        Assert.Equal(world.Now.MonotonicMs + 5_000, world.Server.NextDueMs(world.Now));
        world.Pass(5_000);
        Ended(silent, FeedRefusal.GreetingTimeout);

        ServedWorld.Talker old = world.Connect();
        old.Say(FeedRequests.Hello(1, "x", version: 9));
        Ended(old, FeedRefusal.BadVersion);

        ServedWorld.Talker stranger = world.Connect();
        stranger.Say("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8);
        Ended(stranger, FeedRefusal.BadLength);

        ServedWorld.Talker hasty = world.Connect();
        hasty.Say(FeedRequests.Plain(FeedMessage.AskHealth, 1));
        Ended(hasty, FeedRefusal.BadGreeting);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(15u)]
    [InlineData(65_537u)]
    [InlineData(uint.MaxValue)]
    public void A_message_too_short_or_too_long_is_refused_as_soon_as_its_length_is_known(uint length)
    {
        ServedWorld world = new();
        ServedWorld.Talker talker = world.Subscriber(FeedChannels.Mids);
        talker.Say(BitConverter.GetBytes(length));
        Ended(talker, FeedRefusal.BadLength);
    }

    [Fact]
    public void A_message_may_come_in_any_pieces_but_not_for_ever()
    {
        ServedWorld world = new();
        ServedWorld.Talker talker = world.Connect();
        byte[] all =
        [
            .. FeedRequests.Hello(1, "test"),
            .. FeedRequests.Plain(FeedMessage.AskHealth, 5),
            .. FeedRequests.Plain(FeedMessage.AskHealth, 6),
        ];
        foreach (byte b in all)
        {
            talker.Say([b]);
        }

        Assert.Equal([FeedMessage.Welcome, FeedMessage.Health, FeedMessage.Health], talker.Hear());
        talker.Say(all.AsSpan(0, 10));
        world.Pass(9_999);
        Assert.False(talker.IsOver);
        world.Pass(1);
        Ended(talker, FeedRefusal.HalfMessage);
    }

    [Fact]
    public void Too_many_clients_are_refused_and_a_place_that_is_free_is_given()
    {
        ServedWorld world = new(ServedWorld.Small with { MaxClients = 2 });
        ServedWorld.Talker first = world.Subscriber(FeedChannels.Mids);
        world.Subscriber(FeedChannels.Mids);
        Ended(world.Connect(), FeedRefusal.TooManyClients);
        first.Say(FeedRequests.Plain(FeedMessage.Bye, 9));
        Assert.True(first.IsOver);
        ServedWorld.Talker next = world.Connect();
        next.Greet();
        Assert.Equal([FeedMessage.Welcome], next.Hear());
    }

    [Fact]
    public void Another_user_is_refused() => Ended(new ServedWorld().Connect(isSameUser: false), FeedRefusal.OtherUser);

    [Fact]
    public void Requests_that_are_not_answered_are_bounded()
    {
        ServedWorld world = new();
        ServedWorld.Talker talker = world.Connect();
        talker.Greet();
        for (uint i = 0; i < 33; i++)
        {
            talker.Say(FeedRequests.Poll(i + 2, FeedChannels.Mids, [], 0, 7, [0, 0, 0, 0, 0], 60_000));
        }

        talker.Hear();
        Assert.Equal(FeedRefusal.TooManyRequests, talker.Refusal());
        Assert.False(talker.IsOver);
        world.Mid("BTC", 1);
        Assert.Equal(32, talker.Hear().Count(k => k == FeedMessage.Answer));
    }

    [Fact]
    public void Symbols_a_client_may_name_are_bounded()
    {
        ServedWorld world = new(ServedWorld.Small with { MaxNamed = 30 });
        ServedWorld.Talker talker = world.Connect();
        talker.Greet();
        string[] names = [.. Enumerable.Range(0, 9).Select(i => $"S{i}")];
        talker.Say(FeedRequests.Subscribe(2, FeedChannels.Mids | FeedChannels.Quotes | FeedChannels.Candles, names, 1, 0, None));
        talker.Hear();
        Assert.Null(talker.Refusal());
        talker.Say(FeedRequests.Subscribe(3, FeedChannels.Mids, ["A", "B", "C"], 1, 0, None));
        talker.Hear();
        Assert.Null(talker.Refusal());
        talker.Say(FeedRequests.Subscribe(4, FeedChannels.Mids, ["D"], 1, 0, None));
        talker.Hear();
        Assert.Equal(FeedRefusal.TooManySymbols, talker.Refusal());
    }

    [Fact]
    public void Symbols_the_server_tells_of_are_bounded_and_the_rest_is_counted()
    {
        ServedWorld world = new(ServedWorld.Small with { MaxSymbols = 3 });
        ServedWorld.Talker talker = world.Subscriber(FeedChannels.Mids);
        for (int i = 0; i < 5; i++)
        {
            world.Mid($"S{i}", 1);
        }

        world.Mid(new string('x', 40), 1);
        talker.Say(FeedRequests.Plain(FeedMessage.AskHealth, 3));
        talker.Hear();
        Assert.Equal(3, talker.Heard.Mids.Length);
        Assert.Equal(3, talker.Heard.Of<FeedHealth>().Last().LeftOut);
    }

    [Fact]
    public void Who_reads_nothing_is_let_go_and_answers_do_not_pile_up()
    {
        ServedWorld world = new();
        ServedWorld.Talker stuck = world.Subscriber(FeedChannels.Mids);
        ServedWorld.Talker other = world.Subscriber(FeedChannels.Health);
        world.Mid("BTC", 1);
        world.Pass(29_999);
        Assert.False(world.Server.IsDead(stuck.Id));
        world.Pass(1);
        Assert.True(world.Server.IsDead(stuck.Id));
        other.Hear();
        Assert.Contains(new FeedRefusalCount(FeedRefusal.Stalled, 1), other.Heard.Of<FeedHealth>().Last().Refusals);

        ServedWorld.Talker flood = world.Subscriber(FeedChannels.Mids);
        for (uint i = 0; i < 99; i++)
        {
            flood.Say(Convert.FromHexString("100000007F0000000900000000000000"));
        }

        world.Server.Fill(flood.Id, new byte[FeedServer.FillBytes], world.Now);
        flood.Say(Convert.FromHexString("100000007F0000000900000000000000"));
        flood.Say(Convert.FromHexString("100000007F0000000900000000000000"));
        Ended(flood, FeedRefusal.TooManyRefusals);

        ServedWorld narrow = new(ServedWorld.Small with { MaxAnswerBytes = 1_024 });
        ServedWorld.Talker deaf = narrow.Subscriber(FeedChannels.Mids);
        for (uint i = 0; i < 50; i++)
        {
            deaf.Say(Convert.FromHexString("100000007F0000000900000000000000"));
        }

        Ended(deaf, FeedRefusal.TooManyAnswers);
    }

    [Fact]
    public void Who_asks_nothing_and_subscribed_nothing_is_let_go_but_a_subscriber_is_not()
    {
        ServedWorld world = new();
        ServedWorld.Talker idle = world.Connect();
        idle.Greet();
        idle.Hear();
        ServedWorld.Talker quiet = world.Subscriber(FeedChannels.Mids);
        for (int i = 0; i < 300; i++)
        {
            world.Pass(1_000);
            quiet.Hear();
        }

        Ended(idle, FeedRefusal.Idle);
        Assert.False(quiet.IsOver);
        Assert.Equal(150, quiet.Frames.Count(f => f[4] == (byte)FeedMessage.Beat));
    }

    [Fact]
    public void Requests_without_their_form_are_refused_and_the_connection_goes_on()
    {
        ServedWorld world = new();
        ServedWorld.Talker talker = world.Subscriber(FeedChannels.Mids);
        byte[] good = FeedRequests.Subscribe(3, FeedChannels.Mids, ["BTC"], 1, 0, None);
        Bad(talker, [.. FeedRequests.Plain(FeedMessage.AskHealth, 3)], b => b[5] = 1);
        Bad(talker, good, b => b[16] = 0);
        Bad(talker, good, b => b[16] = 0x20);
        Bad(talker, good, b => b[17] = 1);
        Bad(talker, good, b => b[20] = 2);
        Bad(talker, good, b => b[72] = 0);
        Bad(talker, good, b => b[73] = 0xFF);
        Bad(talker, FeedRequests.Poll(3, FeedChannels.Mids, [], 0, 7, [0, 0, 0, 0, 0], 60), b => b[79] = 1);
        world.Mid("BTC", 1);
        talker.Hear();
        Assert.Single(talker.Heard.Mids);
    }

    [Fact]
    public void Clients_are_told_that_the_server_stops()
    {
        ServedWorld world = new();
        ServedWorld.Talker talker = world.Subscriber(FeedChannels.Mids);
        world.Server.Stop(world.Now);
        Ended(talker, FeedRefusal.Stopping);
    }

    private static void Bad(ServedWorld.Talker talker, byte[] good, Action<byte[]> spoil)
    {
        byte[] bad = [.. good];
        spoil(bad);
        talker.Frames.Clear();
        talker.Say(bad);
        talker.Hear();
        Assert.Equal(FeedRefusal.BadRequest, talker.Refusal());
        Assert.False(talker.IsOver);
    }

    private static void Ended(ServedWorld.Talker talker, FeedRefusal reason)
    {
        talker.Hear();
        Assert.Equal(reason, talker.Refusal());
        Assert.True(talker.IsOver);
    }
}
