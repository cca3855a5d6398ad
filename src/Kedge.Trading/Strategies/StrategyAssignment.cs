namespace Kedge.Trading.Strategies;

/// <summary>A strategy with the symbols it alone trades.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Symbols">Its symbols, at least one.</param>
public sealed record StrategyAssignment(TradingStrategy Strategy, IReadOnlyList<string> Symbols)
{
    /// <summary>
    /// The engine closes a position that has lost this part of its entry price, percent, above 0 and below 100; null for no stop. Tested whenever exits are:
    /// at ticks, at prices between them, once a second.
    /// </summary>
    public double? StopLossPct { get; init; }

    /// <summary>Name and version.</summary>
    public StrategyIdentity Identity => new(Strategy.Name, Strategy.Version);
}
