namespace Kedge.Model.Orders;

/// <summary>One fill of our account. Delivered once.</summary>
/// <param name="TradeId">The venue's id of the trade; with <paramref name="VenueOrderId"/> it is the key.</param>
/// <param name="VenueOrderId">The venue's id of the order.</param>
/// <param name="Id">Our id of the order; none when it is not ours.</param>
/// <param name="Symbol">Symbol as the venue spells it.</param>
/// <param name="IsBuy">Side.</param>
/// <param name="Price">Price.</param>
/// <param name="Size">Base units.</param>
/// <param name="Fee">USD; negative is a rebate.</param>
/// <param name="ClosedPnl">USD, without fees.</param>
/// <param name="PositionBefore">Signed base units before it.</param>
/// <param name="IsTaker">Whether it crossed the book.</param>
/// <param name="IsLiquidation">Whether the venue forced it.</param>
/// <param name="TimeMs">UTC epoch milliseconds, by the venue's clock.</param>
public sealed record Fill(
    long TradeId,
    long VenueOrderId,
    ClientOrderId Id,
    string Symbol,
    bool IsBuy,
    decimal Price,
    decimal Size,
    decimal Fee,
    decimal ClosedPnl,
    decimal PositionBefore,
    bool IsTaker,
    bool IsLiquidation,
    long TimeMs
);
