using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Trading;

/// <summary>One run of a story.</summary>
public sealed record CrashRunOptions
{
    /// <summary>What the lane goes through.</summary>
    public required CrashStory Story { get; init; }

    /// <summary>Decides everything else.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Where it is killed, in this order; none for a survey of the points that it reaches.</summary>
    public IReadOnlyList<PlannedCrash> Crashes { get; init; } = [];

    /// <summary>Sees every event, fault, input and effect.</summary>
    public Action<SimTraceEntry>? Trace { get; init; }
}
