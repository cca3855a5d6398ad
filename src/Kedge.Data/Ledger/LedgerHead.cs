using Kedge.Model.Ledger;

namespace Kedge.Data.Ledger;

/// <summary>What a ledger keeps once: how far it is, and its sums.</summary>
internal sealed record LedgerHead(
    string Lane,
    string Account,
    bool IsDouble,
    long LastBatch,
    long Sequence,
    JournalPosition? Journal,
    long NonceFloor,
    LedgerTotals Totals
)
{
    public const string Columns =
        "lane, account, arithmetic, last_batch, sequence, journal_segment, journal_sequence, nonce_floor, pnl_usd, fees_usd, funding_usd, "
        + "transfers_usd, adjustments_usd";

    /// <summary>Reads a row of <see cref="Columns"/>.</summary>
    public static LedgerHead Read(LedgerStatement row) =>
        new(
            row.TextAt(0),
            row.TextAt(1),
            row.TextAt(2) == "double",
            row.IntAt(3),
            row.IntAt(4),
            row.IntOrNull(5) is long segment ? new JournalPosition(segment, row.IntAt(6)) : null,
            row.IntAt(7),
            new LedgerTotals(row.MoneyAt(8), row.MoneyAt(9), row.MoneyAt(10), row.MoneyAt(11), row.MoneyAt(12))
        );

    /// <summary>
    /// The sum as this ledger adds: exactly, or, for paper, as the kernel's doubles add, so that what the kernel closes to zero is zero here too.
    /// </summary>
    public Amount Add(Amount a, Amount b) => IsDouble ? Amount.Of(a.ToDouble() + b.ToDouble()) : a + b;
}
