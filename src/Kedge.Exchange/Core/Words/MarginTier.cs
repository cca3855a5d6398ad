namespace Kedge.Exchange.Core;

/// <summary>One step of a margin table.</summary>
/// <param name="LowerBound">Notional from which it applies, micro-USD; the first is 0.</param>
/// <param name="MaxLeverage">Highest leverage in it, ≥ 1, falling from tier to tier.</param>
public readonly record struct MarginTier(long LowerBound, int MaxLeverage);
