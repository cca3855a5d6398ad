namespace Kedge.Model.Ledger;

/// <summary>What makes a fill one fill. A ledger holds each key once.</summary>
/// <param name="Account">The venue account, or the name of the paper account.</param>
/// <param name="TradeId">The venue's id of the trade. Both sides of a trade share it.</param>
/// <param name="VenueOrderId">The venue's id of the order.</param>
/// <param name="Leg">0; 1 for the opening part of a fill that turned a position around.</param>
public readonly record struct FillKey(string Account, long TradeId, long VenueOrderId, int Leg);
