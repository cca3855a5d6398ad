using Kedge.Research.Replay.Driver;
using Kedge.Trading.Engine;
using Kedge.Trading.Strategies;
using Kedge.Trading.Tests.Strategies;

namespace Kedge.Trading.Tests.Engine;

public sealed class ExitOnlyTests
{
    [Fact]
    public void A_symbol_that_is_watched_for_its_exits_is_never_entered_and_the_others_are()
    {
        using StrategyMarket market = new(7, 600, "BTC", "ETH");
        StrategyBook book = StrategyMarket.All(StrategyMarket.Cross(5, 20), market.Symbols);
        EngineRules rules = CandleDriver.RulesOf(market.Input) with { ExitOnly = ["BTC"] };
        using TradingEngine engine = new(CandleDriver.Settings(market.Input, "lane") with { Strategies = book }, rules);
        Dictionary<string, int> booked = new(StringComparer.Ordinal);
        List<string> refused = [];
        CandleDriver driver = new(market.Input, engine)
        {
            Heard = effect =>
            {
                if (effect is EngineEffect.Booked told)
                {
                    string symbol = market.Symbols[told.Booking.Symbol];
                    booked[symbol] = booked.GetValueOrDefault(symbol) + 1;
                }
                else if (effect is EngineEffect.Refused no && no.Symbol == "BTC")
                {
                    refused.Add(no.Code);
                }
            },
        };
        driver.Run();
        Assert.False(booked.ContainsKey("BTC"));
        Assert.True(booked["ETH"] > 10);
        Assert.NotEmpty(refused);
        Assert.All(refused, code => Assert.Equal("exit_only", code));
    }
}
