namespace Kedge.Exchange.Gateways.Hyperliquid.Records;

/// <summary>One funding payment.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Symbol">Index of the instrument.</param>
/// <param name="TimeMs">UTC epoch milliseconds.</param>
/// <param name="Amount">Micro-USD received; negative was paid.</param>
/// <param name="Size">Signed lots.</param>
/// <param name="Rate">Hourly, 1e-10 of notional.</param>
internal sealed record FundingRecord(int Account, int Symbol, long TimeMs, long Amount, long Size, long Rate);
