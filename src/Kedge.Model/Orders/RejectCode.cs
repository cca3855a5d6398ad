namespace Kedge.Model.Orders;

/// <summary>Why an order or a command was refused, in words that are the same at every venue.</summary>
public enum RejectCode
{
    /// <summary>Words we do not know; they stand beside the code.</summary>
    Other,

    /// <summary>The symbol is not known, or trades no more.</summary>
    UnknownSymbol,

    /// <summary>The price is not on the price grid.</summary>
    PriceGrid,

    /// <summary>The size is not on the lot grid, or zero.</summary>
    LotGrid,

    /// <summary>Too small an order.</summary>
    MinNotional,

    /// <summary>Not enough margin.</summary>
    Margin,

    /// <summary>A reduce-only order would not reduce.</summary>
    ReduceOnly,

    /// <summary>A post-only order would have matched.</summary>
    PostOnlyWouldMatch,

    /// <summary>Nothing to match an immediate order with.</summary>
    NoMatch,

    /// <summary>The trigger price is on the wrong side, or impossible.</summary>
    BadTrigger,

    /// <summary>Too far from mark or oracle.</summary>
    PriceBand,

    /// <summary>Open interest is capped.</summary>
    OpenInterestCap,

    /// <summary>The leverage is more than the size of the position allows.</summary>
    LeverageTier,

    /// <summary>Too many open orders.</summary>
    TooManyOrders,

    /// <summary>Nothing to cancel or change: never placed, ended, or filled.</summary>
    NotLive,

    /// <summary>A live order has this client order id.</summary>
    DuplicateId,

    /// <summary>The signer may not act for the account.</summary>
    Signer,

    /// <summary>The nonce was used or is out of range.</summary>
    Nonce,

    /// <summary>It arrived after its expiry.</summary>
    Expired,

    /// <summary>The venue's limit on requests; nothing was done.</summary>
    RateLimited,

    /// <summary>Our own budget or queue is full, or the session is not ready; nothing was sent.</summary>
    NotSent,
}
