using Kedge.Kernel;
using Kedge.Model.Orders;

namespace Kedge.Model.Ledger;

/// <summary>How tables spell what is an enumeration in the program. Part of the public contract.</summary>
public static class LedgerNames
{
    /// <summary>OPEN, ADD, REDUCE, CLOSE or FUNDING.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Nothing is done.</exception>
    public static string Of(OrderAction action) =>
        action switch
        {
            OrderAction.Open => "OPEN",
            OrderAction.Add => "ADD",
            OrderAction.Reduce => "REDUCE",
            OrderAction.Close => "CLOSE",
            OrderAction.Funding => "FUNDING",
            _ => throw new ArgumentOutOfRangeException(nameof(action), action, "Nothing is done."),
        };

    /// <summary>Reads <see cref="Of(OrderAction)"/>.</summary>
    /// <exception cref="FormatException">Another text.</exception>
    public static OrderAction ParseAction(string name) =>
        name switch
        {
            "OPEN" => OrderAction.Open,
            "ADD" => OrderAction.Add,
            "REDUCE" => OrderAction.Reduce,
            "CLOSE" => OrderAction.Close,
            "FUNDING" => OrderAction.Funding,
            _ => throw new FormatException($"'{name}' is no action"),
        };

    /// <summary>BUY or SELL.</summary>
    public static string OfSide(bool isBuy) => isBuy ? "BUY" : "SELL";

    /// <summary>LONG, SHORT or N/A.</summary>
    public static string Of(Side side) =>
        side switch
        {
            Side.Long => "LONG",
            Side.Short => "SHORT",
            _ => "N/A",
        };

    /// <summary>engine or operator.</summary>
    public static string Of(IntentOwner owner) => owner == IntentOwner.Engine ? "engine" : "operator";

    /// <summary>GTC, IOC or ALO.</summary>
    public static string Of(TimeInForce timeInForce) =>
        timeInForce switch
        {
            TimeInForce.Gtc => "GTC",
            TimeInForce.Ioc => "IOC",
            _ => "ALO",
        };

    /// <summary>Reads <see cref="Of(TimeInForce)"/>.</summary>
    /// <exception cref="FormatException">Another text.</exception>
    public static TimeInForce ParseTimeInForce(string name) =>
        name switch
        {
            "GTC" => TimeInForce.Gtc,
            "IOC" => TimeInForce.Ioc,
            "ALO" => TimeInForce.Alo,
            _ => throw new FormatException($"'{name}' is no time in force"),
        };

    /// <summary>foreign, manual, liquidation, adl, settlement, adopt, reconcile, emergency or unclassified.</summary>
    public static string Of(AdjustmentKind kind) =>
        kind switch
        {
            AdjustmentKind.Foreign => "foreign",
            AdjustmentKind.Manual => "manual",
            AdjustmentKind.Liquidation => "liquidation",
            AdjustmentKind.AutoDeleverage => "adl",
            AdjustmentKind.Settlement => "settlement",
            AdjustmentKind.Adopt => "adopt",
            AdjustmentKind.Reconcile => "reconcile",
            AdjustmentKind.Emergency => "emergency",
            _ => "unclassified",
        };

    /// <summary>info, warn or error.</summary>
    public static string Of(AuditLevel level) =>
        level switch
        {
            AuditLevel.Info => "info",
            AuditLevel.Warn => "warn",
            _ => "error",
        };
}
