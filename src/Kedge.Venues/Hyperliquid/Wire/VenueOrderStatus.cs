namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Status of an order, in the venue's words.</summary>
public enum VenueOrderStatus
{
    /// <summary>A word we do not know, of an order that may be alive.</summary>
    Unknown,

    /// <summary>A word we do not know that says the order has ended.</summary>
    UnknownTerminal,

    /// <summary><c>open</c>.</summary>
    Open,

    /// <summary><c>filled</c>.</summary>
    Filled,

    /// <summary><c>canceled</c>.</summary>
    Canceled,

    /// <summary><c>triggered</c>.</summary>
    Triggered,

    /// <summary><c>rejected</c>.</summary>
    Rejected,

    /// <summary><c>marginCanceled</c>.</summary>
    MarginCanceled,

    /// <summary><c>vaultWithdrawalCanceled</c>.</summary>
    VaultWithdrawalCanceled,

    /// <summary><c>openInterestCapCanceled</c>.</summary>
    OpenInterestCapCanceled,

    /// <summary><c>selfTradeCanceled</c>.</summary>
    SelfTradeCanceled,

    /// <summary><c>reduceOnlyCanceled</c>.</summary>
    ReduceOnlyCanceled,

    /// <summary><c>siblingFilledCanceled</c>.</summary>
    SiblingFilledCanceled,

    /// <summary><c>delistedCanceled</c>.</summary>
    DelistedCanceled,

    /// <summary><c>liquidatedCanceled</c>.</summary>
    LiquidatedCanceled,

    /// <summary><c>outcomeSettledCanceled</c>.</summary>
    OutcomeSettledCanceled,

    /// <summary><c>scheduledCancel</c>.</summary>
    ScheduledCancel,

    /// <summary><c>internalCancel</c>.</summary>
    InternalCancel,

    /// <summary><c>tickRejected</c>.</summary>
    TickRejected,

    /// <summary><c>minTradeNtlRejected</c>.</summary>
    MinTradeNtlRejected,

    /// <summary><c>perpMarginRejected</c>.</summary>
    PerpMarginRejected,

    /// <summary><c>reduceOnlyRejected</c>.</summary>
    ReduceOnlyRejected,

    /// <summary><c>badAloPxRejected</c>.</summary>
    BadAloPxRejected,

    /// <summary><c>iocCancelRejected</c>.</summary>
    IocCancelRejected,

    /// <summary><c>badTriggerPxRejected</c>.</summary>
    BadTriggerPxRejected,

    /// <summary><c>marketOrderNoLiquidityRejected</c>.</summary>
    MarketOrderNoLiquidityRejected,

    /// <summary><c>positionIncreaseAtOpenInterestCapRejected</c>.</summary>
    PositionIncreaseAtOpenInterestCapRejected,

    /// <summary><c>positionFlipAtOpenInterestCapRejected</c>.</summary>
    PositionFlipAtOpenInterestCapRejected,

    /// <summary><c>tooAggressiveAtOpenInterestCapRejected</c>.</summary>
    TooAggressiveAtOpenInterestCapRejected,

    /// <summary><c>openInterestIncreaseRejected</c>.</summary>
    OpenInterestIncreaseRejected,

    /// <summary><c>insufficientSpotBalanceRejected</c>.</summary>
    InsufficientSpotBalanceRejected,

    /// <summary><c>oracleRejected</c>.</summary>
    OracleRejected,

    /// <summary><c>perpMaxPositionRejected</c>.</summary>
    PerpMaxPositionRejected,

    /// <summary><c>tooManyOpenOrdersRejected</c>.</summary>
    TooManyOpenOrdersRejected,
}
