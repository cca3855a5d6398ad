using Kedge.Model.Ledger;

namespace Kedge.Simulation.Trading;

/// <summary>A ledger of which somebody outside knows what it has taken.</summary>
internal sealed class WatchedLedger : ILedger
{
    private readonly ILedger _inner;
    private readonly LedgerMirror _mirror;

    /// <summary>A ledger that has just been opened: what an earlier life was about to commit is in it or not.</summary>
    public WatchedLedger(ILedger inner, LedgerMirror mirror)
    {
        (_inner, _mirror) = (inner, mirror);
        mirror.Found(inner.LastBatch);
    }

    public long LastBatch => _inner.LastBatch;

    public LedgerImage Load() => _inner.Load();

    public LedgerOutcome Commit(LedgerBatch batch)
    {
        _mirror.Committing(batch);
        LedgerOutcome outcome = _inner.Commit(batch);
        if (outcome.IsOk)
        {
            _mirror.Committed();
        }

        return outcome;
    }

    public IntentImage? Find(string intentId) => _inner.Find(intentId);

    public void Dispose() => _inner.Dispose();
}
