using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Research.Tests.Replay;
using Kedge.Trading.Engine;
using Kedge.Trading.Portfolio;
using Kedge.Trading.Strategies;
using Kedge.Trading.Tests.Strategies;

namespace Kedge.Trading.Tests.Portfolio;

/// <summary>Portfolios: figures derived by hand, and the laws that hold for any history.</summary>
public sealed class PortfolioTests
{
    [Fact]
    public void Cost_profit_and_equity_follow_from_fills()
    {
        LivePortfolio<decimal> p = Account("main", 1_000m);

        // 2 at 100 and 2 at 110 cost 105 each; 1 sold at 120 realises 15; fees 0.1 each; funding −0.5.
        p = p.After(Fill("BTC", buy: true, 2m, 100m, 0m)).After(Fill("BTC", buy: true, 2m, 110m, 0m));
        Assert.Equal((4m, 105m, 420m), (p.Holdings["BTC"].Size, p.Holdings["BTC"].EntryPrice, p.Holdings["BTC"].Cost));
        p = p.After(Fill("BTC", buy: false, 1m, 120m, 15m)).After(Funding("BTC", -0.5m));
        Assert.Equal((3m, 105m), (p.Holdings["BTC"].Size, p.Holdings["BTC"].EntryPrice));
        Assert.Equal((1_014.2m, 15m, 0.3m, -0.5m), (p.Cash, p.Realised, p.Fees, p.Funding));
        p = p.Marked("BTC", 130m);
        Assert.Equal((75m, 1_089.2m, 390m, 390m), (p.Unrealised, p.Equity, p.NetExposure, p.GrossExposure));

        // A short beside it: exposure nets, and does not in gross.
        p = p.After(Fill("ETH", buy: false, 10m, 20m, 0m)).Marked("ETH", 19m);
        Assert.Equal((10m, 200m, 580m), (p.Holdings["ETH"].Unrealised, p.NetExposure, p.GrossExposure));

        // Selling 4 of 3 turns the position: what is beyond zero costs the fill's price.
        p = p.After(Fill("BTC", buy: false, 4m, 140m, 105m));
        Assert.Equal((-1m, 140m), (p.Holdings["BTC"].Size, p.Holdings["BTC"].EntryPrice));
        Assert.DoesNotContain("BTC", p.After(Fill("BTC", buy: true, 1m, 140m, 0m)).Holdings.Keys);
    }

    [Fact]
    public void A_transfer_moves_cash_and_another_accounts_row_is_refused()
    {
        LivePortfolio<decimal> p = Account("main", 100m);
        Assert.Equal(150m, p.After(new LedgerRow.TransferBooked("main", 1, "deposit", Amount.Of(50m), "k", "")).Equity);
        Assert.Throws<ArgumentException>(() =>
            p.After(new LedgerRow.TransferBooked("other", 1, "deposit", Amount.Of(50m), "k", ""))
        );
        LedgerRow.AdjustmentBooked gone = new(
            "main",
            1,
            AdjustmentKind.Reconcile,
            "a",
            "BTC",
            -1m,
            7m,
            null,
            "venue says so",
            ""
        );
        LivePortfolio<decimal> held = p.After(Fill("BTC", buy: true, 2m, 10m, 0m));
        Assert.Equal((1m, 106.9m), (held.After(gone).Holdings["BTC"].Size, held.After(gone).Cash));
    }

    [Fact]
    public void Equity_is_cash_and_what_is_not_realised_and_does_not_change_by_trading_at_the_mark()
    {
        for (ulong seed = 1; seed <= 200; seed++)
        {
            TestRandom random = new(seed);
            LivePortfolio<decimal> p = Account("main", 10_000m);
            for (int i = 0; i < 60; i++)
            {
                string symbol = random.Pick("BTC", "ETH", "SOL");
                decimal price = random.Whole(50, 150);
                p = p.Marked(symbol, price);
                decimal held = p.Holdings.TryGetValue(symbol, out PortfolioHolding<decimal>? h) ? h.Size : 0m;
                decimal size = random.Whole(1, 9);
                bool buy = random.Chance(0.5);
                decimal closing = held != 0m && Math.Sign(held) != (buy ? 1 : -1) ? Math.Min(Math.Abs(held), size) : 0m;
                decimal pnl = closing == 0m ? 0m : closing * Math.Sign(held) * (price - h!.EntryPrice);
                decimal before = p.Equity;
                p = p.After(Fill(symbol, buy, size, price, pnl));
                Assert.Equal(p.Cash + p.Holdings.Values.Sum(x => x.Unrealised), p.Equity);
                Assert.True(Math.Abs(before - 0.1m - p.Equity) < 1e-18m, $"seed {seed}: {before} and {p.Equity}");
                Assert.True(p.GrossExposure >= Math.Abs(p.NetExposure));
            }
        }
    }

    [Fact]
    public void All_accounts_together_are_their_sums()
    {
        LivePortfolio<decimal> perps = Account("a", 100m).After(Fill("BTC", buy: true, 1m, 100m, 0m, "a")).Marked("BTC", 110m);
        LivePortfolio<decimal> coins = (Account("b", 50m) with { Asset = AssetType.Spot, Venue = "other" })
            .After(Fill("BTC", buy: false, 2m, 100m, 0m, "b"))
            .Marked("BTC", 90m);
        MetaPortfolio<decimal> all = new([perps, coins]);
        Assert.Equal(perps.Equity + coins.Equity, all.Equity);
        Assert.Equal(109.9m + 69.9m, all.Equity);
        Assert.Equal(new Exposure<decimal>(-70m, 290m), all.Exposure);
        Assert.Equal(new Exposure<decimal>(110m, 110m), all.BySymbol[(AssetType.Perp, "BTC")]);
        Assert.Equal(new Exposure<decimal>(-180m, 180m), all.ByAsset[AssetType.Spot]);
        Assert.Equal(all.Exposure, all.ByStrategy["scripted"]);
        Assert.Throws<ArgumentException>(() => new MetaPortfolio<decimal>([perps, perps]));
    }

    [Fact]
    public void The_ledgers_portfolio_of_a_paper_run_is_the_engines()
    {
        using StrategyMarket market = new(9, 400, "BTC", "ETH");
        StrategyBook book = StrategyMarket.All(StrategyMarket.Cross(4, 15), market.Symbols);
        LivePortfolio<double> ledger = new()
        {
            Account = "paper",
            Venue = "paper",
            Cash = 10_000.0,
        };
        int held = 0;
        market.Replay(
            book,
            effect =>
                ledger = effect is EngineEffect.Commit c ? c.Batch.Rows.Aggregate(ledger, (p, row) => p.After(row)) : ledger,
            (engine, _, _) =>
            {
                LivePortfolio<double> own = engine.PaperPortfolio("paper");
                Assert.Equal(own.Holdings.Keys, ledger.Holdings.Keys);
                foreach (PortfolioHolding<double> holding in own.Holdings.Values)
                {
                    held++;
                    ledger = ledger.Marked(holding.Symbol, holding.Mark);
                    Assert.Equal(holding.Size, ledger.Holdings[holding.Symbol].Size);
                    Assert.Equal(holding.EntryPrice, ledger.Holdings[holding.Symbol].EntryPrice, 9);
                    Assert.Equal("moving_average_cross", holding.Strategy);
                    Assert.Equal("moving_average_cross", ledger.Holdings[holding.Symbol].Strategy);
                }

                Assert.Equal(engine.Totals().Equity, own.Equity, 9);
                Assert.Equal(own.Equity, ledger.Equity, 6);
                Assert.Equal(engine.Totals().Notional, own.GrossExposure, 6);
            }
        );
        Assert.True(held > 300);
    }

    [Fact]
    public void A_signal_goes_to_the_lane_of_its_kind_and_nowhere_else()
    {
        List<(string Lane, EngineEvent Event)> sent = [];
        BrokerContext<decimal> perps = new(Account("a", 1m), e => sent.Add(("perps", e)));
        BrokerContext<decimal> shares = new(
            Account("b", 2m) with
            {
                Asset = AssetType.Equity,
                Venue = "broker",
            },
            e => sent.Add(("shares", e))
        );
        BrokerRouting<decimal> routing = new([perps, shares]);
        StrategySignal signal = new("BTC", SignalAction.Buy);
        routing.PlaceOrder("scripted", signal);
        routing.PlaceOrder("scripted", signal with { Asset = AssetType.Equity });
        Assert.Equal(["perps", "shares"], sent.Select(s => s.Lane));
        Assert.Equal(new EngineEvent.StrategySignal("scripted", signal), sent[0].Event);
        Assert.Equal(3m, routing.Portfolio.Equity);
        Assert.Throws<KedgeException>(() => routing.PlaceOrder("scripted", signal with { Asset = AssetType.Spot }));
        Assert.Throws<ArgumentException>(() => shares.PlaceOrder("scripted", signal));
        Assert.Throws<KedgeException>(() => new BrokerRouting<decimal>([perps, perps]));
        BrokerContext<decimal> synced = perps.Sync(new LedgerBatch(1, [Fill("BTC", buy: true, 1m, 5m, 0m, "a")]));
        Assert.Equal(0.9m, synced.Portfolio.Cash);
        Assert.Equal(1m, perps.Portfolio.Cash);
    }

    private static LivePortfolio<decimal> Account(string account, decimal cash) =>
        new()
        {
            Account = account,
            Venue = "hyperliquid",
            Cash = cash,
        };

    private static LedgerRow.FillBooked Fill(
        string symbol,
        bool buy,
        decimal size,
        decimal price,
        decimal pnl,
        string account = "main"
    ) =>
        new(
            new FillKey(account, 1, 1, 0),
            1,
            symbol,
            null,
            AdjustmentKind.Foreign,
            default,
            OrderAction.Open,
            buy,
            buy ? Side.Long : Side.Short,
            price,
            size,
            size * price,
            0.1m,
            "USDC",
            null,
            pnl,
            "",
            null,
            0m,
            null,
            null,
            null,
            "scripted",
            "",
            "n/a",
            "",
            ""
        );

    private static LedgerRow.FundingBooked Funding(string symbol, decimal usd) =>
        new("main", 1, symbol, usd, 1m, 0m, null, 0m, "scripted", "");
}
