namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>What the end of an action proves.</summary>
internal enum VerdictKind
{
    /// <summary>Nothing left this machine.</summary>
    NotSent,

    /// <summary>The venue, or the limit before it, refused the whole request and did nothing.</summary>
    Refused,

    /// <summary>Nothing: it may have been done or not, or may still be.</summary>
    Unknown,

    /// <summary>The venue answered; what it says of each part stands in the answer.</summary>
    Answered,
}
