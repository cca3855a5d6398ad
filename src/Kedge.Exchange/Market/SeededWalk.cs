namespace Kedge.Exchange.Market;

/// <summary>How a random walk goes.</summary>
/// <param name="StartPrice">Ticks.</param>
/// <param name="VolatilityPpm">Standard deviation of a minute's change, 1e-6 of the price, at most 100,000.</param>
/// <param name="Turnover">Mean notional traded in a minute, micro-USD.</param>
public sealed record SeededWalk(long StartPrice, int VolatilityPpm, long Turnover);
