namespace Kedge.Model.Orders;

/// <summary>What the venue says of one order.</summary>
/// <param name="Id">Our id; none when the order is not ours or the venue does not say.</param>
/// <param name="VenueId">The venue's id.</param>
/// <param name="Symbol">Symbol as the venue spells it.</param>
/// <param name="IsBuy">Side.</param>
/// <param name="LimitPrice">Limit.</param>
/// <param name="OriginalSize">Base units at first.</param>
/// <param name="RemainingSize">Base units left.</param>
/// <param name="ReduceOnly">Whether it can only reduce; null when not told.</param>
/// <param name="Phase">Where it stands.</param>
/// <param name="Status">The venue's own word.</param>
/// <param name="TimeMs">Since when, UTC epoch milliseconds, by the venue's clock.</param>
public sealed record OrderReport(
    ClientOrderId Id,
    long VenueId,
    string Symbol,
    bool IsBuy,
    decimal LimitPrice,
    decimal OriginalSize,
    decimal RemainingSize,
    bool? ReduceOnly,
    OrderPhase Phase,
    string Status,
    long TimeMs
);
