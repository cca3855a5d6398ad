namespace Kedge.Simulation.Scheduling;

/// <summary>How far the clocks of a process are off.</summary>
public sealed record ClockOptions
{
    /// <summary>Wall clock ahead of the truth at the start, ms; negative is behind.</summary>
    public long WallSkewMs { get; init; }

    /// <summary>How much faster both clocks run than true time, parts per million, −100,000 to 100,000.</summary>
    public int DriftPpm { get; init; }

    /// <summary>
    /// What the monotonic clock shows at every start of the process, ms. Null draws it from the seed anew for each start, so that a machine that
    /// keeps a monotonic time across a restart is found out.
    /// </summary>
    public long? MonotonicStartMs { get; init; }
}
