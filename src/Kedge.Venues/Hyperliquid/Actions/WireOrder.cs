using Kedge.Crypto.Hyperliquid;
using Kedge.Model.Orders;

namespace Kedge.Venues.Hyperliquid.Actions;

/// <summary>One order as it goes on the wire.</summary>
/// <param name="Asset">The venue's number of the symbol.</param>
/// <param name="IsBuy">Side.</param>
/// <param name="Price">Limit.</param>
/// <param name="Size">Base units; 0 with <see cref="OrderGrouping.Position"/> means the whole position.</param>
/// <param name="ReduceOnly">It may only make a position smaller.</param>
/// <param name="TimeInForce">For an order without a trigger.</param>
/// <param name="Trigger">Whether it waits for the mark price.</param>
/// <param name="TriggerPrice">The mark price it waits for.</param>
/// <param name="TriggerIsMarket">Once fired it trades at once.</param>
/// <param name="Id">Our id, or none.</param>
internal readonly record struct WireOrder(
    int Asset,
    bool IsBuy,
    decimal Price,
    decimal Size,
    bool ReduceOnly,
    TimeInForce TimeInForce,
    TriggerKind Trigger,
    decimal TriggerPrice,
    bool TriggerIsMarket,
    ClientOrderId Id
)
{
    /// <summary>An order for an asset.</summary>
    public static WireOrder From(OrderIntent intent, int asset) =>
        new(
            asset,
            intent.IsBuy,
            intent.LimitPrice,
            intent.Size,
            intent.ReduceOnly,
            intent.TimeInForce,
            intent.Trigger,
            intent.TriggerPrice,
            intent.TriggerIsMarket,
            intent.Id
        );

    /// <summary>Which number cannot be written in eight decimals, as a code of refusal; null when all can.</summary>
    public RejectCode? Unwritable() =>
        WireNumber.Format(Price) is null ? RejectCode.PriceGrid
        : WireNumber.Format(Size) is null ? RejectCode.LotGrid
        : WireNumber.Format(TriggerPrice) is null ? RejectCode.BadTrigger
        : null;
}
