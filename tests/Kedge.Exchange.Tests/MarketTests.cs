using Kedge.Exchange.Core;
using Kedge.Exchange.Market;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Tests;

/// <summary>The house's market: paths inside bars, quotes around them, and no garbage.</summary>
public sealed class MarketTests
{
    [Fact]
    public void A_path_has_the_bars_open_high_low_close_and_volume()
    {
        ExchangeRandom random = new(3);
        for (int i = 0; i < 5_000; i++)
        {
            long low = 1 + random.Below(1_000_000);
            long high = low + random.Below(i % 5 == 0 ? 1 : 50_000);
            long Inside() => low + random.Below(high - low + 1);
            MarketBar bar = new(
                1_700_000_000_000 + (i * 60_000L),
                60_000,
                Inside(),
                high,
                low,
                Inside(),
                random.Below(1_000_000)
            );
            PathPoint[] path = PricePath.Make(in bar, 4 + random.Below(100), (ulong)i);
            Assert.Equal(bar.Open, path[0].Price);
            Assert.Equal(bar.Close, path[^1].Price);
            Assert.Equal(bar.High, path.Max(point => point.Price));
            Assert.Equal(bar.Low, path.Min(point => point.Price));
            Assert.Equal(bar.Volume, path.Sum(point => point.Volume));
            Assert.All(
                path,
                point => Assert.True(point.Volume >= 0 && point.TimeMs >= bar.OpenMs && point.TimeMs < bar.OpenMs + 60_000)
            );
            Assert.Equal(path, PricePath.Make(in bar, path.Length, (ulong)i));
        }
    }

    [Fact]
    public void The_house_quotes_around_the_path_fills_what_it_runs_over_and_prints_the_recorded_volume()
    {
        Rig rig = new();
        QuoteSettings quotes = new() { SpreadPpm = 200, Levels = 5 };
        HouseQuoter quoter = new(Rig.Btc, Markets.Settings.Instruments[Rig.Btc], quotes);
        ExchangeEvent bid = rig.Buy(Rig.Alice, 59_500, 10);
        MarketBar bar = new(Rig.StartMs, 60_000, 600_000, 603_000, 594_000, 601_000, 77_777);
        long printed = 0;
        foreach (PathPoint point in PricePath.Make(in bar, 30, 1))
        {
            rig.NowMs = point.TimeMs;
            foreach (ExchangeCommand command in quoter.Quote(in point).ToArray())
            {
                rig.Send(in command);
                printed += rig.Events.Where(e => e is { Kind: EventKind.Trade, Account: -1 }).Sum(e => e.Size);
            }

            BookLevel[] bids = new BookLevel[8];
            BookLevel[] asks = new BookLevel[8];
            Assert.True(rig.Core.Depth(Rig.Btc, OrderSide.Buy, bids) >= 5);
            Assert.Equal(5, rig.Core.Depth(Rig.Btc, OrderSide.Sell, asks));
            Assert.InRange(asks[0].Price - bids[0].Price, 1, 150);
        }

        Assert.Equal(77_777, printed);
        Assert.False(rig.IsLive(Rig.Alice, bid));
        Assert.Equal(10, rig.Held(Rig.Alice));
    }

    [Fact]
    public void Steady_state_allocates_nothing()
    {
        ExchangeCore core = new(Markets.Settings with { RequestsBase = 0 });
        NullSink sink = new();
        OrderRequest[] order = new OrderRequest[1];
        OrderTarget[] target = new OrderTarget[1];
        ModifyRequest[] modify = new ModifyRequest[1];
        for (int i = 1; i < 4; i++)
        {
            Send(core, sink, ExchangeCommand.CreateAccount(new Address(0, (UInt128)i)));
            Send(core, sink, ExchangeCommand.Transfer(0, i, 1_000_000 * Bounds.Usd));
        }

        long before = 0;
        for (int i = 0; i < 30_000; i++)
        {
            if (i == 10_000)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            Send(core, sink, ExchangeCommand.SetPrice(0, Markets.Btc60K + (i % 7), Markets.Btc60K));
            order[0] = Rig.Order(OrderSide.Sell, 60_000 + (i % 5), 2, cloid: 1 + (ulong)(i % 3));
            Send(core, sink, ExchangeCommand.Place(1 + (i % 3), order));
            order[0] = Rig.Order(OrderSide.Buy, 60_002, 1);
            Send(core, sink, ExchangeCommand.Place(1 + ((i + 1) % 3), order));
            order[0] = Rig.Trigger(OrderSide.Sell, TriggerKind.StopLoss, 50_000, 1) with { Cloid = 77 };
            Send(core, sink, ExchangeCommand.Place(1, order));
            modify[0] = new ModifyRequest(new OrderTarget(0, 77), order[0]);
            Send(core, sink, ExchangeCommand.Modify(1, modify));
            target[0] = new OrderTarget(0, 77);
            Send(core, sink, ExchangeCommand.Cancel(1, target));
            if (i % 50 == 0)
            {
                Send(core, sink, ExchangeCommand.CancelAll(1));
                Send(core, sink, ExchangeCommand.CancelAll(2));
                Send(core, sink, ExchangeCommand.CancelAll(3));
            }
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        core.Verify();
    }

    private static void Send(ExchangeCore core, NullSink sink, ExchangeCommand command) =>
        core.Handle(in command, new Now(0, Rig.StartMs), sink);

    private sealed class NullSink : IEffectSink<ExchangeEvent>
    {
        public void Add(in ExchangeEvent effect) { }
    }
}
