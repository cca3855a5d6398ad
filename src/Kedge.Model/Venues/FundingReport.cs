namespace Kedge.Model.Venues;

/// <summary>One funding payment. Delivered once.</summary>
/// <param name="Symbol">Symbol as the venue spells it.</param>
/// <param name="Usd">Received; negative was paid.</param>
/// <param name="Size">Signed base units it was paid for.</param>
/// <param name="Rate">Of the period, a fraction of notional.</param>
/// <param name="TimeMs">UTC epoch milliseconds.</param>
public sealed record FundingReport(string Symbol, decimal Usd, decimal Size, decimal Rate, long TimeMs);
