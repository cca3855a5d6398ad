namespace Kedge.Simulation.Scheduling;

/// <summary>Settings and bounds of a <see cref="VirtualScheduler"/>.</summary>
public sealed record SchedulerOptions
{
    /// <summary>UTC epoch milliseconds of the true wall clock at the start of the run. Default 2025-01-01.</summary>
    public long WallStartMs { get; init; } = 1_735_689_600_000;

    /// <summary>Whether simultaneous events of different sources fire in an order drawn from the seed rather than as scheduled.</summary>
    public bool ShuffleSimultaneous { get; init; }

    /// <summary>Most events one call of a run method may fire. At the limit it throws <see cref="SimLimitException"/>. Default 50 million.</summary>
    public long EventsPerRunMax { get; init; } = 50_000_000;

    /// <summary>Most events at one instant: time that stands still is a loop. At the limit <see cref="SimLimitException"/>. Default 100,000.</summary>
    public int EventsPerInstantMax { get; init; } = 100_000;

    /// <summary>Most events waiting. At the limit <see cref="SimLimitException"/>. Default 1 million.</summary>
    public int PendingMax { get; init; } = 1_000_000;

    /// <summary>Most faults in the log. At the limit <see cref="SimLimitException"/>: a run that cannot be explained is worth nothing. Default 1 million.</summary>
    public int FaultsMax { get; init; } = 1_000_000;
}
