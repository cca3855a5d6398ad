namespace Kedge.Data.Feed.Serving;

/// <summary>What happened to the account. The numbers go over the wire.</summary>
public enum FeedAccountKind
{
    /// <summary>A fill: side, price, size, fee, closed profit.</summary>
    Filled = 1,

    /// <summary>A funding payment: size and amount.</summary>
    FundingPaid = 2,

    /// <summary>A transfer: amount; its word is in the status.</summary>
    Transferred = 3,

    /// <summary>An order changed: side, limit, size that is left, the venue's word for its status.</summary>
    OrderChanged = 4,
}
