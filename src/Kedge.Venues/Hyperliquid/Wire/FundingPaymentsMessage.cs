namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Own funding payments.</summary>
/// <param name="User">Whose.</param>
/// <param name="IsSnapshot">Whether these replace what was known.</param>
/// <param name="Payments">The payments.</param>
public sealed record FundingPaymentsMessage(string User, bool IsSnapshot, IReadOnlyList<FundingPayment> Payments) : StreamMessage;
