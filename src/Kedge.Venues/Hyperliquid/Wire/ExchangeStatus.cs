namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>What became of one element of an action.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="OrderId">The venue's id, when it rests or was filled.</param>
/// <param name="ClientOrderId">Ours, if echoed.</param>
/// <param name="FilledSize">Base units, when filled.</param>
/// <param name="AveragePrice">When filled.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="Text">The venue's words, when refused or not understood.</param>
public sealed record ExchangeStatus(
    ExchangeStatusKind Kind,
    long? OrderId,
    string? ClientOrderId,
    decimal? FilledSize,
    decimal? AveragePrice,
    VenueRejectReason Reason,
    string? Text
);
