namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>What the venue knows of one order.</summary>
/// <param name="State">Null when it does not know the order.</param>
public sealed record OrderLookup(OrderState? State);
