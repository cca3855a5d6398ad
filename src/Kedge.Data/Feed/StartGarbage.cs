namespace Kedge.Data.Feed;

/// <summary>
/// Gives back, once, what reading the databases left behind. It is more than all that is kept, and would stay resident for hours: so little is allocated
/// from then on that the collector has no reason to look.
/// </summary>
internal sealed class StartGarbage
{
    /// <summary>By then what was read is taken over or let go.</summary>
    private const long AfterMs = 10_000;
    private bool _isDone;

    /// <summary>Looks whether it is time.</summary>
    /// <param name="nowMs">Milliseconds since the start.</param>
    internal void Look(long nowMs)
    {
        if (!_isDone && nowMs >= AfterMs)
        {
            _isDone = true;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
