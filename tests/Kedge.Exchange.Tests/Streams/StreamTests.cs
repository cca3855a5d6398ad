using System.Text.Json.Nodes;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Records;

namespace Kedge.Exchange.Tests.Streams;

/// <summary>What a subscriber gets, in which order and shape.</summary>
public sealed class StreamTests
{
    private const string Alice = StreamRig.AliceAddress;
    private const string Stranger = "0x00000000000000000000000000000000000000aa";

    [Theory]
    [InlineData("""{"type":"allMids"}""", "allMids", "mids")]
    [InlineData("""{"type":"l2Book","coin":"BTC"}""", "l2Book", "coin,time,levels")]
    [InlineData("""{"type":"bbo","coin":"BTC"}""", "bbo", "coin,time,bbo")]
    [InlineData("""{"type":"candle","coin":"BTC","interval":"1m"}""", "candle", "t,T,s,i,o,c,h,l,v,n")]
    [InlineData("""{"type":"activeAssetCtx","coin":"BTC"}""", "activeAssetCtx", "coin,ctx")]
    [InlineData("""{"type":"userFills","user":"U"}""", "userFills", "user,isSnapshot,fills")]
    [InlineData("""{"type":"userFundings","user":"U"}""", "userFundings", "user,isSnapshot,fundings")]
    [InlineData(
        """{"type":"userNonFundingLedgerUpdates","user":"U"}""",
        "userNonFundingLedgerUpdates",
        "user,isSnapshot,nonFundingLedgerUpdates"
    )]
    [InlineData("""{"type":"clearinghouseState","user":"U","dex":""}""", "clearinghouseState", "dex,user,clearinghouseState")]
    [InlineData("""{"type":"openOrders","user":"U"}""", "openOrders", "dex,user,orders")]
    [InlineData(
        """{"type":"activeAssetData","user":"U","coin":"BTC"}""",
        "activeAssetData",
        "user,coin,leverage,maxTradeSzs,availableToTrade,markPx"
    )]
    [InlineData(
        """{"type":"webData2","user":"U"}""",
        "webData2",
        "clearinghouseState,leadingVaults,totalVaultEquity,openOrders,agentAddress,agentValidUntil,meta,assetCtxs,serverTime,isVault,user,twapStates,spotAssetCtxs"
    )]
    [InlineData("""{"type":"webData3","user":"U"}""", "webData3", "userState,perpDexStates")]
    [InlineData("""{"type":"twapStates","user":"U"}""", "twapStates", "dex,user,states")]
    [InlineData("""{"type":"userHistoricalOrders","user":"U"}""", "userHistoricalOrders", "user,isSnapshot,orderHistory")]
    [InlineData("""{"type":"userTwapHistory","user":"U"}""", "userTwapHistory", "user,isSnapshot,history")]
    [InlineData("""{"type":"userTwapSliceFills","user":"U"}""", "userTwapSliceFills", "user,isSnapshot,twapSliceFills")]
    [InlineData("""{"type":"assetCtxs"}""", "assetCtxs", "dex,ctxs")]
    [InlineData("""{"type":"allDexsAssetCtxs"}""", "allDexsAssetCtxs", "ctxs")]
    [InlineData("""{"type":"allDexsClearinghouseState","user":"U"}""", "allDexsClearinghouseState", "user,clearinghouseStates")]
    public void The_acknowledgement_is_followed_by_the_first_state(string subscription, string channel, string keys)
    {
        foreach (string user in new[] { Alice, Stranger })
        {
            StreamRig rig = Traded();
            rig.Open(1);
            JsonObject first = Assert.Single(
                rig.Subscribe(1, subscription.Replace("\"U\"", $"\"{user}\"", StringComparison.Ordinal))
            );
            Assert.Equal(channel, (string?)first["channel"]);
            Assert.Equal(keys.Split(','), first["data"]!.AsObject().Select(pair => pair.Key));
            if (keys.Contains("isSnapshot", StringComparison.Ordinal))
            {
                Assert.True((bool)first["data"]!["isSnapshot"]!);
            }
        }
    }

    [Theory]
    [InlineData("trades")]
    [InlineData("orderUpdates")]
    [InlineData("userEvents")]
    [InlineData("notification")]
    public void Streams_of_news_have_no_snapshot(string type)
    {
        StreamRig rig = Traded();
        rig.Open(1);
        Assert.Empty(rig.Subscribe(1, $$"""{"type":"{{type}}","user":"{{Alice}}","coin":"BTC"}"""));
    }

    [Theory]
    [InlineData("""{ "nSigFigs":null,"type":"l2Book","mantissa":null, "coin":"BTC","extra":{"a":[1,2.50]} }""")]
    [InlineData("""{"type":"allMids","dex":""}""")]
    [InlineData("""{"aggregateByTime":false,"user":"0x000000000000000000000000000000000000000A","type":"userFills"}""")]
    public void The_acknowledgement_echoes_the_subscription_as_it_was_sent(string subscription)
    {
        StreamRig rig = new();
        rig.Open(1);
        JsonObject ack = rig.Say(1, StreamRig.Subscribing(subscription))[0].Message;
        Assert.Equal("subscribe", (string?)ack["data"]!["method"]);
        Assert.Equal(JsonNode.Parse(subscription)!.ToJsonString(), ack["data"]!["subscription"]!.ToJsonString());
    }

    [Fact]
    public void Wrong_repeated_and_unknown_subscriptions_are_refused_in_the_venues_words()
    {
        StreamRig rig = new();
        rig.Open(1);
        const string Mids = """{"type":"allMids"}""";
        Assert.Equal("Invalid subscription {\"type\":\"nope\"}", Error(rig, StreamRig.Subscribing("{\"type\":\"nope\"}")));
        Assert.StartsWith(
            "Invalid subscription ",
            Error(rig, StreamRig.Subscribing("{\"type\":\"bbo\",\"coin\":\"btc\"}")),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Invalid subscription ",
            Error(rig, StreamRig.Subscribing("{\"type\":\"userFills\",\"user\":\"mtiz\"}")),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Invalid subscription ",
            Error(rig, StreamRig.Subscribing("{\"type\":\"candle\",\"coin\":\"BTC\",\"interval\":\"7m\"}")),
            StringComparison.Ordinal
        );
        rig.Subscribe(1, Mids);
        Assert.Equal("Already subscribed: " + Mids, Error(rig, StreamRig.Subscribing(Mids)));
        const string Off = """{"method":"unsubscribe","subscription":{"type":"allMids"}}""";
        Assert.Equal("unsubscribe", (string?)rig.Say(1, Off)[0].Message["data"]!["method"]);
        Assert.Equal("Already unsubscribed: " + Mids, Error(rig, Off));
        Assert.Empty(rig.Do(ExchangeCommand.SetPrice(0, 610_000, 610_000)));
        Assert.Equal(6, rig.Logged.Count);
    }

    [Fact]
    public void Fills_come_as_a_snapshot_first_and_then_as_news_in_one_message()
    {
        StreamRig rig = Traded();
        rig.Open(1);
        JsonObject first = rig.Subscribe(1, $$"""{"type":"userFills","user":"{{Alice}}"}""")[0];
        Assert.Single(first["data"]!["fills"]!.AsArray());
        rig.Do(Sell(Rig.Bob, 60_000, 1), Sell(Rig.Carol, 60_001, 2));
        JsonObject news = Assert.Single(rig.Do(Buy(Rig.Alice, 60_001, 3)));
        Assert.Equal(["user", "fills"], news["data"]!.AsObject().Select(pair => pair.Key));
        JsonArray fills = news["data"]!["fills"]!.AsArray();
        Assert.Equal(2, fills.Count);
        Assert.Equal(["60000.0", "60001.0"], fills.Select(fill => (string?)fill!["px"]));
        Assert.Equal(
            [
                "coin",
                "px",
                "sz",
                "side",
                "time",
                "startPosition",
                "dir",
                "closedPnl",
                "hash",
                "oid",
                "crossed",
                "fee",
                "tid",
                "feeToken",
                "twapId",
            ],
            fills[0]!.AsObject().Select(pair => pair.Key)
        );
        Assert.Equal("0.001", (string?)fills[0]!["sz"]);
        Assert.Equal("Open Long", (string?)fills[0]!["dir"]);
        // 60 USD at 0.045 %.
        Assert.Equal("0.027", (string?)fills[0]!["fee"]);
        Assert.True((bool)fills[0]!["crossed"]!);
        JsonObject other = rig.Subscribe(1, $$"""{"type":"userFills","user":"{{Alice}}","aggregateByTime":true}""")[0];
        JsonArray joined = other["data"]!["fills"]!.AsArray();
        Assert.Equal(2, joined.Count);
        // (60,000 × 1 + 60,001 × 2) ÷ 3 = 60,000.67, to the tick of 0.1.
        Assert.Equal(("0.003", "60000.7"), ((string?)joined[1]!["sz"], (string?)joined[1]!["px"]));
    }

    [Fact]
    public void Order_updates_are_grouped_and_hold_no_user()
    {
        StreamRig rig = new();
        rig.Open(1);
        rig.Subscribe(1, $$"""{"type":"orderUpdates","user":"{{Alice.ToUpperInvariant().Replace('X', 'x')}}"}""");
        JsonObject news = Assert.Single(
            rig.Do(
                ExchangeCommand.Place(
                    Rig.Alice,
                    new[] { Rig.Order(OrderSide.Buy, 50_000, 1, cloid: 9), Rig.Order(OrderSide.Buy, 50_001, 2) }
                )
            )
        );
        JsonArray updates = news["data"]!.AsArray();
        Assert.Equal(2, updates.Count);
        Assert.Equal(["order", "status", "statusTimestamp"], updates[0]!.AsObject().Select(pair => pair.Key));
        Assert.Equal(
            ["coin", "side", "limitPx", "sz", "oid", "timestamp", "origSz", "cloid"],
            updates[0]!["order"]!.AsObject().Select(pair => pair.Key)
        );
        Assert.Equal("0x00000000000000000000000000000009", (string?)updates[0]!["order"]!["cloid"]);
        Assert.Equal("open", (string?)updates[0]!["status"]);
        Assert.True((long)updates[0]!["order"]!["oid"]! > uint.MaxValue);
        Assert.False(updates[1]!["order"]!.AsObject().ContainsKey("cloid"));
    }

    [Fact]
    public void A_modify_tells_cancel_and_replacement_in_either_order()
    {
        StreamRig rig = new();
        rig.Open(1);
        rig.Subscribe(1, $$"""{"type":"orderUpdates","user":"{{Alice}}"}""");
        HashSet<string> orders = [];
        rig.Do(ExchangeCommand.Place(Rig.Alice, new[] { Rig.Order(OrderSide.Buy, 50_000, 1, cloid: 1) }));
        for (int i = 0; i < 40; i++)
        {
            ModifyRequest modify = new(new OrderTarget(0, 1), Rig.Order(OrderSide.Buy, 50_001 + i, 1, cloid: 1));
            JsonObject news = Assert.Single(rig.Do(ExchangeCommand.Modify(Rig.Alice, new[] { modify })));
            orders.Add(string.Join(',', news["data"]!.AsArray().Select(update => (string?)update!["status"])));
        }

        Assert.Equal(["canceled,open", "open,canceled"], orders.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_quote_is_told_only_when_it_changes()
    {
        StreamRig rig = new();
        rig.Open(1);
        JsonObject first = rig.Subscribe(1, """{"type":"bbo","coin":"BTC"}""")[0];
        Assert.Equal("[null,null]", first["data"]!["bbo"]!.ToJsonString());
        JsonObject bid = Assert.Single(rig.Do(Buy(Rig.Alice, 59_000, 1)));
        Assert.Equal("""[{"px":"59000.0","sz":"0.001","n":1},null]""", bid["data"]!["bbo"]!.ToJsonString());
        Assert.Empty(rig.Do(Buy(Rig.Alice, 58_000, 1)));
        Assert.Single(rig.Do(Buy(Rig.Bob, 59_000, 1)));
        Assert.Empty(rig.Do(ExchangeCommand.SetPrice(0, 600_010, 600_010)));
    }

    [Fact]
    public void Books_and_mids_keep_their_cadence_and_end_with_the_last_state()
    {
        StreamRig rig = new();
        rig.Open(1);
        rig.Subscribe(1, """{"type":"l2Book","coin":"BTC"}""");
        rig.Subscribe(1, """{"type":"allMids"}""");
        int books = 0;
        int mids = 0;
        JsonObject? last = null;
        for (int i = 0; i < 100; i++)
        {
            foreach (
                JsonObject sent in (List<JsonObject>)
                    [.. rig.Wait(50), .. rig.Do(ExchangeCommand.SetPrice(0, 600_000 + i, 600_000), Buy(Rig.Alice, 50_000 + i, 1))]
            )
            {
                books += (string?)sent["channel"] == "l2Book" ? 1 : 0;
                mids += (string?)sent["channel"] == "allMids" ? 1 : 0;
            }
        }

        // 5 s of changes every 50 ms.
        Assert.InRange(books, 9, 10);
        Assert.InRange(mids, 9, 10);
        foreach (JsonObject sent in rig.Wait(500))
        {
            last = (string?)sent["channel"] == "allMids" ? sent : last;
        }

        Assert.Equal("60009.9", (string?)last!["data"]!["mids"]!["BTC"]);
        rig.Tell(listener => listener.BookTouched(0));
        Assert.DoesNotContain(rig.Wait(1_000), sent => (string?)sent["channel"] == "allMids");
    }

    [Fact]
    public void Trades_and_candles_follow_the_tape()
    {
        StreamRig rig = Traded();
        rig.Open(1);
        rig.Subscribe(1, """{"type":"trades","coin":"BTC"}""");
        rig.Subscribe(1, """{"type":"candle","coin":"BTC","interval":"1h"}""");
        rig.Do(Sell(Rig.Bob, 60_010, 5));
        List<JsonObject> news = rig.Do(Buy(Rig.Alice, 60_010, 2));
        JsonNode trade = news.Single(sent => (string?)sent["channel"] == "trades")["data"]!.AsArray().Single()!;
        Assert.Equal(["coin", "side", "px", "sz", "time", "hash", "tid", "users"], trade.AsObject().Select(pair => pair.Key));
        Assert.Equal("B", (string?)trade["side"]);
        Assert.Equal(
            [Alice, "0x0000000000000000000000000000000000000002"],
            trade["users"]!.AsArray().Select(user => (string?)user)
        );
        JsonNode candle = news.Single(sent => (string?)sent["channel"] == "candle")["data"]!;
        Assert.Equal(
            ("BTC", "1h", "60010.0", 2),
            ((string?)candle["s"], (string?)candle["i"], (string?)candle["h"], (int)candle["n"]!)
        );
        Assert.Equal((long)candle["t"]! + 3_599_999, (long)candle["T"]!);
        JsonObject print = rig.Do(ExchangeCommand.Print(0, OrderSide.Sell, 600_001, 3))
            .Single(sent => (string?)sent["channel"] == "trades");
        Assert.All(
            print["data"]![0]!["users"]!.AsArray(),
            user => Assert.Equal("0x0000000000000000000000000000000000000000", (string?)user)
        );
    }

    [Fact]
    public void User_events_arrive_on_the_channel_user_one_kind_a_message()
    {
        StreamRig rig = new();
        rig.Open(1);
        rig.Subscribe(1, $$"""{"type":"userEvents","user":"{{Alice}}"}""");
        OrderRecord order = new(Rig.Alice, 5, Rig.Order(OrderSide.Buy, 1, 1), 0, OrderStatus.LiquidatedCanceled, 1, 2, false, 0);
        FillRecord fill = new(Rig.Alice, 0, OrderSide.Sell, 600_000, 100, 9, 100, -5, 1, 6, 0, 7, true, 600_000, true, Rig.Alice);
        List<JsonObject> news = rig.Tell(listener =>
        {
            listener.OrderChanged(order);
            listener.OrderChanged(order with { Status = OrderStatus.Canceled });
            listener.Filled(fill);
            listener.FundingPaid(new FundingRecord(Rig.Alice, 0, 3, -1_250_000, 100, 125_000));
            listener.LedgerMoved(new LedgerRecord(Rig.Alice, 4, "liquidation", 2_000_000, -1));
        });
        Assert.All(news, sent => Assert.Equal("user", (string?)sent["channel"]));
        Assert.Equal(
            ["fills", "funding", "liquidation", "nonUserCancel"],
            news.Select(sent => sent["data"]!.AsObject().Single().Key)
        );
        Assert.Equal("""[{"coin":"BTC","oid":5}]""", news[3]["data"]!["nonUserCancel"]!.ToJsonString());
        Assert.Equal(
            ("-1.25", "0.0000125"),
            ((string?)news[1]["data"]!["funding"]!["usdc"], (string?)news[1]["data"]!["funding"]!["fundingRate"])
        );
        // 0.001 BTC at 60,000.
        Assert.Equal("60.0", (string?)news[2]["data"]!["liquidation"]!["liquidated_ntl_pos"]);
        Assert.Equal("backstop", (string?)news[0]["data"]!["fills"]![0]!["liquidation"]!["method"]);
    }

    [Fact]
    public void An_account_opened_later_is_heard_of_by_who_subscribed_to_its_address()
    {
        StreamRig rig = new();
        rig.Open(1);
        rig.Subscribe(1, $$"""{"type":"userNonFundingLedgerUpdates","user":"{{Stranger}}"}""");
        JsonObject news = Assert.Single(
            rig.Do(ExchangeCommand.CreateAccount(new Address(0, 0xAA)), ExchangeCommand.Transfer(0, 4, 25 * Bounds.Usd))
        );
        Assert.Equal(Stranger, (string?)news["data"]!["user"]);
        Assert.Equal("25.0", (string?)news["data"]!["nonFundingLedgerUpdates"]![0]!["delta"]!["usdc"]);
    }

    private static ExchangeCommand Buy(int account, long usd, long milli) =>
        ExchangeCommand.Place(account, new[] { Rig.Order(OrderSide.Buy, usd, milli) });

    private static ExchangeCommand Sell(int account, long usd, long milli) =>
        ExchangeCommand.Place(account, new[] { Rig.Order(OrderSide.Sell, usd, milli) });

    private static StreamRig Traded()
    {
        StreamRig rig = new();
        rig.Do(Sell(Rig.Bob, 60_000, 1));
        rig.Do(Buy(Rig.Alice, 60_000, 1));
        return rig;
    }

    private static string Error(StreamRig rig, string text)
    {
        JsonObject error = Assert.Single(rig.Say(1, text)).Message;
        Assert.Equal("error", (string?)error["channel"]);
        return (string)error["data"]!;
    }
}
