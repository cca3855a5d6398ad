namespace Kedge.Model.Ledger;

/// <summary>Sums over everything booked in a ledger; their sum is what the account's cash changed by.</summary>
/// <param name="Pnl">Closed profit of all fills, before fees, USD.</param>
/// <param name="Fees">Fees of all fills, USD; positive was paid.</param>
/// <param name="Funding">Funding received, USD; negative was paid.</param>
/// <param name="Transfers">Transfers in, USD; negative went out.</param>
/// <param name="Adjustments">Cash booked by adjustments, USD.</param>
public sealed record LedgerTotals(Amount Pnl, Amount Fees, Amount Funding, Amount Transfers, Amount Adjustments)
{
    /// <summary>Nothing booked.</summary>
    public static LedgerTotals Zero { get; } = new(default, default, default, default, default);

    /// <summary>What the account's cash changed by: pnl − fees + funding + transfers + adjustments.</summary>
    public Amount Cash => Pnl - Fees + Funding + Transfers + Adjustments;
}
