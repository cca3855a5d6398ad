namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>One own fill.</summary>
/// <param name="Coin">Symbol as the venue spells it.</param>
/// <param name="Price">Price.</param>
/// <param name="Size">Base units.</param>
/// <param name="IsBuy">Side.</param>
/// <param name="TimeMs">Time.</param>
/// <param name="StartPosition">Position before it, negative for a short.</param>
/// <param name="Direction"><c>Open Long</c> and so on.</param>
/// <param name="ClosedPnl">Result without fees, USD.</param>
/// <param name="Hash">Transaction.</param>
/// <param name="OrderId">The venue's id of the order.</param>
/// <param name="IsTaker">Whether it crossed the book.</param>
/// <param name="Fee">Fee with the builder's part; negative is a rebate.</param>
/// <param name="FeeToken">Token of the fee, if told.</param>
/// <param name="BuilderFee">The builder's part, if any.</param>
/// <param name="TradeId">Its id, the same for both sides; absent in old answers.</param>
/// <param name="ClientOrderId">Ours, if told.</param>
/// <param name="Liquidation">If it was part of one.</param>
public sealed record UserFill(
    string Coin,
    decimal Price,
    decimal Size,
    bool IsBuy,
    long TimeMs,
    decimal StartPosition,
    string Direction,
    decimal ClosedPnl,
    string Hash,
    long OrderId,
    bool IsTaker,
    decimal Fee,
    string? FeeToken,
    decimal? BuilderFee,
    long? TradeId,
    string? ClientOrderId,
    FillLiquidation? Liquidation
);
