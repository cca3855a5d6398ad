using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Market;
using Kedge.Model.Machines;
using static Kedge.Exchange.Tests.Gateways.GatewayRig;

namespace Kedge.Exchange.Tests.Gateways;

/// <summary>A venue that was saved and restored at any moment is the same venue, byte for byte, and stays so.</summary>
public sealed class RestoreAtAnyMomentTests
{
    private const long MinuteMs = 60_000;

    [Theory]
    [InlineData(1UL, MarketEnd.BackAndForth, true)]
    [InlineData(2UL, MarketEnd.BackAndForth, false)]
    [InlineData(3UL, MarketEnd.Stop, true)]
    [InlineData(4UL, MarketEnd.Stop, false)]
    public void Restored_venue_is_the_same_at_any_moment(ulong seed, MarketEnd end, bool hasTrades)
    {
        GatewayMarket market = Market(end, hasTrades);
        GatewaySettings settings = new()
        {
            WeightPerMinute = 10_000_000,
            OrdersKept = 20,
            FillsKept = 15,
            TradesKept = 12,
            PaymentsKept = 5,
        };
        Same(new HyperliquidGateway(new ExchangeCore(Markets.Settings), settings, market), settings, market);

        GatewayRig rig = new(settings, market: market);
        ExchangeRandom random = new(seed);
        for (int step = 0; step < 300; step++)
        {
            // Mostly moments; now and then a gap that is played, and one that is left out.
            rig.NowMs += random.Below(20) switch
            {
                0 => random.Below(40) * MinuteMs,
                1 => random.Below(20) * 60 * MinuteMs,
                _ => random.Below(5_000),
            };
            rig.Nonce = Math.Max(rig.Nonce, rig.NowMs);
            Act(rig, random);
            if (step % 5 == 0)
            {
                HyperliquidGateway restored = Same(rig.Gateway, settings, market);
                if (random.Below(2) == 0)
                {
                    rig.Gateway = restored;
                }
            }
        }
    }

    [Fact]
    public void Venue_that_may_keep_less_than_before_forgets_the_oldest()
    {
        GatewayRig rig = new();
        for (int i = 0; i < 8; i++)
        {
            rig.Act(Place(Order(true, "61000", "0.01", "Ioc")));
        }

        rig.Gateway = HyperliquidGateway.Restore(
            rig.Exchange,
            new GatewaySettings { FillsKept = 3 },
            market: null,
            rig.Gateway.Save()
        );
        System.Text.Json.JsonElement fills = rig.Info($"{{\"type\":\"userFills\",\"user\":\"{User(Alice)}\"}}");
        Assert.Equal(3, fills.GetArrayLength());
    }

    /// <summary>Restores twice over and compares; also after both were given the same input.</summary>
    private static HyperliquidGateway Same(HyperliquidGateway gateway, GatewaySettings settings, GatewayMarket market)
    {
        byte[] saved = gateway.Save();
        HyperliquidGateway restored = HyperliquidGateway.Restore(Markets.Settings, settings, market, saved);
        Assert.Equal(saved, restored.Save());
        HyperliquidGateway again = HyperliquidGateway.Restore(Markets.Settings, settings, market, restored.Save());
        Assert.Equal(saved, again.Save());
        GatewayInput later = new GatewayInput.TimerFired(2);
        long laterMs = Math.Max(StartMs, gateway.Core.TimeMs) + (7 * MinuteMs);
        HyperliquidGateway third = HyperliquidGateway.Restore(Markets.Settings, settings, market, saved);
        foreach (HyperliquidGateway one in new[] { again, third })
        {
            one.Handle(in later, new Now(laterMs - StartMs, laterMs), new Nowhere());
        }

        Assert.Equal(again.Save(), third.Save());
        return restored;
    }

    private static void Act(GatewayRig rig, ExchangeRandom random)
    {
        bool isBuy = random.Below(2) == 0;
        string size = random.Below(2) == 0 ? "0.01" : "0.002";
        switch (random.Below(12))
        {
            case < 4:
                rig.Act(Place(Order(isBuy, isBuy ? "66000" : "54000", size, "Ioc")));
                break;
            case < 6:
                string cloid = $"0x{random.Below(40) + 1:x32}";
                rig.Act(Place(Order(isBuy, isBuy ? "57000" : "63000", size, cloid: cloid)));
                break;
            case 6:
                rig.Act(Place(Order(isBuy, "1", size)), Bob);
                break;
            case 7:
                rig.Act(Place(Trigger(false, "50000", size, "56000", "sl")));
                break;
            case 8:
                rig.Operate(new VenueOperation.ReviseCandle(Markets.Btc, (rig.NowMs / MinuteMs - 3) * MinuteMs, 600_300));
                break;
            case 9:
                rig.Operate(new VenueOperation.StepClock(random.Below(2_000) - 1_000));
                break;
            case 10:
                rig.Act($"{{\"type\":\"createSubAccount\",\"name\":\"s{random.Below(5)}\"}}", Alice);
                break;
            default:
                rig.Quote();
                break;
        }
    }

    /// <summary>BTC of an hour and a half, half of it before the start, whose first played bar is under way; ETH with history alone.</summary>
    private static GatewayMarket Market(MarketEnd end, bool hasTrades)
    {
        long first = StartMs / MinuteMs * MinuteMs;
        return new GatewayMarket(
            [Series(Markets.Btc, 600_000, first, 90), Series(Markets.Eth, 300_000, first - (200 * MinuteMs), 90)],
            new MarketSettings { End = end },
            first
        );

        MarketSeries Series(int symbol, long price, long middleMs, int count)
        {
            List<MarketBar> bars = [];
            for (int i = 0; i < count; i++)
            {
                long open = price + (37 * i % 200);
                long close = price + (37 * (i + 1) % 200);
                bars.Add(
                    new MarketBar(
                        middleMs + ((i - (count / 2)) * MinuteMs),
                        MinuteMs,
                        open,
                        Math.Max(open, close) + 50,
                        Math.Min(open, close) - 50,
                        close,
                        5_000 + i
                    )
                );
            }

            return new MarketSeries(symbol, bars, hasTrades ? [.. bars.Select((_, i) => i % 40)] : [], 7);
        }
    }

    private sealed class Nowhere : IEffectSink<GatewayOutput>
    {
        public void Add(in GatewayOutput effect) { }
    }
}
