using Kedge.Model.Orders;

namespace Kedge.Venues.Paper;

/// <summary>A live order.</summary>
/// <param name="VenueId">Id this venue gave it.</param>
/// <param name="Intent">What was asked for.</param>
/// <param name="IsWaiting">It waits for its trigger.</param>
/// <param name="TimeMs">Since when, UTC epoch milliseconds.</param>
public sealed record PaperOrder(long VenueId, OrderIntent Intent, bool IsWaiting, long TimeMs);
