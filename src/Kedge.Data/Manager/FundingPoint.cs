namespace Kedge.Data.Manager;

/// <summary>One funding rate.</summary>
/// <param name="TimeMs">When it was charged, UTC epoch milliseconds.</param>
/// <param name="Rate">Hourly rate; a long pays it when it is above zero.</param>
public readonly record struct FundingPoint(long TimeMs, double Rate);
