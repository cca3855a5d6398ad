using Kedge.Model.Venues;

namespace Kedge.Model.Ledger;

/// <summary>Writes down, once, from where a lane follows its account.</summary>
public static class OpeningCursor
{
    /// <summary>
    /// Loads a ledger; one without a cursor is given the one it starts with. Without it a lane that died before anything happened on its account would ask only
    /// for what comes after its next start: somebody else's fills and transfers meanwhile would be a difference nobody can explain.
    /// </summary>
    /// <param name="ledger">The ledger, the emergency file merged.</param>
    /// <param name="nowMs">When, UTC epoch milliseconds.</param>
    /// <exception cref="KedgeException">The ledger cannot be read or written (exit 4).</exception>
    public static LedgerImage Load(ILedger ledger, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        LedgerImage image = ledger.Load();
        if (image.Cursor is not null)
        {
            return image;
        }

        AccountCursor cursor = AccountCursor.Resume(null, [.. image.Intents.Select(i => i.Intent.CreatedMs)], nowMs);
        LedgerOutcome outcome = ledger.Commit(new LedgerBatch(ledger.LastBatch + 1, [new LedgerRow.CursorKept(cursor)]));
        return outcome.IsOk
            ? ledger.Load()
            : throw KedgeException.Environment(
                $"the ledger cannot be written: {outcome.Text ?? outcome.Failure.ToString()}; free some space and start again"
            );
    }
}
