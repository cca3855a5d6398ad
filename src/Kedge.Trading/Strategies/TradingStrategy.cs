namespace Kedge.Trading.Strategies;

/// <summary>
/// A strategy of one's own. It is asked once a tick, after the exits of the tick, and answers with what it wants. Its answer depends on the view alone: no
/// clock, no disk, no randomness, nothing remembered between calls; then replay, paper and live decide the same, and a restart changes nothing.
/// </summary>
public abstract class TradingStrategy
{
    /// <summary>Most bars a strategy may ask for.</summary>
    public const int MaxWindow = 10_000;

    /// <summary>Stable name, that of the class in lower case with underscores: <c>MovingAverageCross</c> is <c>moving_average_cross</c>.</summary>
    public string Name => StrategyNames.Of(GetType());

    /// <summary>Version of its rules; what it decided is kept under it. 1…32 characters.</summary>
    public virtual string Version => "1";

    /// <summary>Closed main bars of each symbol that the view holds at most, 1…<see cref="MaxWindow"/>.</summary>
    public virtual int Window => 200;

    /// <summary>What it wants at this tick; empty for nothing. At most one signal a symbol is taken.</summary>
    /// <param name="view">Everything that is known.</param>
    public abstract IReadOnlyList<StrategySignal> GenerateSignals(MarketView view);
}
