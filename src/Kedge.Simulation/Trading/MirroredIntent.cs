using Kedge.Model.Ledger;
using Kedge.Model.Orders;

namespace Kedge.Simulation.Trading;

/// <summary>An intent as the rows tell it.</summary>
internal sealed class MirroredIntent(LedgerRow.IntentCreated row)
{
    public LedgerRow.IntentCreated Row { get; } = row;

    public IntentStatus Status { get; set; }

    public decimal Filled { get; set; }

    /// <summary>An operator's order that the venue has taken into its book.</summary>
    public bool Rests =>
        Row.Owner == IntentOwner.Operator
        && Row.TimeInForce != TimeInForce.Ioc
        && Status is IntentStatus.Sent or IntentStatus.Partial;

    /// <summary>Its order was given to the venue's adapter.</summary>
    public bool HasLeft { get; set; }
}
