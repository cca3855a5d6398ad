using System.Text.Json;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Market;
using static Kedge.Exchange.Tests.Gateways.GatewayRig;

namespace Kedge.Exchange.Tests.Gateways;

/// <summary>A restored exchange has the same future: same answers, same bytes when saved again.</summary>
public sealed class RestoreTests
{
    [Fact]
    public void TheSameRequestsAfterARestoreGiveTheSameAnswersAndTheSameBytes()
    {
        GatewayRig before = new();
        Trade(before, 1);
        GatewayRig after = Restored(before, new GatewaySettings());
        Assert.Equal(Trade(before, 2), Trade(after, 2));
        Assert.Equal(Ask(before), Ask(after));
        Assert.Equal(before.Gateway.Save(), after.Gateway.Save());
    }

    [Fact]
    public void AnExchangeMayBeRestoredToRememberLess()
    {
        GatewayRig before = new();
        Trade(before, 1);
        Trade(before, 2);
        GatewayRig after = Restored(before, new GatewaySettings { FillsKept = 2, OrdersKept = 3 });
        JsonElement all = before.Info($$"""{"type":"userFills","user":"{{User(Alice)}}"}""");
        JsonElement kept = after.Info($$"""{"type":"userFills","user":"{{User(Alice)}}"}""");
        Assert.True(all.GetArrayLength() > 2);
        Assert.Equal(
            all.EnumerateArray().Take(2).Select(fill => fill.GetRawText()),
            kept.EnumerateArray().Select(fill => fill.GetRawText())
        );
    }

    [Fact]
    public void AUsedNonceIsStillUsedAfterARestore()
    {
        GatewayRig before = new();
        string body = Sign("""{"type":"noop"}""", Agent, StartMs + 5);
        Assert.Contains("ok", before.Post("/exchange", body).Body, StringComparison.Ordinal);
        GatewayRig after = Restored(before, new GatewaySettings());
        Assert.Contains("duplicate nonce", after.Post("/exchange", body).Body, StringComparison.Ordinal);
    }

    [Fact]
    public void AMarketGoesOnWhereItStood()
    {
        GatewayMarket market = new([new MarketSeries(Markets.Btc, Bars(), [], 5)], new MarketSettings(), StartMs);
        GatewayRig before = new(market: market);
        before.NowMs += 3_640_000;
        before.Handle(new GatewayInput.TimerFired(2));
        Trade(before, 1);
        byte[] bytes = before.Gateway.Save();
        GatewayRig after = new()
        {
            Gateway = HyperliquidGateway.Restore(before.Exchange, new GatewaySettings(), market, bytes),
            NowMs = before.NowMs,
            Nonce = before.Nonce,
        };
        foreach (GatewayRig rig in new[] { before, after })
        {
            rig.NowMs += 3_700_000;
            rig.Handle(new GatewayInput.TimerFired(2));
            Trade(rig, 2);
        }

        Assert.Equal(Ask(before), Ask(after));
        Assert.Equal(before.Gateway.Save(), after.Gateway.Save());
    }

    private static MarketBar[] Bars() =>
        [
            .. Enumerable
                .Range(-200, 800)
                .Select(i => new MarketBar(
                    StartMs - (StartMs % 60_000) + (i * 60_000L),
                    60_000,
                    600_000 + (i * 10),
                    600_100 + (i * 10),
                    599_900 + (i * 10),
                    600_010 + (i * 10),
                    1_000
                )),
        ];

    private static GatewayRig Restored(GatewayRig from, GatewaySettings settings)
    {
        byte[] bytes = from.Gateway.Save();
        return new GatewayRig
        {
            Gateway = HyperliquidGateway.Restore(from.Exchange, settings, null, bytes),
            NowMs = from.NowMs,
            Nonce = from.Nonce,
        };
    }

    private static List<string> Trade(GatewayRig rig, int round)
    {
        string cloid = $"0x{round:x32}";
        List<string> answers =
        [
            rig.Act(Place(Order(true, "60010", "0.01", "Ioc"), Order(true, "58000", "0.02", cloid: cloid))),
            rig.Act(Place(Order(true, "59000", "0.000001"), Order(true, "59000", "0.01"))),
            rig.Act(PlaceGroup("normalTpsl", Order(true, "60010", "0.01"), Trigger(false, "50000", "0.01", "55000", "sl"))),
            rig.Act($$"""{"type":"modify","oid":"{{cloid}}","order":{{Order(true, "57000", "0.02", cloid: cloid)}}}"""),
            rig.Act("""{"type":"updateLeverage","asset":1,"isCross":false,"leverage":7}"""),
            rig.Act($$"""{"type":"scheduleCancel","time":{{rig.NowMs + 60_000}}}"""),
        ];
        rig.NowMs += 1_000;
        rig.Command(ExchangeCommand.SetPrice(Markets.Btc, 599_990 - round, 599_990));
        answers.Add(rig.Act($$"""{"type":"cancelByCloid","cancels":[{"asset":0,"cloid":"{{cloid}}"}]}"""));
        rig.NowMs += 3_600_000;
        rig.Command(ExchangeCommand.SetFundingRate(Markets.Btc, 125_000));
        answers.Add(rig.Act(Place(Order(true, "56000", "0.01"))));
        return answers;
    }

    private static List<string> Ask(GatewayRig rig)
    {
        string user = User(Alice);
        return
        [
            .. new[]
            {
                "clearinghouseState",
                "frontendOpenOrders",
                "historicalOrders",
                "userFills",
                "userRateLimit",
                "extraAgents",
            }.Select(type => rig.Post("/info", $$"""{"type":"{{type}}","user":"{{user}}"}""").Body),
            rig.Post("/info", $$"""{"type":"userFunding","user":"{{user}}","startTime":0}""").Body,
            rig.Post("/info", """{"type":"metaAndAssetCtxs"}""").Body,
            rig.Post("/info", """{"type":"recentTrades","coin":"BTC"}""").Body,
            rig.Post("/info", """{"type":"fundingHistory","coin":"BTC","startTime":0}""").Body,
            rig.Post("/info", """{"type":"candleSnapshot","req":{"coin":"BTC","interval":"1m","startTime":0}}""").Body,
        ];
    }
}
