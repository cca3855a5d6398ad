namespace Kedge.Exchange.Core;

/// <summary>One live order.</summary>
/// <param name="OrderId">The venue's id.</param>
/// <param name="Request">The order as it stands; size is what it had at first, price the limit it has now.</param>
/// <param name="Remaining">Lots left.</param>
/// <param name="Status">Open, waiting for its trigger, or waiting for its parent.</param>
/// <param name="TimeMs">When it was placed.</param>
/// <param name="FollowsPosition">It ends with the position.</param>
/// <param name="ParentId">Order it waits for, 0 for none.</param>
public readonly record struct OrderView(
    long OrderId,
    OrderRequest Request,
    long Remaining,
    OrderStatus Status,
    long TimeMs,
    bool FollowsPosition,
    long ParentId
);
