namespace Kedge.Model.Orders;

/// <summary>An order that may be sent.</summary>
public sealed record ApprovedOrder
{
    private ApprovedOrder(OrderIntent intent, RiskReceipt receipt)
    {
        Intent = intent;
        Receipt = receipt;
    }

    /// <summary>The order.</summary>
    public OrderIntent Intent { get; }

    /// <summary>Who let it through.</summary>
    public RiskReceipt Receipt { get; }

    /// <summary>Binds an order to its receipt.</summary>
    /// <exception cref="ArgumentException">The order has no id, or a number that cannot be sent.</exception>
    public static ApprovedOrder From(OrderIntent intent, RiskReceipt receipt)
    {
        ArgumentNullException.ThrowIfNull(intent);
        ArgumentNullException.ThrowIfNull(receipt);
        if (intent.Id.IsNone)
        {
            throw new ArgumentException(
                "An order without a client order id cannot be asked about after a failure.",
                nameof(intent)
            );
        }

        if (intent.Size <= 0 || intent.LimitPrice <= 0 || (intent.Trigger == TriggerKind.None) != (intent.TriggerPrice == 0))
        {
            throw new ArgumentException(
                "Size and limit are above zero, and a trigger price comes with a trigger.",
                nameof(intent)
            );
        }

        return new ApprovedOrder(intent, receipt);
    }
}
