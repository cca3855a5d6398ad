using Kedge.Model.Ledger;

namespace Kedge.Simulation.Trading;

/// <summary>A ledger of which somebody outside knows what it has taken.</summary>
internal sealed class WatchedLedger(ILedger inner, LedgerMirror mirror) : ILedger
{
    public long LastBatch => inner.LastBatch;

    public LedgerImage Load() => inner.Load();

    public LedgerOutcome Commit(LedgerBatch batch)
    {
        mirror.Committing(batch);
        LedgerOutcome outcome = inner.Commit(batch);
        if (outcome.IsOk)
        {
            mirror.Committed();
        }

        return outcome;
    }

    public IntentImage? Find(string intentId) => inner.Find(intentId);

    public void Dispose() => inner.Dispose();
}
