namespace Kedge.Data.Feed.Serving;

/// <summary>An event of the account, for displays. Numbers that an event does not have are 0.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Symbol">Symbol as the venue spells it; empty for transfers.</param>
/// <param name="IsBuy">Side of the order.</param>
/// <param name="Price">Price of a fill, limit of an order.</param>
/// <param name="Size">Base units: filled, left of an order, held when funding was paid (signed).</param>
/// <param name="AmountUsd">USD: closed profit of a fill without fees, funding received, transfer that came in.</param>
/// <param name="FeeUsd">USD; negative is a rebate.</param>
/// <param name="OrderId">The venue's id of the order.</param>
/// <param name="Status">The venue's word for an order's status or a transfer's kind.</param>
/// <param name="VenueMs">By the venue's clock, UTC epoch milliseconds.</param>
/// <param name="Sequence">Counts events of the account within an instance of the feed.</param>
/// <param name="AgeMs">Milliseconds since the feed heard of it.</param>
public readonly record struct FeedAccountEvent(
    FeedAccountKind Kind,
    string Symbol,
    bool IsBuy,
    decimal Price,
    decimal Size,
    decimal AmountUsd,
    decimal FeeUsd,
    long OrderId,
    string Status,
    long VenueMs,
    long Sequence,
    long AgeMs
);
