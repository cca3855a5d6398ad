using Kedge.Model.Orders;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>The venue's orders in our words.</summary>
internal static class OrderReports
{
    /// <summary>A live order, as <c>openOrders</c> lists it.</summary>
    public static OrderReport From(OpenOrder order) =>
        Make(order, order.IsTrigger ? OrderPhase.Waiting : OrderPhase.Open, "open", order.TimestampMs);

    /// <summary>An order and what became of it.</summary>
    /// <param name="state">What the venue says.</param>
    /// <param name="isTrigger">Whether we know it for a trigger order; updates do not say.</param>
    public static OrderReport From(OrderState state, bool isTrigger) =>
        Make(state.Order, PhaseOf(state, isTrigger), state.StatusText, state.StatusTimestampMs);

    /// <summary>Whether no more will come of an order in this phase, except fills that are late.</summary>
    public static bool HasEnded(OrderPhase phase) => phase is OrderPhase.Filled or OrderPhase.Cancelled or OrderPhase.Rejected;

    private static OrderPhase PhaseOf(OrderState state, bool isTrigger) =>
        state.Status switch
        {
            VenueOrderStatus.Filled => OrderPhase.Filled,
            VenueOrderStatus.Open when isTrigger || state.Order.IsTrigger => OrderPhase.Waiting,
            VenueOrderStatus.Open or VenueOrderStatus.Triggered or VenueOrderStatus.Unknown => OrderPhase.Open,
            _ when RejectCodes.Of(state.Status) is not null => OrderPhase.Rejected,
            VenueOrderStatus.UnknownTerminal when state.StatusText.EndsWith("Rejected", StringComparison.Ordinal) =>
                OrderPhase.Rejected,
            _ => OrderPhase.Cancelled,
        };

    private static OrderReport Make(OpenOrder order, OrderPhase phase, string status, long timeMs) =>
        new(
            ClientOrderId.TryParse(order.ClientOrderId, out ClientOrderId id) ? id : default,
            order.OrderId,
            order.Coin,
            order.IsBuy,
            order.LimitPrice,
            order.OriginalSize ?? order.Size,
            order.Size,
            order.ReduceOnly,
            phase,
            status,
            timeMs
        );
}
