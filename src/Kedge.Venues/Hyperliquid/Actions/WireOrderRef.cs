using Kedge.Model.Orders;

namespace Kedge.Venues.Hyperliquid.Actions;

/// <summary>Which order to replace: by our id if there is one, else by the venue's.</summary>
/// <param name="Id">Our id, or none.</param>
/// <param name="VenueId">The venue's id, used when there is none of ours.</param>
internal readonly record struct WireOrderRef(ClientOrderId Id, long VenueId);
