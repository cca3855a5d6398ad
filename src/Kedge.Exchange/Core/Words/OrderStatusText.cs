namespace Kedge.Exchange.Core;

/// <summary>The venue's spelling of statuses and errors (Hyperliquid).</summary>
public static class OrderStatusText
{
    private static readonly string[] Words = MakeWords();

    /// <summary>The status as it stands in <c>orderUpdates</c>, <c>orderStatus</c> and <c>historicalOrders</c>.</summary>
    public static string Wire(OrderStatus status) => Words[(int)status];

    private static string[] MakeWords()
    {
        OrderStatus[] all = Enum.GetValues<OrderStatus>();
        string[] words = new string[(int)all.Max() + 1];
        foreach (OrderStatus status in all)
        {
            words[(int)status] = Word(status);
        }

        return words;
    }

    private static string Word(OrderStatus status)
    {
        // SizeRejected and its like have no word of their own there.
        if (status is OrderStatus.WaitingForTrigger or OrderStatus.WaitingForFill)
        {
            return "open";
        }

        if (
            status
            is OrderStatus.SizeRejected
                or OrderStatus.DuplicateCloidRejected
                or OrderStatus.UnknownAssetRejected
                or OrderStatus.DelistedRejected
                or OrderStatus.BadGroupRejected
        )
        {
            return "rejected";
        }

        string name = status.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>Whether the status ends an order.</summary>
    public static bool IsTerminal(OrderStatus status) =>
        status
            is not (
                OrderStatus.None
                or OrderStatus.Open
                or OrderStatus.WaitingForTrigger
                or OrderStatus.WaitingForFill
                or OrderStatus.Triggered
            );

    /// <summary>Whether an order with this status was refused when it came and never traded.</summary>
    public static bool IsRefusal(OrderStatus status) => status is >= OrderStatus.TickRejected and <= OrderStatus.BadGroupRejected;

    /// <summary>The error text of a refusal; <c>{0}</c> stands for the best bid and offer where the venue prints them. Empty when it is no error.</summary>
    public static string Error(OrderStatus status) =>
        status switch
        {
            OrderStatus.TickRejected => "Price must be divisible by tick size.",
            OrderStatus.SizeRejected => "Order has invalid size.",
            OrderStatus.MinTradeNtlRejected => "Order must have minimum value of $10.",
            OrderStatus.PerpMarginRejected or OrderStatus.MarginCanceled => "Insufficient margin to place order.",
            OrderStatus.ReduceOnlyRejected or OrderStatus.ReduceOnlyCanceled => "Reduce only order would increase position.",
            OrderStatus.BadAloPxRejected => "Post only order would have immediately matched, bbo was {0}.",
            OrderStatus.IocCancelRejected => "Order could not immediately match against any resting orders.",
            OrderStatus.BadTriggerPxRejected => "Invalid TP/SL price.",
            OrderStatus.MarketOrderNoLiquidityRejected => "No liquidity available for market order.",
            OrderStatus.PositionIncreaseAtOpenInterestCapRejected or OrderStatus.OpenInterestCapCanceled =>
                "Order would increase open interest while open interest is capped",
            OrderStatus.OracleRejected => "Order price cannot be more than 80% away from the reference price",
            OrderStatus.PerpMaxPositionRejected => "Order would cause position to exceed margin tier limit at current leverage",
            OrderStatus.TooManyOpenOrdersRejected => "Too many open orders.",
            OrderStatus.DuplicateCloidRejected => "Duplicate client order id.",
            OrderStatus.UnknownAssetRejected => "Asset does not exist.",
            OrderStatus.DelistedRejected => "Asset is delisted.",
            OrderStatus.BadGroupRejected => "Invalid order grouping.",
            OrderStatus.UnknownOrder => "Order was never placed, already canceled, or filled.",
            OrderStatus.UnknownAccount => "User or API Wallet does not exist.",
            OrderStatus.TooManyRequests => "Too many cumulative requests sent",
            OrderStatus.ScheduleTooSoon => "Scheduled cancel time too early, must be at least 5 seconds from now.",
            OrderStatus.ScheduleLimit => "Too many scheduled cancels triggered today.",
            OrderStatus.ScheduleVolume => "Cannot set scheduled cancel time until enough volume traded.",
            OrderStatus.BadLeverage => "Invalid leverage value.",
            OrderStatus.BadMarginMode => "Cannot switch leverage type with open position.",
            OrderStatus.InsufficientFunds => "Insufficient margin available.",
            OrderStatus.NoIsolatedPosition => "No isolated position to change the margin of.",
            OrderStatus.DirectoryRefused => "Account or agent cannot be added.",
            OrderStatus.BadAmount => "Invalid amount.",
            _ => "",
        };
}
