using Kedge.Data.Ledger;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Model.Machines;
using Kedge.Research.Replay;
using Kedge.Research.Replay.Driver;
using Kedge.Trading.Engine;
using Kedge.Trading.Strategies;

namespace Kedge.Trading.Tests.Strategies;

/// <summary>Every intent, fill and funding payment in a real ledger is under the name of the strategy whose it is.</summary>
public sealed class StrategyLedgerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kedge-strategies-").FullName;

    [Fact]
    public void Paper_books_each_strategy_under_its_name_and_version()
    {
        using StrategyMarket market = new(5, 400, "BTC", "ETH", "SOL");
        StrategyBook book = StrategyBook.Of(
            ["SOL"],
            [
                new StrategyAssignment(StrategyMarket.Cross(4, 15), ["ETH"]),
                new StrategyAssignment(new Scripted(v => v.TimeMs % 7_200_000 == 0 ? [Toggle(v)] : []), ["BTC"]),
            ]
        );
        using SqliteLedger ledger = Open("paper");
        List<LedgerRow> rows = [];
        List<EngineEffect.Booked> booked = [];
        market.Paper(
            book,
            effect =>
            {
                if (effect is EngineEffect.Commit commit)
                {
                    rows.AddRange(commit.Batch.Rows);
                    Assert.True(ledger.Commit(commit.Batch).IsOk);
                }
                else if (effect is EngineEffect.Booked one)
                {
                    booked.Add(one);
                }
            }
        );
        Dictionary<string, (string Name, string Version)> owners = new(StringComparer.Ordinal)
        {
            ["BTC"] = ("scripted", "1"),
            ["ETH"] = ("moving_average_cross", "1"),
            ["SOL"] = ("mei_alpha", "1"),
        };
        Assert.True(booked.Count > 50);
        Assert.All(booked, b => Assert.Equal(owners[market.Symbols[b.Booking.Symbol]].Name, b.Strategy));
        LedgerRow.IntentCreated[] intents = [.. rows.OfType<LedgerRow.IntentCreated>()];
        Assert.All(intents, i => Assert.Equal(owners[i.Symbol], (i.Strategy, i.StrategyVersion)));
        Assert.All(intents, i => Assert.Equal(i.Strategy, ledger.Find(i.IntentId)!.Intent.Strategy));
        Assert.All(rows.OfType<LedgerRow.FillBooked>(), f => Assert.Equal(owners[f.Symbol].Name, f.Strategy));
        Assert.Contains(
            intents,
            i => i.Symbol == "ETH" && i.MetaJson.Contains("\"metadata\":{\"distance\":", StringComparison.Ordinal)
        );
        Assert.True(intents.Count(i => i.Symbol == "ETH") > 10 && intents.Count(i => i.Symbol == "BTC") > 10);
    }

    [Fact]
    public void Funding_of_a_position_is_its_strategys()
    {
        using StrategyMarket market = new(5, 100, "ETH");
        StrategyBook book = StrategyMarket.All(
            Scripted.At((3, new StrategySignal("ETH", SignalAction.Buy)), (90, new StrategySignal("ETH", SignalAction.Close))),
            market.Symbols
        );
        List<LedgerRow> rows = [];
        market.Replay(
            book,
            effect => rows.AddRange(effect is EngineEffect.Commit commit ? commit.Batch.Rows : []),
            (_, driver, time) => driver.Tell(new EngineEvent.FundingRate("ETH", time, 0.0001), time)
        );
        LedgerRow.FundingBooked[] payments = [.. rows.OfType<LedgerRow.FundingBooked>()];
        Assert.NotEmpty(payments);
        Assert.All(payments, p => Assert.Equal("scripted", p.Strategy));
    }

    [Fact]
    public void A_held_position_is_not_given_to_another_strategy_at_a_start()
    {
        using StrategyMarket market = new(5, 60, "ETH");
        StrategyBook mine = StrategyMarket.All(Scripted.At((10, new StrategySignal("ETH", SignalAction.Buy))), market.Symbols);
        using SqliteLedger ledger = Open("replay");
        // The run's end closes: only what was committed before it counts.
        bool over = false;
        market.Replay(
            mine,
            effect =>
            {
                over |= effect is EngineEffect.Booked { Booking.Reason: ReasonCode.EndOfRun };
                if (!over && effect is EngineEffect.Commit commit)
                {
                    ledger.Commit(commit.Batch);
                }
            }
        );
        Now now = new(StrategyMarket.Epoch + 61 * 3_600_000L, StrategyMarket.Epoch + 61 * 3_600_000L);
        EngineSettings settings = CandleDriver.Settings(market.Input, "paper");
        using (TradingEngine same = new(settings with { Strategies = mine }, CandleDriver.RulesOf(market.Input)))
        {
            same.Restore(ledger.Load(), now);
            Assert.True(same.StateOf(0).Position.IsOpen);
        }

        using TradingEngine kernel = new(settings, CandleDriver.RulesOf(market.Input));
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => kernel.Restore(ledger.Load(), now));
        Assert.Contains("ETH is held by another strategy than mei_alpha", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private SqliteLedger Open(string lane) =>
        SqliteLedger.Open(
            new SqliteLedgerOptions(Path.Combine(_folder, "paper.db"), lane, "paper") { IsDouble = true },
            StrategyMarket.Epoch
        );

    private static StrategySignal Toggle(MarketView view) =>
        new("BTC", view.Position("BTC").IsFlat ? SignalAction.Sell : SignalAction.Close);
}
