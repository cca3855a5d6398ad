namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>One funding payment.</summary>
/// <param name="Coin">Symbol as the venue spells it.</param>
/// <param name="TimeMs">Time.</param>
/// <param name="Usdc">Amount; negative was paid.</param>
/// <param name="Size">Position then, negative for a short.</param>
/// <param name="FundingRate">Hourly rate.</param>
/// <param name="Samples">Premium samples, if told.</param>
/// <param name="Hash">Transaction, if told.</param>
public sealed record FundingPayment(
    string Coin,
    long TimeMs,
    decimal Usdc,
    decimal Size,
    decimal FundingRate,
    long? Samples,
    string? Hash
);
