using Kedge.Trading.Strategies;

namespace Kedge.Cli.Tests;

/// <summary>Buys what it does not hold and closes what it holds: something happens at every tick.</summary>
public sealed class InAndOut : TradingStrategy
{
    /// <inheritdoc/>
    public override int Window => 1;

    /// <inheritdoc/>
    public override IReadOnlyList<StrategySignal> GenerateSignals(MarketView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return
        [
            .. view
                .Symbols.Where(s => view.IsCurrent(s) && !view.Position(s).IsWorking)
                .Select(s => new StrategySignal(s, view.Position(s).IsFlat ? SignalAction.Buy : SignalAction.Close)),
        ];
    }
}
