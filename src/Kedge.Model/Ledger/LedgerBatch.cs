namespace Kedge.Model.Ledger;

/// <summary>Rows that are written together or not at all.</summary>
/// <param name="Sequence">
/// The writer's number of the batch, higher than that of every batch committed before. A number that was used by a batch that failed may be left out.
/// </param>
/// <param name="Rows">In the order in which they happened; a change of an intent comes after the intent.</param>
public sealed record LedgerBatch(long Sequence, IReadOnlyList<LedgerRow> Rows);
