namespace Kedge.Exchange.Core;

/// <summary>
/// What became of an order, by the venue's own words (<see cref="OrderStatusText"/>). Refusals of whole requests share the list, so that one
/// field says everything.
/// </summary>
public enum OrderStatus : byte
{
    /// <summary>Nothing to say; also "success" in replies to cancels and settings.</summary>
    None,

    /// <summary>Resting in the book.</summary>
    Open,

    /// <summary>Filled in full.</summary>
    Filled,

    /// <summary>A trigger order whose condition is not yet met.</summary>
    WaitingForTrigger,

    /// <summary>A child whose parent is not yet filled.</summary>
    WaitingForFill,

    /// <summary>A trigger order whose condition was met; it goes on as a limit order.</summary>
    Triggered,

    /// <summary>Cancelled by its owner, or the rest of an immediate order.</summary>
    Canceled,

    /// <summary>Cancelled because its owner could not carry the position at the moment of a match.</summary>
    MarginCanceled,

    /// <summary>The resting order of two of one account that would have met.</summary>
    SelfTradeCanceled,

    /// <summary>A reduce-only order with nothing left to reduce.</summary>
    ReduceOnlyCanceled,

    /// <summary>The other child of its parent was filled.</summary>
    SiblingFilledCanceled,

    /// <summary>Cancelled when its account was liquidated.</summary>
    LiquidatedCanceled,

    /// <summary>Cancelled by the dead man's switch.</summary>
    ScheduledCancel,

    /// <summary>The rest of an order that would have lifted open interest over the cap.</summary>
    OpenInterestCapCanceled,

    /// <summary>Cancelled when its instrument was taken off the exchange.</summary>
    DelistedCanceled,

    /// <summary>Price has too many digits.</summary>
    TickRejected,

    /// <summary>Size is not above zero or is beyond the bound.</summary>
    SizeRejected,

    /// <summary>Notional is below the minimum.</summary>
    MinTradeNtlRejected,

    /// <summary>Not enough margin.</summary>
    PerpMarginRejected,

    /// <summary>A reduce-only order on the side of the position, or without one.</summary>
    ReduceOnlyRejected,

    /// <summary>An add-liquidity-only order that would match.</summary>
    BadAloPxRejected,

    /// <summary>An immediate order that would match nothing.</summary>
    IocCancelRejected,

    /// <summary>A trigger price already reached, or no price at all.</summary>
    BadTriggerPxRejected,

    /// <summary>A market order on an empty book.</summary>
    MarketOrderNoLiquidityRejected,

    /// <summary>Would lift open interest over the cap.</summary>
    PositionIncreaseAtOpenInterestCapRejected,

    /// <summary>Too far from the reference price.</summary>
    OracleRejected,

    /// <summary>The position would pass the tier at which its leverage is still allowed.</summary>
    PerpMaxPositionRejected,

    /// <summary>Too many open orders.</summary>
    TooManyOpenOrdersRejected,

    /// <summary>A live order of the account has this client order id.</summary>
    DuplicateCloidRejected,

    /// <summary>No such symbol.</summary>
    UnknownAssetRejected,

    /// <summary>The symbol was taken off the exchange.</summary>
    DelistedRejected,

    /// <summary>A group that is not one parent and one or two trigger orders, or not trigger orders alone.</summary>
    BadGroupRejected,

    /// <summary>Cancel or modify: no live order of this account by that id.</summary>
    UnknownOrder,

    /// <summary>The request: no such account.</summary>
    UnknownAccount,

    /// <summary>The request: the address has used up its actions.</summary>
    TooManyRequests,

    /// <summary>The request: a scheduled cancel less than the minimum ahead.</summary>
    ScheduleTooSoon,

    /// <summary>The request: no scheduled cancels left today.</summary>
    ScheduleLimit,

    /// <summary>The request: not enough volume traded for scheduled cancels.</summary>
    ScheduleVolume,

    /// <summary>The request: leverage outside 1…max.</summary>
    BadLeverage,

    /// <summary>The request: margin mode cannot change while a position is open, or the symbol does not have it.</summary>
    BadMarginMode,

    /// <summary>The request: not enough free money.</summary>
    InsufficientFunds,

    /// <summary>The request: no isolated position to move margin of.</summary>
    NoIsolatedPosition,

    /// <summary>The request: a limit of accounts or agents is reached, or the address is taken.</summary>
    DirectoryRefused,

    /// <summary>The request: an amount or a price outside its bound.</summary>
    BadAmount,
}
