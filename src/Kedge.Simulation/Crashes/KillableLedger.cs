using Kedge.Model.Ledger;

namespace Kedge.Simulation.Crashes;

/// <summary>
/// A ledger in a process that can end inside it. A ledger whose process ends sees a failing disk and says so; here the process is unwound instead, so
/// that nobody acts on what a dead program said.
/// </summary>
public sealed class KillableLedger : ILedger
{
    private readonly ILedger _inner;
    private readonly CrashPoints _points;

    /// <summary>Wraps a ledger.</summary>
    /// <param name="inner">The ledger; disposed with this.</param>
    /// <param name="points">The process.</param>
    public KillableLedger(ILedger inner, CrashPoints points)
    {
        _inner = inner;
        _points = points;
    }

    /// <summary>Opens a ledger; what that writes are points too.</summary>
    /// <param name="open">Opens it.</param>
    /// <param name="points">The process.</param>
    public static KillableLedger Open(Func<ILedger> open, CrashPoints points)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(points);
        points.ThrowIfKilled();
        using (points.Enter("ledger.open"))
        {
            try
            {
                return new KillableLedger(open(), points);
            }
            finally
            {
                points.ThrowIfKilled();
            }
        }
    }

    /// <inheritdoc/>
    public long LastBatch => _inner.LastBatch;

    /// <inheritdoc/>
    public LedgerImage Load() => Run("ledger.load", static (ledger, _) => ledger.Load(), 0);

    /// <inheritdoc/>
    public LedgerOutcome Commit(LedgerBatch batch) =>
        Run(CommitSites.Of(batch), static (ledger, rows) => ledger.Commit(rows), batch);

    /// <inheritdoc/>
    public IntentImage? Find(string intentId) => Run("ledger.find", static (ledger, id) => ledger.Find(id), intentId);

    /// <inheritdoc/>
    public void Dispose()
    {
        using (_points.Enter("ledger.close"))
        {
            _inner.Dispose();
        }
    }

    private TResult Run<TArgument, TResult>(string site, Func<ILedger, TArgument, TResult> call, TArgument argument)
    {
        _points.ThrowIfKilled();
        using (_points.Enter(site))
        {
            try
            {
                return call(_inner, argument);
            }
            finally
            {
                _points.ThrowIfKilled();
            }
        }
    }
}
