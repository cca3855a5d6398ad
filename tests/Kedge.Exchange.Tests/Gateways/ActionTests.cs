using System.Text.Json;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using static Kedge.Exchange.Tests.Gateways.GatewayRig;

namespace Kedge.Exchange.Tests.Gateways;

/// <summary>Every action: answers as <c>venue-hyperliquid.md</c> §5 has them.</summary>
public sealed class ActionTests
{
    private const string Default = """{"status":"ok","response":{"type":"default"}}""";
    private const string Cloid = "0x00000000000000000000000000001234";

    [Fact]
    public void AnOrderThatRestsSaysItsIdBeyond32Bits()
    {
        GatewayRig rig = new();
        string answer = rig.Act(Place(Order(true, "59000", "0.01", cloid: Cloid)));
        JsonElement resting = Status(answer).GetProperty("resting");
        Assert.True(resting.GetProperty("oid").GetInt64() > uint.MaxValue);
        Assert.Equal(Cloid, resting.GetProperty("cloid").GetString());
        Assert.StartsWith(
            """{"status":"ok","response":{"type":"order","data":{"statuses":[{"resting":""",
            answer,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void AnOrderThatFillsSaysSizeAndAveragePrice()
    {
        GatewayRig rig = new();
        JsonElement filled = Status(rig.Act(Place(Order(true, "61000", "0.01", "Ioc")))).GetProperty("filled");
        Assert.Equal("0.01", filled.GetProperty("totalSz").GetString());
        Assert.Equal("60010.0", filled.GetProperty("avgPx").GetString());
    }

    [Theory]
    [InlineData("60000.55", "0.01", "Gtc", false, "Price must be divisible by tick size.")]
    [InlineData("60000.5", "0.01", "Gtc", false, "Price must be divisible by tick size.")]
    [InlineData("59000", "0.000001", "Gtc", false, "Order has invalid size.")]
    [InlineData("59000", "0", "Gtc", false, "Order has zero size.")]
    [InlineData("59000", "0.0001", "Gtc", false, "Order must have minimum value of $10.")]
    [InlineData("59000", "0.01", "Gtc", true, "Reduce only order would increase position.")]
    [InlineData("60010", "0.01", "Alo", false, "Post only order would have immediately matched, bbo was 59990.0@60010.0.")]
    [InlineData("59000", "0.01", "Ioc", false, "Order could not immediately match against any resting orders.")]
    [InlineData("59000", "100", "Gtc", false, "Insufficient margin to place order.")]
    [InlineData("6000", "0.01", "Gtc", false, "Order price cannot be more than 80% away from the reference price")]
    public void ARefusedElementDoesNotStopTheBatch(string price, string size, string tif, bool reduceOnly, string error)
    {
        GatewayRig rig = new();
        string answer = rig.Act(Place(Order(true, price, size, tif, reduceOnly), Order(true, "59000", "0.01")));
        Assert.Equal(error, Status(answer).GetProperty("error").GetString());
        Assert.True(Status(answer, 1).TryGetProperty("resting", out _));
    }

    [Fact]
    public void ARefusedOrderCanBeAskedForByItsClientId()
    {
        GatewayRig rig = new();
        rig.Act(Place(Order(true, "59000", "0.01", "Ioc", cloid: Cloid)));
        JsonElement status = rig.Info($$"""{"type":"orderStatus","user":"{{User(Alice)}}","oid":"{{Cloid}}"}""");
        Assert.Equal("iocCancelRejected", status.GetProperty("order").GetProperty("status").GetString());
    }

    [Fact]
    public void AnImmediateOrderThatMeetsOnlyItsOwnAccountIsRefusedHoweverItIsAskedFor()
    {
        GatewayRig rig = new();
        rig.Rest(Order(false, "60000", "0.01"));
        JsonElement answer = Status(rig.Act(Place(Order(true, "60000", "0.01", "Ioc", cloid: Cloid))));
        Assert.Equal("Order could not immediately match against any resting orders.", answer.GetProperty("error").GetString());
        JsonElement status = rig.Info($$"""{"type":"orderStatus","user":"{{User(Alice)}}","oid":"{{Cloid}}"}""");
        Assert.Equal("iocCancelRejected", status.GetProperty("order").GetProperty("status").GetString());
    }

    [Fact]
    public void ChildrenOfAnImmediateOrderThatMeetsOnlyItsOwnAccountAreRefusedWithIt()
    {
        GatewayRig rig = new();
        rig.Rest(Order(false, "60000", "0.01"));
        string stop = Trigger(false, "50000", "0.01", "55000", "sl");
        stop = $"{stop[..^1]},\"c\":\"{Cloid}\"}}";
        string answer = rig.Act(PlaceGroup("normalTpsl", Order(true, "60000", "0.01", "Ioc"), stop));
        Assert.Equal(
            "Order could not immediately match against any resting orders.",
            Status(answer, 1).GetProperty("error").GetString()
        );
        JsonElement status = rig.Info($$"""{"type":"orderStatus","user":"{{User(Alice)}}","oid":"{{Cloid}}"}""");
        Assert.Equal("iocCancelRejected", status.GetProperty("order").GetProperty("status").GetString());
    }

    [Fact]
    public void TriggersAndGroupsWait()
    {
        GatewayRig rig = new();
        string group = PlaceGroup(
            "normalTpsl",
            Order(true, "59000", "0.01"),
            Trigger(false, "70000", "0.01", "66000", "tp"),
            Trigger(false, "50000", "0.01", "55000", "sl")
        );
        string answer = rig.Act(group);
        Assert.True(Status(answer).TryGetProperty("resting", out _));
        Assert.Equal("waitingForFill", Status(answer, 1).GetString());
        Assert.Equal("waitingForFill", Status(answer, 2).GetString());

        rig.Act(Place(Order(true, "61000", "0.01", "Ioc")));
        string stop = rig.Act(PlaceGroup("positionTpsl", Trigger(false, "50000", "0", "55000", "sl")));
        Assert.Equal("waitingForTrigger", Status(stop).GetString());
        JsonElement orders = rig.Info($$"""{"type":"frontendOpenOrders","user":"{{User(Alice)}}"}""");
        JsonElement parent = orders.EnumerateArray().Single(o => o.GetProperty("children").GetArrayLength() > 0);
        Assert.Equal(2, parent.GetProperty("children").GetArrayLength());
        JsonElement follower = orders.EnumerateArray().Single(o => o.GetProperty("isPositionTpsl").GetBoolean());
        Assert.Equal("Price below 55000.0", follower.GetProperty("triggerCondition").GetString());
        Assert.Equal("Stop Market", follower.GetProperty("orderType").GetString());
    }

    [Fact]
    public void CancelsAnswerEachElement()
    {
        GatewayRig rig = new();
        long first = rig.Rest(Order(true, "59000", "0.01"));
        rig.Rest(Order(true, "58000", "0.01", cloid: Cloid));
        string answer = rig.Act($$"""{"type":"cancel","cancels":[{"a":0,"o":{{first}}},{"a":0,"o":77},{"a":1,"o":{{first}}}]}""");
        const string Unknown = "Order was never placed, already canceled, or filled.";
        Assert.Equal("success", Status(answer).GetString());
        Assert.Equal(Unknown, Status(answer, 1).GetProperty("error").GetString());
        Assert.Equal(Unknown, Status(answer, 2).GetProperty("error").GetString());
        string second = rig.Act($$"""{"type":"cancelByCloid","cancels":[{"asset":0,"cloid":"{{Cloid}}"}]}""");
        Assert.Equal("""{"status":"ok","response":{"type":"cancel","data":{"statuses":["success"]}}}""", second);
    }

    [Fact]
    public void AModifiedOrderHasANewId()
    {
        GatewayRig rig = new();
        long old = rig.Rest(Order(true, "59000", "0.01"));
        Assert.Equal(
            Default,
            rig.Act($$"""{"type":"modify","oid":{{old}},"order":{{Order(true, "58000", "0.02", cloid: Cloid)}}}""")
        );
        JsonElement open = rig.Info($$"""{"type":"openOrders","user":"{{User(Alice)}}"}""")[0];
        Assert.NotEqual(old, open.GetProperty("oid").GetInt64());
        Assert.Equal("58000.0", open.GetProperty("limitPx").GetString());
        JsonElement before = rig.Info($$"""{"type":"orderStatus","user":"{{User(Alice)}}","oid":{{old}}}""");
        Assert.Equal("canceled", before.GetProperty("order").GetProperty("status").GetString());

        string again = rig.Act($$"""{"type":"modify","oid":{{old}},"order":{{Order(true, "58000", "0.02")}}}""");
        Assert.Equal("""{"status":"err","response":"Cannot modify canceled or filled order"}""", again);
        string batch = rig.Act(
            $$"""{"type":"batchModify","modifies":[{"oid":"{{Cloid}}","order":{{Order(true, "57000", "0.02")}}}]}"""
        );
        Assert.True(Status(batch).TryGetProperty("resting", out _));
    }

    [Fact]
    public void TheDeadMansSwitchFiresAtItsMoment()
    {
        GatewayRig rig = new();
        long order = rig.Rest(Order(true, "59000", "0.01"));
        Assert.Contains(
            "too early",
            rig.Act($$"""{"type":"scheduleCancel","time":{{StartMs + 4_999}}}"""),
            StringComparison.Ordinal
        );
        Assert.Equal(Default, rig.Act($$"""{"type":"scheduleCancel","time":{{StartMs + 5_000}}}"""));
        rig.NowMs += 4_999;
        Assert.Equal("open", StatusOf(rig, order));
        rig.NowMs++;
        Assert.Equal("scheduledCancel", StatusOf(rig, order));
        Assert.Equal(Default, rig.Act("""{"type":"scheduleCancel"}"""));
    }

    [Fact]
    public void LeverageAndMarginAreSettled()
    {
        GatewayRig rig = new();
        Assert.Equal(Default, rig.Act("""{"type":"updateLeverage","asset":0,"isCross":false,"leverage":10}"""));
        Assert.Equal(
            """{"status":"err","response":"Invalid leverage value."}""",
            rig.Act("""{"type":"updateLeverage","asset":0,"isCross":true,"leverage":41}""")
        );
        rig.Act(Place(Order(true, "61000", "0.01", "Ioc")));
        Assert.Equal(Default, rig.Act("""{"type":"updateIsolatedMargin","asset":0,"isBuy":true,"ntli":5000000}"""));
        JsonElement position = Position(rig);
        Assert.Equal("isolated", position.GetProperty("leverage").GetProperty("type").GetString());

        // Margin 60.01 for 0.01 BTC at 60,010 and tenfold leverage, 5 more, less 600.10 cost.
        Assert.Equal("-535.09", position.GetProperty("leverage").GetProperty("rawUsd").GetString());
    }

    [Theory]
    [InlineData("""{"type":"noop"}""")]
    [InlineData("""{"type":"setReferrer","code":"KEDGE"}""")]
    [InlineData("""{"type":"reserveRequestWeight","weight":100}""")]
    public void SmallActionsAreTaken(string action) => Assert.Equal(Default, new GatewayRig().Act(action));

    [Fact]
    public void AnUnknownActionIsRefusedInWords()
    {
        JsonElement answer = JsonDocument.Parse(new GatewayRig().Act("""{"type":"twapOrder","twap":{}}""")).RootElement;
        Assert.Equal("err", answer.GetProperty("status").GetString());
        Assert.Contains("twapOrder", answer.GetProperty("response").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void SubAccountsAreOpenedFundedAndTradedByTheAgent()
    {
        GatewayRig rig = new();
        JsonElement made = JsonDocument.Parse(rig.Act("""{"type":"createSubAccount","name":"second"}""")).RootElement;
        string sub = made.GetProperty("response").GetProperty("data").GetString()!;
        string move = $$"""{"type":"subAccountTransfer","subAccountUser":"{{sub}}","isDeposit":true,"usd":1000000000}""";
        Assert.Equal(Default, rig.Act(move, Alice));
        string order = Place(Order(true, "59000", "0.01"));
        string signed = Sign(order, Agent, (ulong)++rig.Nonce, vault: sub, vaultText: sub[2..]);
        Assert.Contains("resting", rig.Post("/exchange", signed).Body, StringComparison.Ordinal);
        Assert.Single(rig.Info($$"""{"type":"openOrders","user":"{{sub}}"}""").EnumerateArray());
        JsonElement listed = rig.Info($$"""{"type":"subAccounts","user":"{{User(Alice)}}"}""")[0];
        Assert.Equal("second", listed.GetProperty("name").GetString());
        Assert.Equal(User(Alice), listed.GetProperty("master").GetString());
        string bobs = Sign(order, Bob, (ulong)++rig.Nonce, vault: sub);
        Assert.Contains("does not exist", rig.Post("/exchange", bobs).Body, StringComparison.Ordinal);
    }

    [Fact]
    public void MoneyIsSentAndWithdrawn()
    {
        GatewayRig rig = new();
        const string Chain = "\"signatureChainId\":\"0x66eee\",\"hyperliquidChain\":\"Mainnet\"";
        string send =
            $$"""{"type":"usdSend",{{Chain}},"destination":"{{User(Stranger)}}","amount":"250.5","time":{{++rig.Nonce}}}""";
        Assert.Equal(Default, rig.ActAsUser(send, Alice));
        string out3 =
            $$"""{"type":"withdraw3",{{Chain}},"destination":"{{User(Alice)}}","amount":"49.5","time":{{++rig.Nonce}}}""";
        Assert.Equal(Default, rig.ActAsUser(out3, Alice));
        string spot = $$"""{"type":"usdClassTransfer",{{Chain}},"amount":"1","toPerp":true,"nonce":{{++rig.Nonce}}}""";
        Assert.Contains("no spot account", rig.ActAsUser(spot, Alice), StringComparison.Ordinal);
        Assert.Equal("99700.0", Withdrawable(rig, Alice));
        Assert.Equal("250.5", Withdrawable(rig, Stranger));
        JsonElement ledger = rig.Info($$"""{"type":"userNonFundingLedgerUpdates","user":"{{User(Alice)}}","startTime":0}""");
        Assert.Equal(
            ["deposit", "internalTransfer", "withdraw"],
            ledger.EnumerateArray().Select(entry => entry.GetProperty("delta").GetProperty("type").GetString()!)
        );
    }

    [Fact]
    public void AgentsAreApprovedAndExpire()
    {
        GatewayRig rig = new();
        long until = StartMs + 60_000;
        string approve = Approve(++rig.Nonce, $"bot valid_until {until}");
        Assert.Equal(Default, rig.ActAsUser(approve, Bob));
        Assert.Equal(Default, rig.Act("""{"type":"noop"}""", Stranger));
        JsonElement agents = rig.Info($$"""{"type":"extraAgents","user":"{{User(Bob)}}"}""");
        Assert.Equal("bot", agents[0].GetProperty("name").GetString());
        Assert.Equal(until, agents[0].GetProperty("validUntil").GetInt64());
        rig.NowMs = until;
        Assert.Contains("does not exist", rig.Act("""{"type":"noop"}""", Stranger), StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnnamedAgentIsSignedAsEmptyAndSentWithoutName()
    {
        GatewayRig rig = new();
        string full = Approve(++rig.Nonce, "");
        string signed = SignUser(full, Bob, (ulong)rig.Nonce).Replace("\"agentName\":\"\",", "", StringComparison.Ordinal);
        Assert.DoesNotContain("agentName", signed, StringComparison.Ordinal);
        Assert.Equal(Default, rig.Post("/exchange", signed).Body);
        Assert.Equal(Default, rig.Act("""{"type":"noop"}""", Stranger));
    }

    [Fact]
    public void ABuildersFeeNeedsApproval()
    {
        GatewayRig rig = new();
        string builder = User(Stranger);
        string With(int fee) => Place(Order(true, "59000", "0.01"))[..^1] + $",\"builder\":{{\"b\":\"{builder}\",\"f\":{fee}}}}}";
        Assert.True(Status(rig.Act(With(0))).TryGetProperty("resting", out _));
        Assert.Equal("""{"status":"err","response":"Builder fee has not been approved."}""", rig.Act(With(10)));
        string approve =
            $$"""{"type":"approveBuilderFee","signatureChainId":"0x66eee","hyperliquidChain":"Mainnet","maxFeeRate":"0.01%","builder":"{{builder}}","nonce":{{++rig.Nonce}}}""";
        Assert.Equal(Default, rig.ActAsUser(approve, Alice));
        Assert.True(Status(rig.Act(With(10))).TryGetProperty("resting", out _));
        Assert.Equal(10, rig.Info($$"""{"type":"maxBuilderFee","user":"{{User(Alice)}}","builder":"{{builder}}"}""").GetInt32());

        GatewayRig strict = new(new GatewaySettings { BuilderFees = false });
        Assert.Contains("\"err\"", strict.ActAsUser(approve, Alice), StringComparison.Ordinal);
    }

    [Fact]
    public void AnAddressRunsOutOfActionsButMayStillCancel()
    {
        GatewayRig rig = new(exchange: Markets.Settings with { RequestsBase = 3, RequestDripMs = 1_000_000_000_000_000 });
        long order = rig.Rest(Order(true, "59000", "0.01"));
        rig.Rest(Order(true, "59000", "0.01"));
        rig.Rest(Order(true, "59000", "0.01"));
        rig.Act(Place(Order(true, "59000", "0.01")));
        string refused = rig.Act(Place(Order(true, "59000", "0.01"), Order(true, "59000", "0.01")));
        Assert.Contains("Too many cumulative requests sent (", refused, StringComparison.Ordinal);
        Assert.Equal("success", Status(rig.Act($$"""{"type":"cancel","cancels":[{"a":0,"o":{{order}}}]}""")).GetString());
    }

    private static string Approve(long nonce, string name) =>
        $$"""{"type":"approveAgent","signatureChainId":"0xa4b1","hyperliquidChain":"Testnet","agentAddress":"{{User(Stranger)}}","agentName":"{{name}}","nonce":{{nonce}}}""";

    private static JsonElement Position(GatewayRig rig) =>
        rig.Info($$"""{"type":"clearinghouseState","user":"{{User(Alice)}}"}""")
            .GetProperty("assetPositions")[0]
            .GetProperty("position");

    private static string Withdrawable(GatewayRig rig, Kedge.Crypto.PrivateKey key) =>
        rig.Info($$"""{"type":"clearinghouseState","user":"{{User(key)}}"}""").GetProperty("withdrawable").GetString()!;

    private static string StatusOf(GatewayRig rig, long order) =>
        rig.Info($$"""{"type":"orderStatus","user":"{{User(Alice)}}","oid":{{order}}}""")
            .GetProperty("order")
            .GetProperty("status")
            .GetString()!;
}
