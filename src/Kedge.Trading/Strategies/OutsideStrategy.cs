namespace Kedge.Trading.Strategies;

/// <summary>A strategy that decides in another process: its signals come as events and are carried out at the next tick, as any other.</summary>
public sealed class OutsideStrategy : TradingStrategy
{
    /// <inheritdoc/>
    public override int Window => 1;

    /// <inheritdoc/>
    public override IReadOnlyList<StrategySignal> GenerateSignals(MarketView view) => [];
}
