using Kedge.Kernel;

namespace Kedge.Trading.Risk;

/// <summary>Kernel orders in the words of risk.</summary>
public static class RiskActions
{
    /// <summary>What an order of the kernel does.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is no order.</exception>
    public static RiskAction Of(OrderAction action) =>
        action switch
        {
            OrderAction.Open => RiskAction.Open,
            OrderAction.Add => RiskAction.Add,
            OrderAction.Reduce => RiskAction.Reduce,
            OrderAction.Close => RiskAction.Close,
            _ => throw new ArgumentOutOfRangeException(nameof(action), action, "This is no order."),
        };

    /// <summary>How urgent an order with a reason is: stops protect, a liquidation or a delisting is not ours to refuse.</summary>
    public static OrderUrgency UrgencyOf(ReasonCode reason) =>
        reason switch
        {
            ReasonCode.StopLoss or ReasonCode.TrailingStop or ReasonCode.RiskReduction or ReasonCode.OperatorOrder =>
                OrderUrgency.Protective,
            ReasonCode.Liquidation
            or ReasonCode.DataEnded
            or ReasonCode.EndOfRun
            or ReasonCode.VenueForced
            or ReasonCode.ForeignFill => OrderUrgency.Forced,
            _ => OrderUrgency.Normal,
        };

    /// <summary>Whether it can make a position greater.</summary>
    public static bool IsEntry(this RiskAction action) => action is RiskAction.Open or RiskAction.Add;

    /// <summary>Whether it makes a position smaller.</summary>
    public static bool IsExit(this RiskAction action) => action is RiskAction.Reduce or RiskAction.Close;
}
