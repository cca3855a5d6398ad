using Kedge.Model.Ledger;

namespace Kedge.Simulation.Trading;

/// <summary>An intent as the rows tell it.</summary>
internal sealed class MirroredIntent(LedgerRow.IntentCreated row)
{
    public LedgerRow.IntentCreated Row { get; } = row;

    public IntentStatus Status { get; set; }

    public decimal Filled { get; set; }

    /// <summary>Its order was given to the venue's adapter.</summary>
    public bool HasLeft { get; set; }
}
