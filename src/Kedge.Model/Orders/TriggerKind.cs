namespace Kedge.Model.Orders;

/// <summary>What a trigger order is for.</summary>
public enum TriggerKind
{
    /// <summary>It is no trigger order.</summary>
    None,

    /// <summary>Fires when the price has moved in favour.</summary>
    TakeProfit,

    /// <summary>Fires when the price has moved against.</summary>
    StopLoss,
}
