namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Own orders changed.</summary>
/// <param name="Orders">As they are now.</param>
public sealed record OrderUpdatesMessage(IReadOnlyList<OrderState> Orders) : StreamMessage;
