namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Funding of a symbol in one hour.</summary>
/// <param name="Coin">Symbol as the venue spells it.</param>
/// <param name="TimeMs">Time.</param>
/// <param name="Rate">Hourly rate.</param>
/// <param name="Premium">Premium it came from.</param>
public sealed record FundingRate(string Coin, long TimeMs, double Rate, double Premium);
