namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>A fill of one slice of a time-weighted order.</summary>
/// <param name="Fill">The fill.</param>
/// <param name="TwapId">The order.</param>
public sealed record TwapSliceFill(UserFill? Fill, long TwapId);
