namespace Kedge.Venues.Paper;

/// <summary>Identifies a fill.</summary>
/// <param name="TradeId">Id of the trade.</param>
/// <param name="VenueOrderId">Id of the order.</param>
public readonly record struct PaperFillKey(long TradeId, long VenueOrderId);
