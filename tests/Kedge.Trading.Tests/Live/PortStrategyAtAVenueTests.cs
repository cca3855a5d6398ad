using Kedge.Kernel;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Trading.Portfolio;
using Kedge.Trading.Strategies;

namespace Kedge.Trading.Tests.Live;

/// <summary>Strategies behind the port trade at a venue that errs, and the account as others see it.</summary>
public sealed class PortStrategyAtAVenueTests
{
    [Fact]
    public void A_strategy_behind_the_port_at_a_venue_where_everything_goes_wrong_agrees_with_it_in_the_end()
    {
        Dictionary<string, int> happened = new(StringComparer.Ordinal);
        List<string> problems = [];
        int fills = 0;
        Lock gate = new();
        Parallel.For(
            1,
            9,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            seed =>
            {
                using LiveRun run = new((ulong)seed, Chaos.All) { ForStrategies = true };
                run.Run();
                lock (gate)
                {
                    problems.AddRange(run.Problems.Take(3).Select(p => $"seed {seed}: {p}"));
                    fills += run.Fills;
                    foreach ((string what, int count) in run.Happened)
                    {
                        happened[what] = happened.GetValueOrDefault(what) + count;
                    }
                }
            }
        );
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{fills} fills; {string.Join(", ", happened.OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key} {h.Value}"))}"
        );
        Assert.True(problems.Count == 0, string.Join('\n', problems.Take(20)));
        Assert.True(fills >= 200, $"{fills} fills");
        string[] all =
        [
            "rejected",
            "unknown_absent",
            "unknown_landed",
            "partial",
            "fill_first",
            "restart",
            "foreign",
            "commit_failed",
        ];
        Assert.All(all, what => Assert.True(happened.GetValueOrDefault(what) >= 5, $"{what} hardly happened"));
    }

    [Fact]
    public void The_portfolio_of_a_venue_account_is_the_ledgers_cash_and_everything_on_it_whoevers()
    {
        using LiveDesk desk = new();
        OrderIntent order = desk.Buy("BTC", 2.0);
        desk.Ack(order, 1);
        desk.Fill(order, 1, price: 100m);
        desk.Place("p1", "BTC", isBuy: true, 1m);
        desk.Ack(desk.LastOrder, 2);
        desk.Fill(desk.LastOrder, 2, price: 101m);
        desk.Price("BTC", 110.0);
        desk.Place("p2", "ETH", isBuy: false, 1m);
        desk.Ack(desk.LastOrder, 3);
        desk.Fill(desk.LastOrder, 3, price: 100m);
        LivePortfolio<decimal> portfolio = desk.Engine.AccountPortfolio("hyperliquid");
        LedgerImage image = desk.Load();
        Assert.Equal(image.Totals.Cash.ToDecimal(), portfolio.Cash);
        Assert.Equal(("0xabc", "hyperliquid"), (portfolio.Account, portfolio.Venue));
        Assert.Equal(
            image.Positions.Select(p => (p.Key, p.Value.ToDecimal())).Order(),
            portfolio.Holdings.Values.Select(h => (h.Symbol, h.Size)).Order()
        );

        // The lane's two cost what they cost; the operator's one stands at the last price: (2 · 100 + 1 · 110) ÷ 3.
        PortfolioHolding<decimal> btc = portfolio.Holdings["BTC"];
        Assert.Equal((3m, "scripted", 330m), (btc.Size, btc.Strategy, btc.Exposure));
        Assert.Equal(310m, btc.EntryPrice * 3m, 10);
        Assert.Equal(20m, btc.Unrealised, 10);
        Assert.Equal((-1m, ""), (portfolio.Holdings["ETH"].Size, portfolio.Holdings["ETH"].Strategy));
        Assert.Equal(portfolio.Cash + portfolio.Unrealised, portfolio.Equity);
        Assert.Equal(430m, portfolio.GrossExposure);
        Assert.Equal(230m, portfolio.NetExposure);
    }
}
