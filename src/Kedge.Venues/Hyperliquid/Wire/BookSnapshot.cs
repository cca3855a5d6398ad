namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>A whole book, best prices first.</summary>
/// <param name="Coin">Symbol as the venue spells it.</param>
/// <param name="TimeMs">Time of the snapshot, if told.</param>
/// <param name="Bids">Buyers.</param>
/// <param name="Asks">Sellers.</param>
public sealed record BookSnapshot(string Coin, long? TimeMs, IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks);
