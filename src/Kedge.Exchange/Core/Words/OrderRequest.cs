namespace Kedge.Exchange.Core;

/// <summary>One order as asked for.</summary>
/// <param name="Symbol">Index of the instrument.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Price">Limit, ticks. For a trigger order that is a market order it is the worst price, within the slippage bound.</param>
/// <param name="Size">Lots; 0 only in <see cref="OrderGrouping.PositionTpsl"/>.</param>
/// <param name="TimeInForce">What happens to the part that does not match at once; of a trigger order, after it fired.</param>
/// <param name="ReduceOnly">It may only make a position smaller.</param>
/// <param name="Cloid">Client order id, unique among the live orders of the account; 0 for none.</param>
/// <param name="Trigger">Take profit, stop loss, or neither.</param>
/// <param name="TriggerPrice">Mark price at which it fires, ticks.</param>
/// <param name="TriggerIsMarket">Once fired it is immediate, at most the slippage bound away from the mark.</param>
public readonly record struct OrderRequest(
    int Symbol,
    OrderSide Side,
    long Price,
    long Size,
    TimeInForce TimeInForce = TimeInForce.Gtc,
    bool ReduceOnly = false,
    UInt128 Cloid = default,
    TriggerKind Trigger = TriggerKind.None,
    long TriggerPrice = 0,
    bool TriggerIsMarket = false
);
