using Kedge.Data.Feed;
using Kedge.Data.Feed.Serving;
using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Data.Tests.Feed.Serving;

/// <summary>The bytes of docs/reference/feed-protocol.md, put together by hand from its tables.</summary>
public sealed class FeedProtocolTests
{
    // 1,000 and 1,700,000,000,000.
    private const string Start = "E803000000000000 0068E5CF8B010000";
    private const string Later = "E204000000000000 FA68E5CF8B010000";

    [Fact]
    public void Greeting_and_welcome()
    {
        Equal("1B000000 01 000000 01000000 00000000 4B444746 0100 04 74657374", FeedRequests.Hello(1, "test"));
        ServedWorld world = new();
        ServedWorld.Talker talker = world.Connect();
        talker.Greet();
        talker.Hear();
        Equal(
            "4C000000 81 00 0100 01000000 00000000"
                + Start
                + "4B444746 0100 0000 0700000000000000 0068E5CF8B010000 00000100 D0070000 0B 68797065726C6971756964",
            Assert.Single(talker.Frames)
        );
        FeedHello hello = Assert.Single(talker.Heard.Of<FeedHello>());
        Assert.Equal(new FeedHello(7, true, 1, "hyperliquid", ServedWorld.StartWallMs), hello);
    }

    [Fact]
    public void Requests_with_symbols_and_cursors()
    {
        Equal(
            "50000000 02 000000 02000000 00000000 05 00 2000 02000000 0700000000000000"
                + "0300000000000000 FFFFFFFFFFFFFFFF 0400000000000000 FFFFFFFFFFFFFFFF FFFFFFFFFFFFFFFF 03425443 03455448",
            FeedRequests.Subscribe(2, FeedChannels.Mids | FeedChannels.Candles, ["BTC", "ETH"], 32, 7, [3, -1, 4, -1, -1])
        );
        Equal("18000000 04 000000 03000000 00000000 02 01 0100 00000000", FeedRequests.Snapshot(3, FeedChannels.Quotes, [], 1));
        Equal(
            "1C000000 03 000000 04000000 00000000 01 00 0000 01000000 03425443",
            FeedRequests.Unsubscribe(4, FeedChannels.Mids, ["BTC"])
        );
        Equal(
            "50000000 05 000000 05000000 00000000 01 01 0000 00000000 0700000000000000"
                + "0100000000000000 0000000000000000 0000000000000000 0000000000000000 0000000000000000 E8030000 00000000",
            FeedRequests.Poll(5, FeedChannels.Mids, [], 0, 7, [1, 0, 0, 0, 0], 1_000)
        );
        Equal("10000000 07 000000 06000000 00000000", FeedRequests.Plain(FeedMessage.Bye, 6));
    }

    [Fact]
    public void Mids_with_symbols_and_the_answer_before_them()
    {
        ServedWorld world = new();
        ServedWorld.Talker talker = world.Connect();
        talker.Greet();
        talker.Say(FeedRequests.Subscribe(2, FeedChannels.Mids, [], 32, 0, [-1, -1, -1, -1, -1]));
        talker.Hear();
        Equal(
            "58000000 83 00 0100 02000000 00000000"
                + Start
                + "02 01 01 00 00000000 0700000000000000"
                + string.Concat(Enumerable.Repeat("0000000000000000", 5)),
            talker.Frames[1]
        );
        talker.Frames.Clear();
        world.Mid("BTC", 60_000.5);
        world.Pass(200);
        world.Mid("BTC", 60_000.5);
        world.Pass(50);
        Assert.Equal([FeedMessage.Symbols, FeedMessage.Mids], talker.Hear());
        Equal("26000000 84 00 0100 00000000 00000000" + Later + "0000 03 425443", talker.Frames[0]);
        Equal(
            "70000000 90 00 0200 00000000 00000000"
                + Later
                + "0100000000000000 E803000000000000 0000000000000000 00000000104CED40 00000000 0000 01 00"
                + "0200000000000000 B004000000000000 0000000000000000 00000000104CED40 C8000000 0000 01 00",
            talker.Frames[1]
        );
        Assert.Equal(
            [
                ("BTC", new FeedPrice(60_000.5, 0, 1, 250, 250, FeedSourceKind.Stream)),
                ("BTC", new FeedPrice(60_000.5, 0, 2, 50, 250, FeedSourceKind.Stream)),
            ],
            talker.Heard.Mids
        );
    }

    [Fact]
    public void Quotes_and_candles()
    {
        ServedWorld world = new();
        ServedWorld.Talker talker = world.Subscriber(FeedChannels.Quotes | FeedChannels.Candles);
        world.Quote("BTC", 100.0, 100.5);
        world.Candle("BTC", 1_699_999_980_000, 105, ServedAs.Revised);
        Assert.Equal([FeedMessage.Symbols, FeedMessage.Candles, FeedMessage.Quotes], talker.Hear());
        Equal(
            "78000000 92 00 0100 00000000 00000000"
                + Start
                + "0100000000000000 E803000000000000 E019E5CF8B010000 0000000000005940 0000000000805B40 0000000000805640"
                + "0000000000405A40 0000000000002940 0700000000000000 3C000000 0000 02 03 01 00000000000000",
            talker.Frames[1]
        );
        Equal(
            "50000000 91 00 0100 00000000 00000000"
                + Start
                + "0100000000000000 E803000000000000 FB67E5CF8B010000 0000000000005940 0000000000205940 00000000 0000 01 00",
            talker.Frames[2]
        );
        FeedCandle candle = Assert.Single(talker.Heard.Candles);
        Assert.Equal(
            new FeedCandle(
                "BTC",
                ServedWorld.Minute,
                new VenueCandle(1_699_999_980_000, 100, 110, 90, 105, 12.5, 7),
                true,
                ServedAs.Revised,
                BarSource.Stream,
                1,
                0,
                false
            ),
            candle
        );
        Assert.Equal(
            ("BTC", new FeedQuote(100.0, 100.5, ServedWorld.StartWallMs - 5, 1, 0, 0, FeedSourceKind.Stream)),
            Assert.Single(talker.Heard.Quotes)
        );
    }

    [Fact]
    public void A_fill_for_displays()
    {
        ServedWorld world = new();
        ServedWorld.Talker talker = world.Subscriber(FeedChannels.Account);
        Fill fill = new(11, 12, default, "BTC", true, 1.5m, 2m, 0.01m, -0.25m, 0m, true, false, ServedWorld.StartWallMs);
        world.Server.Told(new VenueEvent.Filled(fill, AccountCursor.StartingAt(0)), world.Now);
        Assert.Equal([FeedMessage.Account], talker.Hear());
        Equal(
            "93000000 93 00 0100 00000000 00000000"
                + Start
                + "0100000000000000 E803000000000000 0068E5CF8B010000 0C00000000000000"
                + "0F000000 00000000 00000000 00000100 02000000 00000000 00000000 00000000"
                + "19000000 00000000 00000000 00000280 01000000 00000000 00000000 00000200"
                + "7300 01 01 00000000 03425443 0666696C6C6564",
            talker.Frames[0]
        );
        Assert.Equal(
            new FeedAccountEvent(
                FeedAccountKind.Filled,
                "BTC",
                true,
                1.5m,
                2m,
                -0.25m,
                0.01m,
                12,
                "filled",
                ServedWorld.StartWallMs,
                1,
                0
            ),
            Assert.Single(talker.Heard.Of<FeedAccountEvent>())
        );
    }

    [Fact]
    public void A_refusal_what_was_left_out_and_a_sign_of_life()
    {
        ServedWorld world = new();
        ServedWorld.Talker talker = world.Subscriber(FeedChannels.Mids);
        talker.Say(Convert.FromHexString("100000007F0000000900000000000000"));
        world.Server.Overrun(FeedChannels.Mids, 5, world.Now);
        Assert.Equal([FeedMessage.Refused, FeedMessage.Shed], talker.Hear());
        Equal(
            "3E000000 82 00 0100 09000000 00000000" + Start + "0700 00 00 1800 7468657265206973206E6F2072657175657374203078 3766",
            talker.Frames[0]
        );
        Equal(
            "40000000 95 00 0100 00000000 00000000"
                + Start
                + "01 03 000000000000 0500000000000000 0000000000000000 0000000000000000",
            talker.Frames[1]
        );
        world.Pass(2_000);
        Assert.Equal([FeedMessage.Beat], talker.Hear());
        Assert.Equal("40000000960001000000000000000000", Convert.ToHexString(talker.Frames[2].AsSpan(0, 16)));
        Assert.Equal(new string('0', 64), Convert.ToHexString(talker.Frames[2].AsSpan(32)));
    }

    [Fact]
    public void Health()
    {
        ServedWorld world = new();
        ServedWorld.Talker talker = world.Subscriber(FeedChannels.Health);
        talker.Say(Convert.FromHexString("100000007F0000000900000000000000"));
        world.Server.Told(new VenueEvent.SessionUp(3), world.Now);
        world.Server.Told(new VenueEvent.StreamAged(VenueChannel.Candle, "BTC", IsStale: true, 6_000), world.Now);
        world.Pass(250);
        Assert.Equal([FeedMessage.Refused, FeedMessage.Health], talker.Hear());
        Equal(
            "99000000 94 00 0100 00000000 00000000"
                + Later
                + "01 000000 03000000 FA00000000000000 01000000 00000000"
                + string.Concat(Enumerable.Repeat("0000000000000000", 6))
                + "0100000000000000 01000000 0100 0100 0200000000000000 0000"
                + "0700 0100000000000000 03 03425443 6A18000000000000",
            talker.Frames[1]
        );
        FeedHealth health = Assert.Single(talker.Heard.Of<FeedHealth>());
        Assert.Equal(
            (true, 3, 250L, 1, 1L, 1),
            (health.IsVenueUp, health.Epoch, health.SinceMs, health.Clients, health.Refused, health.StaleStreams)
        );
        Assert.Equal(new FeedRefusalCount(FeedRefusal.UnknownRequest, 1), Assert.Single(health.Refusals));
        Assert.Equal(new FeedStaleStream(VenueChannel.Candle, "BTC", 6_250), Assert.Single(health.Stale));
    }

    [Fact]
    public void A_frame_that_does_not_have_its_form_is_not_read()
    {
        ServedWorld world = new();
        ServedWorld.Talker talker = world.Subscriber(FeedChannels.All);
        world.Mid("BTC", 1);
        world.Quote("BTC", 1, 2);
        world.Candle("BTC", 1_699_999_980_000, 100);
        world.Server.Told(new VenueEvent.SessionUp(1), world.Now);
        talker.Hear();
        Random random = new(5);
        int refused = 0;
        for (int i = 0; i < 2_000; i++)
        {
            byte[] frame = [.. talker.Frames[random.Next(talker.Frames.Count)]];
            frame[random.Next(4, frame.Length)] ^= (byte)(1 << random.Next(8));
            ReadOnlySpan<byte> cut = random.Next(3) == 0 ? frame.AsSpan(0, random.Next(32, frame.Length)) : frame;
            refused += talker.Reader.Read(cut, 1_000) is null ? 0 : 1;
        }

        Assert.True(refused > 500, $"{refused} of 2,000");
    }

    private static void Equal(string expected, byte[] actual) =>
        Assert.Equal(expected.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(actual));
}
