using Kedge.Exchange.Core;

namespace Kedge.Exchange.Gateways.Hyperliquid.Records;

/// <summary>One side of a trade as an account's history keeps it.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Symbol">Index of the instrument.</param>
/// <param name="Side">Side.</param>
/// <param name="Price">Ticks.</param>
/// <param name="Size">Lots.</param>
/// <param name="TimeMs">UTC epoch milliseconds.</param>
/// <param name="StartPosition">Signed lots before.</param>
/// <param name="ClosedPnl">Micro-USD, before fees.</param>
/// <param name="Fee">Micro-USD; negative is a rebate.</param>
/// <param name="OrderId">Order; 0 when it belongs to none (take-over by the house).</param>
/// <param name="Cloid">Client order id, 0 for none.</param>
/// <param name="TradeId">The same on both sides.</param>
/// <param name="IsTaker">Whether it crossed.</param>
/// <param name="LiquidationMark">Mark price in ticks when part of a liquidation, else 0.</param>
/// <param name="IsBackstop">The house took over.</param>
/// <param name="LiquidatedAccount">Who is liquidated, −1 for nobody.</param>
internal sealed record FillRecord(
    int Account,
    int Symbol,
    OrderSide Side,
    long Price,
    long Size,
    long TimeMs,
    long StartPosition,
    long ClosedPnl,
    long Fee,
    long OrderId,
    UInt128 Cloid,
    long TradeId,
    bool IsTaker,
    long LiquidationMark,
    bool IsBackstop,
    int LiquidatedAccount
);
