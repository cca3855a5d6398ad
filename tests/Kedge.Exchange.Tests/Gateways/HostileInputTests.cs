using System.Text;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using static Kedge.Exchange.Tests.Gateways.GatewayRig;

namespace Kedge.Exchange.Tests.Gateways;

/// <summary>What nobody sends by accident: names that are no text, numbers at the ends of their range, ids of other markets.</summary>
public sealed class HostileInputTests
{
    [Theory]
    [InlineData("/info", """{"\ud800":1,"type":"meta"}""")]
    [InlineData("/info", """{"type":"l2Book","coin":"BTC","nS\ud800gF\ud800gs":1}""")]
    [InlineData(
        "/exchange",
        """{"\udfff\ud800\ud800":1,"action":{"type":"noop"},"nonce":1,"signature":{"r":"0x1","s":"0x1","v":27}}"""
    )]
    [InlineData("/exchange", """{"action":{"\ud800":1,"type":"usdSend"},"nonce":1,"signature":{"r":"0x1","s":"0x1","v":27}}""")]
    public void NamesThatAreNoTextAreMalformed(string path, string body)
    {
        GatewayRig rig = new();
        Assert.Equal(422, rig.Post(path, body).Status);
        Assert.Equal("malformed", rig.Logs.Last().Code);
    }

    [Theory]
    [InlineData("""{"\ud800":1,"method":"ping"}""")]
    [InlineData("""{"method":"subscribe","subscription":{"\ud800":1,"type":"allMids"}}""")]
    [InlineData("""{"method":"post","id":1,"request":{"\ud800":1,"type":"info","payload":{"type":"meta"}}}""")]
    [InlineData("""{"method":"post","id":1,"request":{"type":"info","payload":{"\ud800":1,"type":"meta"}}}""")]
    [InlineData("""{"method":"post","id":1,"request":{"type":"action","payload":{"\ud800":1,"action":{}}}}""")]
    public void NamesThatAreNoTextAreAnsweredByAnErrorOnTheSocket(string text)
    {
        GatewayRig rig = new();
        rig.Handle(new GatewayInput.SocketOpened(1, "10.0.0.1"));
        rig.Handle(new GatewayInput.SocketReceived(1, Encoding.UTF8.GetBytes(text)));
        GatewayOutput.SocketSend sent = rig.Outputs.OfType<GatewayOutput.SocketSend>().Last();
        Assert.Contains("rror", Encoding.UTF8.GetString(sent.Text.Span), StringComparison.Ordinal);
        Assert.Contains(rig.Logs, log => log.Code == "malformed" || log.Code == "subscription");
    }

    public static TheoryData<string> Actions()
    {
        string[] numbers = ["0", "1", "-1", "2147483647", "2147483648", "9223372036854775807", "-9223372036854775808"];
        string[] texts =
        [
            "0",
            "-1",
            "0.000001",
            "999999999999999999",
            "9223372036854775807",
            "9223372036854.775807",
            "99999999999999999999999999",
            "0.1234567890123456789",
        ];
        TheoryData<string> all = [];
        foreach (string n in numbers)
        {
            all.Add($$"""{"type":"scheduleCancel","time":{{n}}}""");
            all.Add($$"""{"type":"updateIsolatedMargin","asset":0,"isBuy":true,"ntli":{{n}}}""");
            all.Add($$"""{"type":"updateIsolatedMargin","asset":{{n}},"isBuy":true,"ntli":5}""");
            all.Add($$"""{"type":"updateLeverage","asset":0,"isCross":true,"leverage":{{n}}}""");
            all.Add($$"""{"type":"updateLeverage","asset":{{n}},"isCross":true,"leverage":3}""");
            all.Add($$"""{"type":"cancel","cancels":[{"a":{{n}},"o":{{n}}}]}""");
            all.Add($$"""{"type":"subAccountTransfer","subAccountUser":"{{User(Bob)}}","isDeposit":true,"usd":{{n}}}""");
            all.Add($$"""{"type":"reserveRequestWeight","weight":{{n}}}""");
        }

        foreach (string t in texts)
        {
            all.Add(Place(Order(true, t, "0.01")));
            all.Add(Place(Order(true, "60000", t)));
            all.Add(Place(Order(false, t, t, reduceOnly: true)));
            all.Add(Place(Trigger(false, t, t, t, "sl")));
            all.Add(PlaceGroup("positionTpsl", Trigger(false, t, t, t, "tp")));
            all.Add(PlaceGroup("normalTpsl", Order(true, "60010", "0.01"), Trigger(false, t, t, t, "tp")));
        }

        foreach (int asset in new[] { 3, 10_000, 10_107, 110_000, 100_000_001, int.MaxValue })
        {
            all.Add(Place(Order(true, "60000", "0.01", asset: asset)));
            all.Add($$"""{"type":"cancel","cancels":[{"a":{{asset}},"o":5}]}""");
            all.Add($$"""{"type":"modify","oid":5,"order":{{Order(true, "60000", "0.01", asset: asset)}} }""");
            all.Add($$"""{"type":"modify","oid":5,"order":{{Order(true, "60000", "0.01", asset: asset)}},"a":true}""");
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public void NumbersAtTheEndsOfTheirRangeAreAnsweredAndMoveNoMoney(string action)
    {
        GatewayRig rig = new();
        rig.Act(Place(Order(true, "60010", "0.1", "Ioc")));
        (int status, _) = rig.Post("/exchange", Sign(action, Agent, (ulong)++rig.Nonce));
        Assert.True(status is 200 or 422);
        rig.Gateway.Core.Verify();
        foreach (string type in new[] { "clearinghouseState", "frontendOpenOrders", "historicalOrders", "userFills" })
        {
            rig.Info($$"""{"type":"{{type}}","user":"{{User(Alice)}}"}""");
        }
    }

    [Theory]
    [InlineData("usdSend", "999999999999999999")]
    [InlineData("usdSend", "-1")]
    [InlineData("usdSend", "0.0000001")]
    [InlineData("withdraw3", "999999999999.999999")]
    [InlineData("withdraw3", "-5")]
    public void ImpossibleAmountsOfMoneyAreRefused(string type, string amount)
    {
        GatewayRig rig = new();
        string send =
            $$"""{"type":"{{type}}","signatureChainId":"0x1","hyperliquidChain":"Mainnet","destination":"{{User(Bob)}}","amount":"{{amount}}","time":{{++rig.Nonce}}}""";
        Assert.Contains("\"err\"", rig.ActAsUser(send, Alice), StringComparison.Ordinal);
        rig.Gateway.Core.Verify();
    }

    [Theory]
    [InlineData("-9223372036854775808", "9223372036854775807")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("9223372036854775807", "-9223372036854775808")]
    public void SpansOfTimeAtTheEndsOfTheirRangeAreAnswered(string from, string to)
    {
        GatewayRig rig = new();
        rig.Act(Place(Order(true, "60010", "0.1", "Ioc")));
        foreach (string interval in new[] { "1m", "1w", "1M" })
        {
            rig.Info(
                $$"""{"type":"candleSnapshot","req":{"coin":"BTC","interval":"{{interval}}","startTime":{{from}},"endTime":{{to}} } }"""
            );
        }

        rig.Info($$"""{"type":"fundingHistory","coin":"BTC","startTime":{{from}},"endTime":{{to}}}""");
        foreach (string type in new[] { "userFillsByTime", "userFunding", "userNonFundingLedgerUpdates" })
        {
            rig.Info($$"""{"type":"{{type}}","user":"{{User(Alice)}}","startTime":{{from}},"endTime":{{to}}}""");
        }
    }

    [Fact]
    public void OperationsAtTheEndsOfTheirRangeAreRefused()
    {
        GatewayRig rig = new();
        long[] ends = [long.MinValue, -1, 0, 1L << 60, long.MaxValue];
        Exchange.Core.Address nobody = new(1, 2);
        foreach (long n in ends)
        {
            int symbol = (int)Math.Clamp(n, int.MinValue, int.MaxValue);
            rig.Operate(new VenueOperation.StepClock(n));
            rig.Operate(new VenueOperation.ReviseCandle(symbol, n, n));
            rig.Operate(new VenueOperation.ReviseCandle(0, n, n));
            rig.Operate(new VenueOperation.FillThenCancel(GatewayRig.Core(Alice), n, n));
            rig.Operate(new VenueOperation.FillThenCancel(nobody, n, n));
            rig.Operate(new VenueOperation.Liquidate(nobody));
            rig.Operate(new VenueOperation.Deleverage(GatewayRig.Core(Alice), symbol, n));
            rig.Operate(new VenueOperation.Deleverage(GatewayRig.Core(Alice), 0, n));
            rig.Operate(new VenueOperation.ChangeLotSize(symbol, symbol));
            rig.Operate(new VenueOperation.ChangeLotSize(0, symbol));
            rig.Operate(new VenueOperation.OpenAccount(new Exchange.Core.Address(7, (UInt128)(n & 0xFF)), null, n));
            rig.Command(
                ExchangeCommand.Print(0, OrderSide.Buy, n, n),
                ExchangeCommand.Print(0, OrderSide.Sell, 600_000, n),
                ExchangeCommand.SetPrice(symbol, n, n),
                ExchangeCommand.SetFundingRate(0, n),
                ExchangeCommand.Transfer(0, 1, n),
                ExchangeCommand.Transfer(symbol, symbol, n)
            );
            rig.Operate(new VenueOperation.Delist(symbol == 0 ? 2 : symbol));
        }

        rig.Gateway.Core.Verify();
        rig.Info("""{"type":"metaAndAssetCtxs"}""");
    }

    [Fact]
    public void APremiumWithoutMeasureIsBounded()
    {
        Assert.Equal(100_000_000_000_000, FundingFormula.Premium(1L << 53, 1L << 54, 1));
        Assert.Equal(-10_000_000_000, FundingFormula.Premium(0, 0, 1L << 54));
    }

    [Fact]
    public void MoneyThatGoesRoundAllAccountsAddsUpToZero()
    {
        GatewayRig rig = new(exchange: Markets.Settings with { RequestsBase = 0 });
        Random random = new(11);
        List<string> subs = [];
        for (int i = 0; i < 3; i++)
        {
            string answer = rig.Act($$"""{"type":"createSubAccount","name":"s{{i}}"}""", Alice);
            subs.Add(
                System.Text.Json.JsonDocument.Parse(answer).RootElement.GetProperty("response").GetProperty("data").GetString()!
            );
        }

        long before = rig.Gateway.Core.Account(ExchangeCore.House).CrossRaw;
        for (int i = 0; i < 300; i++)
        {
            rig.NowMs += 1_000;
            long usd = random.NextInt64(-5, 40_000) * 999_983;
            string sub = subs[random.Next(subs.Count)];
            string amount = (usd / 1_000_000m).ToString(System.Globalization.CultureInfo.InvariantCulture);
            const string Chain = "\"signatureChainId\":\"0x1\",\"hyperliquidChain\":\"Mainnet\"";
            switch (random.Next(6))
            {
                case 0:
                    rig.Act(
                        $$"""{"type":"subAccountTransfer","subAccountUser":"{{sub}}","isDeposit":true,"usd":{{usd}}}""",
                        Alice
                    );
                    break;
                case 1:
                    rig.Act(
                        $$"""{"type":"subAccountTransfer","subAccountUser":"{{sub}}","isDeposit":false,"usd":{{usd}}}""",
                        Alice
                    );
                    break;
                case 2:
                    rig.ActAsUser(
                        $$"""{"type":"usdSend",{{Chain}},"destination":"{{(random.Next(2) == 0 ? User(Bob) : sub)}}","amount":"{{amount}}","time":{{++rig.Nonce}}}""",
                        random.Next(2) == 0 ? Alice : Bob
                    );
                    break;
                case 3:
                    rig.ActAsUser(
                        $$"""{"type":"withdraw3",{{Chain}},"destination":"{{User(Bob)}}","amount":"{{amount}}","time":{{++rig.Nonce}}}""",
                        Bob
                    );
                    break;
                case 4:
                    rig.Act($$"""{"type":"updateIsolatedMargin","asset":0,"isBuy":true,"ntli":{{usd}}}""", Alice);
                    break;
                default:
                    bool isBuy = random.Next(2) == 0;
                    rig.Act(
                        $$"""{"type":"updateLeverage","asset":0,"isCross":{{(i % 3 == 0 ? "true" : "false")}},"leverage":5}""",
                        Alice
                    );
                    rig.Act(Place(Order(isBuy, isBuy ? "60010" : "59990", "0.01", "Ioc")), Alice);
                    break;
            }

            // Throws unless cash, sizes and values add up to zero over all accounts, the house among them.
            rig.Gateway.Core.Verify();
        }

        Assert.NotEqual(before, rig.Gateway.Core.Account(ExchangeCore.House).CrossRaw);
    }

    [Fact]
    public void QuestionsAboutAccountsThatAreNotThereAreRefusedAsSuch()
    {
        GatewayRig rig = new();
        ExchangeCore core = rig.Gateway.Core;
        foreach (int account in new[] { -1, int.MinValue, core.Accounts, int.MaxValue })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => core.Account(account));
            Assert.Throws<ArgumentOutOfRangeException>(() => core.Position(account, 0));
            Assert.Throws<ArgumentOutOfRangeException>(() => _ = core.OpenOrders(account).ToArray());
            Assert.Throws<ArgumentOutOfRangeException>(() => core.Position(1, account));
            Assert.Throws<ArgumentOutOfRangeException>(() => core.Prices(account));
        }
    }
}
