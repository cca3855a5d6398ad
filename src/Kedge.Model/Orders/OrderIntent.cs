namespace Kedge.Model.Orders;

/// <summary>An order that somebody wants to place, before anything checked it. Numbers are those of the wire, already rounded.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Symbol">Symbol as the venue spells it.</param>
/// <param name="IsBuy">Side.</param>
/// <param name="Size">Base units, above zero, on the instrument's lot grid.</param>
/// <param name="LimitPrice">Worst acceptable price, above zero, on the instrument's price grid.</param>
/// <param name="TimeInForce">What may happen at once and what to the rest.</param>
/// <param name="ReduceOnly">It may only make a position smaller.</param>
/// <param name="Trigger">Whether it waits for the mark price.</param>
/// <param name="TriggerPrice">The mark price it waits for; 0 when it does not.</param>
/// <param name="TriggerIsMarket">Once fired it trades at once, else as a limit order.</param>
public sealed record OrderIntent(
    ClientOrderId Id,
    string Symbol,
    bool IsBuy,
    decimal Size,
    decimal LimitPrice,
    TimeInForce TimeInForce,
    bool ReduceOnly,
    TriggerKind Trigger = TriggerKind.None,
    decimal TriggerPrice = 0m,
    bool TriggerIsMarket = false
);
