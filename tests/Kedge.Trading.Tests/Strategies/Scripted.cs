using Kedge.Trading.Strategies;

namespace Kedge.Trading.Tests.Strategies;

/// <summary>Says what a test wants it to, as a function of the view.</summary>
internal sealed class Scripted(Func<MarketView, IReadOnlyList<StrategySignal>> say) : TradingStrategy
{
    public override int Window => 5;

    public override IReadOnlyList<StrategySignal> GenerateSignals(MarketView view) => say(view);

    /// <summary>Says something at the ticks of some bars, counted from 0.</summary>
    public static Scripted At(params (int Bar, StrategySignal Signal)[] script) =>
        new(view =>
            [.. script.Where(s => StrategyMarket.Epoch + (s.Bar + 1) * view.Interval.Ms == view.TimeMs).Select(s => s.Signal)]
        );
}
