namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>The venue's words for the status of an order.</summary>
public static class VenueOrderStatuses
{
    /// <summary>The status of a word; an unknown one has ended if it ends as words of ended orders do.</summary>
    public static VenueOrderStatus Parse(string word) =>
        word switch
        {
            "open" => VenueOrderStatus.Open,
            "filled" => VenueOrderStatus.Filled,
            "canceled" => VenueOrderStatus.Canceled,
            "triggered" => VenueOrderStatus.Triggered,
            "rejected" => VenueOrderStatus.Rejected,
            "marginCanceled" => VenueOrderStatus.MarginCanceled,
            "vaultWithdrawalCanceled" => VenueOrderStatus.VaultWithdrawalCanceled,
            "openInterestCapCanceled" => VenueOrderStatus.OpenInterestCapCanceled,
            "selfTradeCanceled" => VenueOrderStatus.SelfTradeCanceled,
            "reduceOnlyCanceled" => VenueOrderStatus.ReduceOnlyCanceled,
            "siblingFilledCanceled" => VenueOrderStatus.SiblingFilledCanceled,
            "delistedCanceled" => VenueOrderStatus.DelistedCanceled,
            "liquidatedCanceled" => VenueOrderStatus.LiquidatedCanceled,
            "outcomeSettledCanceled" => VenueOrderStatus.OutcomeSettledCanceled,
            "scheduledCancel" => VenueOrderStatus.ScheduledCancel,
            "internalCancel" => VenueOrderStatus.InternalCancel,
            "tickRejected" => VenueOrderStatus.TickRejected,
            "minTradeNtlRejected" => VenueOrderStatus.MinTradeNtlRejected,
            "perpMarginRejected" => VenueOrderStatus.PerpMarginRejected,
            "reduceOnlyRejected" => VenueOrderStatus.ReduceOnlyRejected,
            "badAloPxRejected" => VenueOrderStatus.BadAloPxRejected,
            "iocCancelRejected" => VenueOrderStatus.IocCancelRejected,
            "badTriggerPxRejected" => VenueOrderStatus.BadTriggerPxRejected,
            "marketOrderNoLiquidityRejected" => VenueOrderStatus.MarketOrderNoLiquidityRejected,
            "positionIncreaseAtOpenInterestCapRejected" => VenueOrderStatus.PositionIncreaseAtOpenInterestCapRejected,
            "positionFlipAtOpenInterestCapRejected" => VenueOrderStatus.PositionFlipAtOpenInterestCapRejected,
            "tooAggressiveAtOpenInterestCapRejected" => VenueOrderStatus.TooAggressiveAtOpenInterestCapRejected,
            "openInterestIncreaseRejected" => VenueOrderStatus.OpenInterestIncreaseRejected,
            "insufficientSpotBalanceRejected" => VenueOrderStatus.InsufficientSpotBalanceRejected,
            "oracleRejected" => VenueOrderStatus.OracleRejected,
            "perpMaxPositionRejected" => VenueOrderStatus.PerpMaxPositionRejected,
            "tooManyOpenOrdersRejected" => VenueOrderStatus.TooManyOpenOrdersRejected,
            _ when EndsAsTerminal(word) => VenueOrderStatus.UnknownTerminal,
            _ => VenueOrderStatus.Unknown,
        };

    /// <summary>Whether the order has ended.</summary>
    public static bool IsTerminal(this VenueOrderStatus status) =>
        status is not (VenueOrderStatus.Unknown or VenueOrderStatus.Open or VenueOrderStatus.Triggered);

    private static bool EndsAsTerminal(string word) =>
        word.EndsWith("Canceled", StringComparison.Ordinal)
        || word.EndsWith("Cancel", StringComparison.Ordinal)
        || word.EndsWith("Rejected", StringComparison.Ordinal);
}
