namespace Kedge.Exchange.Gateways.Hyperliquid.Records;

/// <summary>The rate of one hour.</summary>
/// <param name="TimeMs">UTC epoch milliseconds.</param>
/// <param name="Rate">Hourly, 1e-10 of notional.</param>
internal readonly record struct FundingRateRecord(long TimeMs, long Rate);
