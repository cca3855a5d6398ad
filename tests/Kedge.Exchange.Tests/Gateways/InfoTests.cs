using System.Globalization;
using System.Text.Json;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Market;
using Kedge.TestSupport;
using static Kedge.Exchange.Tests.Gateways.GatewayRig;

namespace Kedge.Exchange.Tests.Gateways;

/// <summary>Every question of <c>/info</c>: shapes as recorded, numbers that add up.</summary>
public sealed class InfoTests
{
    [Theory]
    [InlineData("get_all_mids.json")]
    [InlineData("get_candles_snapshot.json")]
    [InlineData("get_frontend_open_orders.json")]
    [InlineData("get_funding_history_None.json")]
    [InlineData("get_l2_snapshot.json")]
    [InlineData("get_open_orders.json")]
    [InlineData("get_user_fills.json")]
    [InlineData("get_user_state.json")]
    [InlineData("user_funding_history_without_end_time.json")]
    [InlineData("user_rate_limit.json")]
    [InlineData("user_role.json")]
    [InlineData("extra_agents.json")]
    public void AnswersHaveTheKeysOfRecordedOnes(string file)
    {
        string path = Path.Combine("vectors/hyperliquid/info", file);
        Assert.SkipUnless(ReferenceData.WhyAbsent(path) is null, ReferenceData.WhyAbsent(path) ?? "");
        GatewayRig rig = Busy();
        foreach (
            JsonElement recorded in JsonDocument.Parse(File.ReadAllText(ReferenceData.Require(path))).RootElement.EnumerateArray()
        )
        {
            Dictionary<string, object?> query = JsonSerializer.Deserialize<Dictionary<string, object?>>(
                recorded.GetProperty("request")
            )!;
            Replace(query, "user", User(Alice));
            Replace(query, "coin", "BTC");
            Replace(query, "startTime", 0);
            if (query.ContainsKey("req"))
            {
                query["req"] = new
                {
                    coin = "BTC",
                    interval = "1h",
                    startTime = 0,
                };
            }

            JsonElement answer = rig.Info(JsonSerializer.Serialize(query));
            Compare(recorded.GetProperty("response"), answer, file);
        }
    }

    [Fact]
    public void EveryQuestionIsAnswered()
    {
        GatewayRig rig = Busy();
        string user = User(Alice);
        string[] bare =
        [
            "meta",
            "metaAndAssetCtxs",
            "allPerpMetas",
            "allMids",
            "perpDexs",
            "spotMeta",
            "spotMetaAndAssetCtxs",
            "exchangeStatus",
            "predictedFundings",
            "perpsAtOpenInterestCap",
        ];
        string[] ofUser =
        [
            "clearinghouseState",
            "spotClearinghouseState",
            "openOrders",
            "frontendOpenOrders",
            "historicalOrders",
            "userFills",
            "userRateLimit",
            "userFees",
            "userRole",
            "userAbstraction",
            "extraAgents",
            "subAccounts",
            "userTwapSliceFills",
            "userVaultEquities",
        ];
        foreach (string type in bare)
        {
            rig.Info($$"""{"type":"{{type}}"}""");
        }

        foreach (string type in ofUser)
        {
            // A second one nobody knows.
            rig.Info($$"""{"type":"{{type}}","user":"{{user}}"}""");
            rig.NowMs += 10_000;
            rig.Info($$"""{"type":"{{type}}","user":"{{User(Stranger)}}"}""");
        }

        Assert.Equal("[null]", rig.Info("""{"type":"perpDexs"}""").GetRawText());
        Assert.Equal("disabled", rig.Info($$"""{"type":"userAbstraction","user":"{{user}}"}""").GetString());
        Assert.Equal("null", rig.Info("""{"type":"l2Book","coin":"NOPE"}""").GetRawText());
        Assert.Equal(
            "unknownOid",
            rig.Info($$"""{"type":"orderStatus","user":"{{user}}","oid":1}""").GetProperty("status").GetString()
        );
        Assert.Equal("agent", rig.Info($$"""{"type":"userRole","user":"{{User(Agent)}}"}""").GetProperty("role").GetString());
        Assert.Equal(
            "missing",
            rig.Info($$"""{"type":"userRole","user":"0x00000000000000000000000000000000000000ff"}""")
                .GetProperty("role")
                .GetString()
        );
    }

    [Fact]
    public void FillsAndAccountAgreeToTheLastDigit()
    {
        GatewayRig rig = new();
        rig.Act(Place(Order(true, "61000", "0.03", "Ioc")));
        rig.Act(Place(Order(false, "59000", "0.01", "Ioc")));
        rig.Act(Place(Order(false, "59000", "0.05", "Ioc")));
        JsonElement fills = rig.Info($$"""{"type":"userFillsByTime","user":"{{User(Alice)}}","startTime":0}""");
        Assert.Equal(["Open Long", "Close Long", "Long > Short"], fills.EnumerateArray().Select(f => Text(f, "dir")));
        Assert.Equal(3, fills.EnumerateArray().Select(f => f.GetProperty("tid").GetInt64()).Distinct().Count());

        // Bought at 60,010, sold at 59,990: twenty dollars a BTC on 0.01 and on 0.02.
        Assert.Equal(["0.0", "-0.2", "-0.4"], fills.EnumerateArray().Select(f => Text(f, "closedPnl")));

        // 0.045 % of 1,800.30, 599.90 and 2,999.50.
        Assert.Equal(["0.810135", "0.269955", "1.349775"], fills.EnumerateArray().Select(f => Text(f, "fee")));
        JsonElement state = rig.Info($$"""{"type":"clearinghouseState","user":"{{User(Alice)}}"}""");
        JsonElement position = state.GetProperty("assetPositions")[0].GetProperty("position");
        Assert.Equal("-0.03", Text(position, "szi"));
        Assert.Equal("59990.0", Text(position, "entryPx"));
        Assert.Equal("-0.3", Text(position, "unrealizedPnl"));
        decimal closed = fills.EnumerateArray().Sum(f => Number(f, "closedPnl") - Number(f, "fee"));
        decimal value = Number(state.GetProperty("marginSummary"), "accountValue");
        Assert.Equal(100_000m + closed + Number(position, "unrealizedPnl"), value);
        Assert.Equal(Number(state.GetProperty("marginSummary"), "totalRawUsd") - 1_800m, value);
    }

    [Fact]
    public void TheLiquidationPriceIsThatOfTheFormula()
    {
        GatewayRig rig = new();
        rig.Act("""{"type":"updateLeverage","asset":0,"isCross":false,"leverage":10}""");
        rig.Act(Place(Order(true, "61000", "0.1", "Ioc")));
        JsonElement position = rig.Info($$"""{"type":"clearinghouseState","user":"{{User(Alice)}}"}""")
            .GetProperty("assetPositions")[0]
            .GetProperty("position");

        // Margin 600.10 − 1 of profit lost, maintenance 75 (1/80 of 6,000); (60,000 − 524.1/0.1)/(1 − 1/80) as §11 has it.
        decimal expected = 60_000m - (599.1m - 75m) / 0.1m / (1m - (1m / 80m));
        Assert.Equal(decimal.Round(expected, 10), Number(position, "liquidationPx"));
        rig.Command(ExchangeCommand.SetPrice(Markets.Btc, 546_930, 546_930));
        Assert.NotEqual(0, rig.Gateway.Core.Position(1, Markets.Btc).Size);
        rig.Command(ExchangeCommand.SetPrice(Markets.Btc, 546_920, 546_920));
        Assert.Equal(0, rig.Gateway.Core.Position(1, Markets.Btc).Size);
        JsonElement fill = rig.Info($$"""{"type":"userFills","user":"{{User(Alice)}}"}""")[0];
        Assert.Equal(User(Alice), Text(fill.GetProperty("liquidation"), "liquidatedUser"));
    }

    [Fact]
    public void FundingIsPaidOnTheHourAndListed()
    {
        GatewayRig rig = Busy();
        JsonElement payment = rig.Info($$"""{"type":"userFunding","user":"{{User(Alice)}}","startTime":0}""")[0];
        long hour = ((StartMs / 3_600_000) + 1) * 3_600_000;
        Assert.Equal(hour, payment.GetProperty("time").GetInt64());
        JsonElement delta = payment.GetProperty("delta");

        // 0.03 BTC at an oracle of 60,000 and 0.00125 %.
        Assert.Equal("-0.0225", Text(delta, "usdc"));
        Assert.Equal("0.0000125", Text(delta, "fundingRate"));
        JsonElement rate = rig.Info("""{"type":"fundingHistory","coin":"BTC","startTime":0}""")[0];
        Assert.Equal("0.0000125", Text(rate, "fundingRate"));
        Assert.Equal(hour, rate.GetProperty("time").GetInt64());
    }

    [Fact]
    public void PricesKeepTheirPointAndTheBookItsOrder()
    {
        GatewayRig rig = new();
        rig.Rest(Order(true, "59000", "0.01"));
        JsonElement book = rig.Info("""{"type":"l2Book","coin":"BTC","nSigFigs":null,"mantissa":null}""");
        Assert.Equal("59990.0", Text(book.GetProperty("levels")[0][0], "px"));
        Assert.Equal("1.0", Text(book.GetProperty("levels")[0][0], "sz"));
        Assert.Equal("59000.0", Text(book.GetProperty("levels")[0][1], "px"));
        JsonElement cut = rig.Info("""{"type":"l2Book","coin":"BTC","nSigFigs":2}""");
        Assert.Equal("59000.0", Text(cut.GetProperty("levels")[0][0], "px"));
        Assert.Equal(2, cut.GetProperty("levels")[0][0].GetProperty("n").GetInt32());
        Assert.Equal("61000.0", Text(cut.GetProperty("levels")[1][0], "px"));
        Assert.Equal("60000.0", Text(rig.Info("""{"type":"allMids"}"""), "BTC"));
        JsonElement context = rig.Info("""{"type":"metaAndAssetCtxs"}""")[1][0];
        Assert.Equal("59990.0", context.GetProperty("impactPxs")[0].GetString());
        Assert.Equal("60010.0", context.GetProperty("impactPxs")[1].GetString());
    }

    [Fact]
    public void DelistedInstrumentsStayInTheirPlace()
    {
        GatewayRig rig = new();
        rig.Operate(new VenueOperation.Delist(Markets.Btc));
        JsonElement universe = rig.Info("""{"type":"meta"}""").GetProperty("universe");
        Assert.Equal("BTC", Text(universe[0], "name"));
        Assert.True(universe[0].GetProperty("isDelisted").GetBoolean());
        Assert.True(Status(rig.Act(Place(Order(true, "59000", "0.01")))).TryGetProperty("error", out _));
    }

    [Fact]
    public void ASavedGatewayGoesOnAndADamagedOneIsRefused()
    {
        GatewayRig rig = Busy();
        byte[] bytes = rig.Gateway.Save();
        string[] questions =
        [
            $$"""{"type":"userFills","user":"{{User(Alice)}}"}""",
            $$"""{"type":"historicalOrders","user":"{{User(Alice)}}"}""",
            $$"""{"type":"userFunding","user":"{{User(Alice)}}","startTime":0}""",
            $$"""{"type":"clearinghouseState","user":"{{User(Alice)}}"}""",
            """{"type":"candleSnapshot","req":{"coin":"BTC","interval":"1m","startTime":0}}""",
            """{"type":"recentTrades","coin":"BTC"}""",
            """{"type":"metaAndAssetCtxs"}""",
        ];
        string[] before = [.. questions.Select(question => rig.Info(question).GetRawText())];
        HyperliquidGateway restored = HyperliquidGateway.Restore(rig.Exchange, new GatewaySettings(), null, bytes);
        Assert.Equal(bytes, restored.Save());
        rig.Gateway = restored;
        Assert.Equal(before, questions.Select(question => rig.Info(question).GetRawText()));

        // A nonce used before is still used.
        Assert.Contains(
            "duplicate",
            rig.Post("/exchange", Sign("""{"type":"noop"}""", Agent, (ulong)rig.Nonce - 1)).Body,
            StringComparison.Ordinal
        );
        for (int at = 0; at < bytes.Length; at += 97)
        {
            byte[] damaged = [.. bytes];
            damaged[at] ^= 0x10;
            Assert.Throws<InvalidDataException>(() =>
                HyperliquidGateway.Restore(rig.Exchange, new GatewaySettings(), null, damaged)
            );
        }
    }

    [Fact]
    public void ASavedMarketGoesOnWithTheSameBytes()
    {
        MarketBar[] bars =
        [
            .. Enumerable
                .Range(0, 30)
                .Select(i => new MarketBar(
                    StartMs - (StartMs % 60_000) + ((i - 10) * 60_000L),
                    60_000,
                    600_000,
                    601_000,
                    599_000,
                    600_500,
                    5_000
                )),
        ];
        GatewayMarket market = new([new MarketSeries(Markets.Btc, bars, [], 7)], new MarketSettings(), StartMs);
        GatewayRig rig = new(market: market);
        rig.NowMs += 5 * 60_000;
        rig.Act(Place(Order(true, "61000", "0.01", "Ioc")));
        HyperliquidGateway restored = HyperliquidGateway.Restore(rig.Exchange, new GatewaySettings(), market, rig.Gateway.Save());
        Assert.Equal(rig.Gateway.Save(), restored.Save());
        string candles = """{"type":"candleSnapshot","req":{"coin":"BTC","interval":"1m","startTime":0}}""";
        rig.NowMs += 5 * 60_000;
        string[] answers = [.. Gateways(rig, restored).Select(_ => rig.Info(candles).GetRawText())];
        Assert.Equal(answers[0], answers[1]);
        Assert.True(JsonDocument.Parse(answers[0]).RootElement.GetArrayLength() > 15);
        Assert.Equal(rig.Gateway.Core.StateHash(), restored.Core.StateHash());
    }

    private static IEnumerable<HyperliquidGateway> Gateways(GatewayRig rig, HyperliquidGateway other)
    {
        HyperliquidGateway first = rig.Gateway;
        yield return first;
        rig.Gateway = other;
        yield return other;
        rig.Gateway = first;
    }

    /// <summary>Alice has a position, fills, resting and trigger orders and a funding payment.</summary>
    private static GatewayRig Busy()
    {
        GatewayRig rig = new(new GatewaySettings { WeightPerMinute = 1_000_000 });
        rig.Command(ExchangeCommand.SetFundingRate(Markets.Btc, 125_000));
        rig.Act(Place(Order(true, "61000", "0.03", "Ioc")));
        rig.Rest(Order(true, "59000", "0.01"));
        rig.Act(Place(Trigger(false, "50000", "0.01", "55000", "sl")));
        string agent =
            $$"""{"type":"approveAgent","signatureChainId":"0x1","hyperliquidChain":"Mainnet","agentAddress":"{{User(Stranger)}}","agentName":"bot","nonce":{{++rig.Nonce}}}""";
        rig.ActAsUser(agent, Alice);
        rig.NowMs = ((StartMs / 3_600_000) + 1) * 3_600_000;
        rig.Command();
        return rig;
    }

    private static void Replace(Dictionary<string, object?> query, string key, object value)
    {
        if (query.ContainsKey(key))
        {
            query[key] = value;
        }
    }

    /// <summary>Every key of the recorded answer is there with a value of the same kind. Maps by coin and optional members are left out.</summary>
    private static void Compare(JsonElement recorded, JsonElement answer, string where)
    {
        if (recorded.ValueKind is JsonValueKind.Null || answer.ValueKind is JsonValueKind.Null)
        {
            return;
        }

        Assert.True(recorded.ValueKind == answer.ValueKind, $"{where}: {answer.ValueKind} is not {recorded.ValueKind}");
        if (recorded.ValueKind == JsonValueKind.Object && !where.Contains("mids", StringComparison.Ordinal))
        {
            foreach (JsonProperty property in recorded.EnumerateObject())
            {
                if (property.Name is "maxTradeSzs")
                {
                    continue;
                }

                Assert.True(answer.TryGetProperty(property.Name, out JsonElement value), $"{where}: no {property.Name}");
                Compare(property.Value, value, $"{where}.{property.Name}");
            }
        }
        else if (recorded.ValueKind == JsonValueKind.Array && recorded.GetArrayLength() > 0)
        {
            Assert.True(answer.GetArrayLength() > 0, $"{where}: empty");
            Compare(recorded[0], answer[0], where + "[]");
        }
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static decimal Number(JsonElement json, string name) => decimal.Parse(Text(json, name), CultureInfo.InvariantCulture);
}
