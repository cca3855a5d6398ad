namespace Kedge.Exchange.Market;

/// <summary>One hour's funding rate.</summary>
/// <param name="TimeMs">The full hour it is paid at, UTC epoch milliseconds.</param>
/// <param name="Rate">Hourly, 1e-10 of notional.</param>
/// <param name="Premium">Mean premium of the hour before, 1e-10.</param>
internal readonly record struct FundingRateRecord(long TimeMs, long Rate, long Premium);
