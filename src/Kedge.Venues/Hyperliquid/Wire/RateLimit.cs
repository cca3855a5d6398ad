namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>The request budget of an address.</summary>
/// <param name="CumulativeVolumeUsd">Volume traded so far.</param>
/// <param name="Used">Requests used.</param>
/// <param name="Cap">Requests allowed.</param>
/// <param name="Surplus">Bought besides, if told.</param>
public sealed record RateLimit(decimal CumulativeVolumeUsd, long Used, long Cap, long? Surplus);
