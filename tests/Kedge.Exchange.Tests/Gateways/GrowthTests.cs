using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Actions;
using static Kedge.Exchange.Tests.Gateways.GatewayRig;

namespace Kedge.Exchange.Tests.Gateways;

/// <summary>What a patient client could make grow or overflow, and small things that a bot trips over.</summary>
public sealed class GrowthTests
{
    [Fact]
    public void TradingWithoutEndNeverOverflowsTheVolume()
    {
        ExchangeSettings settings = new()
        {
            Instruments = [new Instrument("BTC", 5, new MarginTable(new MarginTier(0, 40)), 1_000_000)],
            RequestsBase = 0,
        };
        Rig rig = new(settings, deposit: 100_000_000_000);
        rig.Mark(90_000);
        long lots = settings.Instruments[0].MaxOpenInterest;
        for (int i = 0; i < 700; i++)
        {
            OrderSide side = i % 2 == 0 ? OrderSide.Buy : OrderSide.Sell;
            OrderSide other = i % 2 == 0 ? OrderSide.Sell : OrderSide.Buy;
            rig.Place(Rig.Bob, new OrderRequest(0, other, 900_000, lots));
            rig.Place(Rig.Alice, new OrderRequest(0, side, 900_000, lots));
        }

        rig.Core.Verify();
        Assert.True(rig.Core.Account(Rig.Alice).Volume > 9_000_000_000_000L * Bounds.Usd);
    }

    [Fact]
    public void NoncesOfWalletsThatSignForNobodyAnyMoreMakeRoom()
    {
        NonceTable nonces = new(signersMax: 4);
        for (uint i = 0; i < 100; i++)
        {
            Address signer = new(i, 1);
            Assert.Null(nonces.Use(signer, 1, 0, hasWindow: false, other => other.High == i || other.High == 0));
        }

        Assert.Contains("duplicate", nonces.Use(new Address(0, 1), 1, 0, false, _ => true), StringComparison.Ordinal);
        for (uint i = 200; i < 203; i++)
        {
            Assert.Null(nonces.Use(new Address(i, 1), 1, 0, false, other => other.High is 0 or >= 200));
        }

        Assert.Contains("too many", nonces.Use(new Address(300, 1), 1, 0, false, _ => true), StringComparison.Ordinal);
    }

    [Fact]
    public void AMantissaCountsAlsoWhereTheFifthFigureIsTheTick()
    {
        GatewayRig rig = new();
        rig.Command(
            ExchangeCommand.SetPrice(Markets.Btc, 60_007, 60_007),
            ExchangeCommand.CancelAll(ExchangeCore.House),
            ExchangeCommand.Place(
                ExchangeCore.House,
                new OrderRequest[]
                {
                    new(Markets.Btc, OrderSide.Buy, 60_004, 100_000),
                    new(Markets.Btc, OrderSide.Sell, 60_012, 100_000),
                }
            )
        );
        System.Text.Json.JsonElement levels = rig.Info("""{"type":"l2Book","coin":"BTC","nSigFigs":5,"mantissa":5}""")
            .GetProperty("levels");
        Assert.Equal("6000.0", levels[0][0].GetProperty("px").GetString());
        Assert.Equal("6001.5", levels[1][0].GetProperty("px").GetString());
    }

    [Fact]
    public void OrdersThatWaitForAParentStandInTheListAndUnderTheirParent()
    {
        // As recorded from the venue: ids ...907, ...906 and ...905, the last with children ...906 and ...907.
        GatewayRig rig = new();
        rig.Act(
            PlaceGroup(
                "normalTpsl",
                Order(true, "59000", "0.01"),
                Trigger(false, "50000", "0.01", "55000", "sl"),
                Trigger(false, "70000", "0.01", "65000", "tp")
            )
        );
        System.Text.Json.JsonElement orders = rig.Info($$"""{"type":"frontendOpenOrders","user":"{{User(Alice)}}"}""");
        long[] ids = [.. orders.EnumerateArray().Select(order => order.GetProperty("oid").GetInt64())];
        Assert.Equal([ids[2] + 2, ids[2] + 1, ids[2]], ids);
        Assert.Equal(
            [ids[1], ids[0]],
            orders[2].GetProperty("children").EnumerateArray().Select(child => child.GetProperty("oid").GetInt64())
        );
        Assert.Equal(0, orders[0].GetProperty("children").GetArrayLength());
    }

    [Fact]
    public void ABuilderIsTheSameWithAndWithoutThePrefixOfItsAddress()
    {
        GatewayRig rig = new();
        string approve =
            $$"""{"type":"approveBuilderFee","signatureChainId":"0x66eee","hyperliquidChain":"Mainnet","maxFeeRate":"0.01%","builder":"{{User(Bob)}}","nonce":{{++rig.Nonce}} }""";
        Assert.Contains("\"ok\"", rig.ActAsUser(approve, Alice), StringComparison.Ordinal);
        string order = Place(Order(true, "59000", "0.01"));
        string bare = order[..^1] + $",\"builder\":{{\"b\":\"{User(Bob)[2..]}\",\"f\":10}}}}";
        Assert.Contains("resting", rig.Act(bare), StringComparison.Ordinal);
    }

    [Fact]
    public void AnAgentWithoutANameMaySayNull()
    {
        GatewayRig rig = new();
        string approve =
            $$"""{"type":"approveAgent","signatureChainId":"0x66eee","hyperliquidChain":"Mainnet","agentAddress":"{{User(Stranger)}}","agentName":"","nonce":{{++rig.Nonce}} }""";
        string signed = SignUser(approve, Alice, (ulong)rig.Nonce)
            .Replace("\"agentName\":\"\"", "\"agentName\":null", StringComparison.Ordinal);
        Assert.Contains("\"ok\"", rig.Post("/exchange", signed).Body, StringComparison.Ordinal);
        Assert.Contains("\"ok\"", rig.Act("""{"type":"noop"}""", Stranger), StringComparison.Ordinal);
    }

    [Fact]
    public void MoneyThatCannotMoveIsNotSaidToHaveMoved()
    {
        GatewayRig rig = new();
        foreach (string toPerp in new[] { "true", "false" })
        {
            string move =
                $$"""{"type":"usdClassTransfer","signatureChainId":"0x66eee","hyperliquidChain":"Mainnet","amount":"1","toPerp":{{toPerp}},"nonce":{{++rig.Nonce}} }""";
            Assert.Contains("\"err\"", rig.ActAsUser(move, Alice), StringComparison.Ordinal);
        }
    }
}
