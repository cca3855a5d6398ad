using Kedge.Exchange.Core;

namespace Kedge.Exchange.Gateways.Hyperliquid.Records;

/// <summary>An order and its latest state as an account's history keeps it. A new state is a new record.</summary>
/// <param name="Account">Whose.</param>
/// <param name="OrderId">The venue's id.</param>
/// <param name="Request">As it was asked for.</param>
/// <param name="Remaining">Lots left.</param>
/// <param name="Status">State.</param>
/// <param name="PlacedMs">When it was placed.</param>
/// <param name="StatusMs">Since when it is in this state.</param>
/// <param name="FollowsPosition">Its size is the position's.</param>
/// <param name="ParentId">Order it waits for, 0 for none.</param>
internal sealed record OrderRecord(
    int Account,
    long OrderId,
    OrderRequest Request,
    long Remaining,
    OrderStatus Status,
    long PlacedMs,
    long StatusMs,
    bool FollowsPosition,
    long ParentId
);
