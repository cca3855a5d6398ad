namespace Kedge.Exchange.Core;

/// <summary>
/// One effect of the exchange. A plain struct with a kind, so that millions of them a second allocate nothing; which fields count is said at
/// <see cref="EventKind"/>, the others are zero.
/// </summary>
public readonly record struct ExchangeEvent
{
    /// <summary>What it tells.</summary>
    public EventKind Kind { get; init; }

    /// <summary>Side of the order, or of the aggressor.</summary>
    public OrderSide Side { get; init; }

    /// <summary>State of the order, or the reason of a refusal.</summary>
    public OrderStatus Status { get; init; }

    /// <summary>Of a fill: the order took liquidity.</summary>
    public bool IsTaker { get; init; }

    /// <summary>Of a fill: part of a liquidation. Of a liquidation: the house took all over. Of an instrument: delisted.</summary>
    public bool Flag { get; init; }

    /// <summary>Of a fill: why. Fills of other causes than orders and liquidations belong to no order (id 0).</summary>
    public FillCause Cause { get; init; }

    /// <summary>Whose event it is.</summary>
    public int Account { get; init; }

    /// <summary>The other account, −1 for none.</summary>
    public int Other { get; init; }

    /// <summary>Index of the instrument, −1 for none.</summary>
    public int Symbol { get; init; }

    /// <summary>Element of the request.</summary>
    public int Index { get; init; }

    /// <summary>The caller's number of the request; 0 when the exchange acted by itself.</summary>
    public long Request { get; init; }

    /// <summary>The venue's moment, UTC epoch milliseconds.</summary>
    public long TimeMs { get; init; }

    /// <summary>Order id.</summary>
    public long OrderId { get; init; }

    /// <summary>Client order id, 0 for none.</summary>
    public UInt128 Cloid { get; init; }

    /// <summary>Number of the trade, the same on both sides.</summary>
    public long TradeId { get; init; }

    /// <summary>Ticks.</summary>
    public long Price { get; init; }

    /// <summary>Lots.</summary>
    public long Size { get; init; }

    /// <summary>Lots of the order when it was placed.</summary>
    public long OriginalSize { get; init; }

    /// <summary>Micro-USD, unless the kind says otherwise.</summary>
    public long Amount { get; init; }

    /// <summary>Fee, micro-USD; negative is a rebate.</summary>
    public long Fee { get; init; }

    /// <summary>Profit closed by a fill, before fees, micro-USD.</summary>
    public long ClosedPnl { get; init; }

    /// <summary>Signed lots before a fill.</summary>
    public long StartPosition { get; init; }
}
