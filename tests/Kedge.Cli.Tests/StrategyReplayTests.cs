using System.Text.Json;
using Kedge.Trading.Strategies;

namespace Kedge.Cli.Tests;

/// <summary><c>kedge replay --strategy</c>: what is traded by whom, strategies from an assembly of the user's, and mistakes.</summary>
public sealed class StrategyReplayTests(BadFolder market) : IClassFixture<BadFolder>
{
    private const string Good = "replay --config good.yaml --candles-db candles_1h.db --json --trades --strategy ";
    private static readonly string Mine = typeof(HoldsFromTheStart).Assembly.Location;

    [Fact]
    public void A_strategy_trades_all_symbols_and_every_fill_bears_its_name()
    {
        const string line =
            Good + "moving_average_cross --strategy-set moving_average_cross.fast=5 --strategy-set moving_average_cross.slow=20";
        Outcome outcome = KedgeProgram.Run(market.Path, BadInput.Split(line));
        Assert.True(outcome.Code == 0, outcome.ToString());
        using JsonDocument report = JsonDocument.Parse(outcome.Out);
        JsonElement strategy = report.RootElement.GetProperty("run").GetProperty("strategies")[0];
        Assert.Equal(
            ("moving_average_cross", "1"),
            (strategy.GetProperty("name").GetString(), strategy.GetProperty("version").GetString())
        );
        JsonElement[] trades = [.. report.RootElement.GetProperty("trades").EnumerateArray()];
        Assert.True(trades.Length > 10);
        Assert.All(trades, t => Assert.Equal("moving_average_cross", t.GetProperty("strategy").GetString()));
        Assert.Equal(outcome.Out, KedgeProgram.Run(market.Path, BadInput.Split(line)).Out);
    }

    [Fact]
    public void A_strategy_of_the_users_own_comes_from_its_assembly()
    {
        Outcome outcome = KedgeProgram.Run(
            market.Path,
            [.. BadInput.Split(Good + "holds_from_the_start"), "--strategy-assembly", Mine]
        );
        Assert.True(outcome.Code == 0, outcome.ToString());
        using JsonDocument report = JsonDocument.Parse(outcome.Out);
        JsonElement[] trades = [.. report.RootElement.GetProperty("trades").EnumerateArray()];
        Assert.Contains(trades, t => t.GetProperty("reason").GetString() == "Strategy signal");
    }

    [Theory]
    [InlineData("moving_average_crss", "no strategy is named 'moving_average_crss'")]
    [InlineData("moving_average_cross=NOPE", "there is no symbol NOPE")]
    [InlineData("moving_average_cross --strategy mei_alpha", "is given to mei_alpha and to moving_average_cross")]
    [InlineData(
        "moving_average_cross --strategy-set moving_average_cross.fasst=5",
        "fasst is not a parameter; it has fast, shorts, slow"
    )]
    [InlineData("moving_average_cross --strategy-set moving_average_cross.fast=many", "fast must be a whole number")]
    [InlineData("moving_average_cross --strategy-set moving_average_cross.fast=50", "fast must be below slow")]
    [InlineData("moving_average_cross --strategy-set other.fast=5", "other is not named by --strategy")]
    [InlineData("moving_average_cross --strategy-set fast", "is not NAME.key=value")]
    [InlineData(
        "moving_average_cross --strategy-set moving_average_cross.stop_loss_pct=100",
        "stop_loss_pct must be above 0 and below 100"
    )]
    [InlineData("moving_average_cross --strategy-assembly good.yaml", "is no assembly of .NET")]
    public void A_mistake_is_told_in_one_line(string typed, string message)
    {
        Outcome outcome = KedgeProgram.Run(market.Path, BadInput.Split(Good + typed));
        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void An_assembly_that_is_not_there_is_told()
    {
        Outcome outcome = KedgeProgram.Run(market.Path, BadInput.Split(Good + "a --strategy-assembly nowhere.dll"));
        Assert.Equal(4, outcome.Code);
        Assert.Contains("nowhere.dll: there is no such file", outcome.Error, StringComparison.Ordinal);
    }
}

/// <summary>Buys what it does not hold: a strategy as a user writes one.</summary>
public sealed class HoldsFromTheStart : TradingStrategy
{
    /// <inheritdoc/>
    public override int Window => 1;

    /// <inheritdoc/>
    public override IReadOnlyList<StrategySignal> GenerateSignals(MarketView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return [.. view.Symbols.Where(s => view.Position(s).IsFlat).Select(s => new StrategySignal(s, SignalAction.Buy))];
    }
}
