namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Public trades.</summary>
/// <param name="Trades">The trades.</param>
public sealed record TradesMessage(IReadOnlyList<PublicTrade> Trades) : StreamMessage;
