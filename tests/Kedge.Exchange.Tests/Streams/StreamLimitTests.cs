using System.Text;
using System.Text.Json.Nodes;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Streams;
using Kedge.Exchange.Market;

namespace Kedge.Exchange.Tests.Streams;

/// <summary>Limits, posts, heartbeats, and frames that are none.</summary>
public sealed class StreamLimitTests
{
    private const string Ping = """{"method":"ping"}""";
    private const string Mids = """{"type":"allMids"}""";

    [Fact]
    public void A_ping_is_answered()
    {
        StreamRig rig = new();
        rig.Open(1);
        Assert.Equal("""{"channel":"pong"}""", Assert.Single(rig.Say(1, Ping)).Message.ToJsonString());
    }

    [Fact]
    public void A_connection_to_which_nothing_was_sent_for_60_s_is_closed()
    {
        StreamRig rig = new();
        rig.Open(1);
        rig.Wait(30_000);
        rig.Open(2);
        rig.Wait(29_999);
        Assert.Empty(rig.Closes);
        rig.Wait(1);
        Assert.Equal(1, Assert.Single(rig.Closes).Connection);
        rig.Say(2, Ping);
        rig.Wait(59_999);
        Assert.Single(rig.Closes);
        rig.Wait(1);
        Assert.Equal(2, rig.Closes.Count);
        Assert.Equal(0, rig.Hub.Connections);
        Assert.Empty(rig.Say(2, Ping));
    }

    [Fact]
    public void A_caller_has_10_connections_and_30_new_ones_a_minute()
    {
        StreamRig rig = new();
        for (int i = 0; i < 10; i++)
        {
            rig.Open(i);
        }

        Assert.Empty(rig.Closes);
        rig.Open(10);
        Assert.Equal(10, Assert.Single(rig.Closes).Connection);
        rig.Open(11, "other");
        Assert.Single(rig.Closes);
        for (int i = 0; i < 20; i++)
        {
            rig.Hub.Closed(i);
            rig.Hub.Closed(20 + i - 1);
            rig.Open(20 + i);
        }

        Assert.Single(rig.Closes);
        rig.Hub.Closed(39);
        rig.Open(50);
        Assert.Equal(50, rig.Closes[1].Connection);
        rig.Wait(2_000);
        rig.Open(51);
        Assert.Equal(2, rig.Closes.Count);
    }

    [Fact]
    public void A_caller_has_1000_subscriptions_over_all_its_connections()
    {
        StreamRig rig = new(new StreamSettings { SubscriptionsMax = 3 });
        rig.Open(1);
        rig.Open(2);
        rig.Subscribe(1, Mids);
        rig.Subscribe(2, Mids);
        rig.Subscribe(2, """{"type":"bbo","coin":"BTC"}""");
        string refused = Error(rig, StreamRig.Subscribing("""{"type":"bbo","coin":"ETH"}"""));
        Assert.EndsWith("""{"type":"bbo","coin":"ETH"}""", refused, StringComparison.Ordinal);
        rig.Hub.Closed(2);
        rig.Subscribe(1, """{"type":"bbo","coin":"ETH"}""");
        Assert.Equal(1_000, new StreamSettings().SubscriptionsMax);
    }

    [Fact]
    public void A_caller_follows_10_users()
    {
        StreamRig rig = new();
        rig.Open(1);
        for (int user = 1; user <= 10; user++)
        {
            rig.Subscribe(1, Fills(user));
        }

        rig.Subscribe(1, Fills(10).Replace("userFills", "orderUpdates", StringComparison.Ordinal));
        Assert.StartsWith(
            "Cannot track more than 10 total users",
            Error(rig, StreamRig.Subscribing(Fills(11))),
            StringComparison.Ordinal
        );
        rig.Say(1, $$"""{"method":"unsubscribe","subscription":{{Fills(3)}}}""");
        rig.Subscribe(1, Fills(11));
    }

    [Fact]
    public void After_2000_messages_in_a_minute_the_connection_is_closed()
    {
        StreamRig rig = new();
        rig.Open(1);
        for (int i = 0; i < 2_000; i++)
        {
            Assert.Single(rig.Say(1, Ping));
        }

        Assert.Equal("error", (string?)Assert.Single(rig.Say(1, Ping)).Message["channel"]);
        Assert.Single(rig.Closes);
        Assert.Equal("limit", Assert.Single(rig.Logged).Code);
    }

    [Fact]
    public void A_message_beyond_the_bound_closes_the_connection()
    {
        StreamRig rig = new(new StreamSettings { MessageMax = 100 });
        rig.Open(1);
        rig.SayBytes(1, new byte[101]);
        Assert.Single(rig.Closes);
    }

    [Fact]
    public void Posts_carry_what_rest_answers()
    {
        StreamRig rig = new();
        rig.Open(1);
        JsonNode info = Post(rig, 5, "info", """{"type":"meta","x":1.50}""");
        Assert.Equal("""{"id":5,"response":{"type":"info","payload":{"type":"meta","data":{"a":1}}}}""", info.ToJsonString());
        Assert.Equal("""{"type":"meta","x":1.50}""", rig.Venue.Asked[^1]);
        rig.Venue.InfoAnswer = (200, """{"status":"err","response":"no"}""");
        JsonNode action = Post(rig, 6, "action", "{}");
        Assert.Equal(
            """{"id":6,"response":{"type":"action","payload":{"status":"err","response":"no"}}}""",
            action.ToJsonString()
        );
        rig.Venue.InfoAnswer = (422, "Failed");
        JsonNode error = Post(rig, 7, "info", "[]");
        Assert.Equal(
            """{"id":7,"response":{"type":"error","payload":"422 Unprocessable Entity: Failed"}}""",
            error.ToJsonString()
        );
    }

    [Fact]
    public void The_101st_post_in_flight_is_refused()
    {
        StreamRig rig = new(new StreamSettings { PostDelayMs = 250 });
        rig.Open(1);
        for (int i = 0; i < 100; i++)
        {
            Assert.Empty(rig.Say(1, PostText(i, "info", "{}")));
        }

        Assert.Equal("too many pending post requests id=100", Error(rig, PostText(100, "info", "{}")));
        Assert.Empty(rig.Wait(249));
        Assert.Equal(100, rig.Wait(1).Count);
        Assert.Empty(rig.Say(1, PostText(101, "info", "{}")));
        rig.Hub.Closed(1);
        Assert.Empty(rig.Wait(1_000));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"method":7}""")]
    [InlineData("""{"method":"subscribe"}""")]
    [InlineData("""{"method":"post","id":"x","request":{"type":"info","payload":{}}}""")]
    [InlineData("""{"method":"post","id":1,"request":{"type":"other","payload":{}}}""")]
    [InlineData("""{"method":"\ud800"}""")]
    public void A_frame_that_is_no_request_is_answered_with_an_error_and_logged(string text)
    {
        StreamRig rig = new();
        rig.Open(1);
        Assert.StartsWith("Error parsing JSON into valid websocket request: ", Error(rig, text), StringComparison.Ordinal);
        Assert.Equal("malformed", Assert.Single(rig.Logged).Code);
        Assert.Empty(rig.Closes);
    }

    [Fact]
    public void Mutated_frames_never_throw()
    {
        string[] good =
        [
            Ping,
            StreamRig.Subscribing(Mids),
            StreamRig.Subscribing("""{"type":"l2Book","coin":"BTC","nSigFigs":5,"mantissa":2}"""),
            StreamRig.Subscribing("""{"type":"candle","coin":"ETH","interval":"15m"}"""),
            StreamRig.Subscribing(Fills(1)),
            StreamRig.Subscribing(Fills(2).Replace("userFills", "webData2", StringComparison.Ordinal)),
            """{"method":"unsubscribe","subscription":{"type":"allMids"}}""",
            PostText(3, "info", """{"type":"meta"}"""),
            PostText(4, "action", """{"action":{"type":"order"},"nonce":1,"signature":{}}"""),
        ];
        ExchangeRandom random = new(77);
        StreamRig rig = new(new StreamSettings { MessagesPerMinute = 1_000_000 });
        rig.Open(1);
        rig.Open(2);
        int answered = 0;
        for (int i = 0; i < 10_000; i++)
        {
            List<byte> bytes = [.. Encoding.UTF8.GetBytes(good[random.Below(good.Length)])];
            for (int change = random.Below(4); change >= 0 && bytes.Count > 0; change--)
            {
                int at = random.Below(bytes.Count);
                switch (random.Below(5))
                {
                    case 0:
                        bytes[at] = (byte)random.Below(256);
                        break;
                    case 1:
                        bytes.RemoveAt(at);
                        break;
                    case 2:
                        bytes.Insert(at, (byte)"{}[]\",:\\u0"[random.Below(10)]);
                        break;
                    case 3:
                        bytes.RemoveRange(at, bytes.Count - at);
                        break;
                    default:
                        int length = Math.Min(random.Below(12), bytes.Count - at);
                        bytes.InsertRange(random.Below(bytes.Count), bytes.GetRange(at, length));
                        break;
                }
            }

            int before = rig.Logged.Count;
            List<(long, JsonObject Message)> said = rig.SayBytes(1, bytes.ToArray());
            bool isError = said.Any(sent => (string?)sent.Message["channel"] == "error");
            Assert.Equal(isError, rig.Logged.Count > before);
            answered += said.Count > 0 ? 1 : 0;
            if (i % 100 == 0)
            {
                rig.Do(ExchangeCommand.SetPrice(0, 600_000 + i, 600_000), ExchangeCommand.Print(0, OrderSide.Buy, 600_000, 1));
            }
        }

        Assert.Equal(10_000, answered);
        Assert.Empty(rig.Closes);
    }

    private static string Fills(int user) => $$"""{"type":"userFills","user":"0x{{user:x40}}"}""";

    private static string PostText(int id, string type, string payload) =>
        $$$"""{"method":"post","id":{{{id}}},"request":{"type":"{{{type}}}","payload":{{{payload}}}}}""";

    private static JsonNode Post(StreamRig rig, int id, string type, string payload)
    {
        JsonObject answer = Assert.Single(rig.Say(1, PostText(id, type, payload))).Message;
        Assert.Equal("post", (string?)answer["channel"]);
        return answer["data"]!;
    }

    private static string Error(StreamRig rig, string text)
    {
        JsonObject error = Assert.Single(rig.Say(1, text)).Message;
        Assert.Equal("error", (string?)error["channel"]);
        return (string)error["data"]!;
    }
}
