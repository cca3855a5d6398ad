namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>One order as the venue keeps it.</summary>
/// <param name="Coin">Symbol as the venue spells it.</param>
/// <param name="IsBuy">Side.</param>
/// <param name="LimitPrice">Limit.</param>
/// <param name="Size">Base units left.</param>
/// <param name="OriginalSize">Base units at first, if told.</param>
/// <param name="OrderId">The venue's id.</param>
/// <param name="TimestampMs">When it was placed.</param>
/// <param name="ClientOrderId">Ours, if it has one.</param>
/// <param name="ReduceOnly">Whether it can only reduce, if told.</param>
/// <param name="IsTrigger">Whether it waits for a trigger.</param>
/// <param name="TriggerPrice">Mark price that triggers it.</param>
/// <param name="TriggerCondition">The same for people.</param>
/// <param name="IsPositionTpsl">Whether it follows the position's size.</param>
/// <param name="OrderType"><c>Limit</c>, <c>Stop Market</c> and so on, if told.</param>
/// <param name="TimeInForce">If it has one.</param>
/// <param name="Children">Orders that wait for this one.</param>
public sealed record OpenOrder(
    string Coin,
    bool IsBuy,
    decimal LimitPrice,
    decimal Size,
    decimal? OriginalSize,
    long OrderId,
    long TimestampMs,
    string? ClientOrderId,
    bool? ReduceOnly,
    bool IsTrigger,
    decimal? TriggerPrice,
    string? TriggerCondition,
    bool IsPositionTpsl,
    string? OrderType,
    string? TimeInForce,
    IReadOnlyList<OpenOrder> Children
);
