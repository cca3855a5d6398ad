namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>An order and what became of it.</summary>
/// <param name="Order">The order.</param>
/// <param name="Status">What became of it.</param>
/// <param name="StatusText">The venue's word for that.</param>
/// <param name="StatusTimestampMs">Since when.</param>
public sealed record OrderState(OpenOrder Order, VenueOrderStatus Status, string StatusText, long StatusTimestampMs);
