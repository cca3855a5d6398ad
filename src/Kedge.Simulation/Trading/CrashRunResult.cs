using Kedge.Simulation.Crashes;

namespace Kedge.Simulation.Trading;

/// <summary>What a run left.</summary>
/// <param name="Problems">What must not happen and did; none when the lane survived.</param>
/// <param name="Reached">Crash points that it came by before faults ended, with counts.</param>
/// <param name="Recovery">Operations between the first crash and a minute after the start that followed; 0 without a crash.</param>
/// <param name="Counts">What happened, by name.</param>
/// <param name="Hash">One number over every event: equal runs have equal ones.</param>
public sealed record CrashRunResult(
    IReadOnlyList<string> Problems,
    IReadOnlyList<ReachedPoint> Reached,
    long Recovery,
    IReadOnlyDictionary<string, long> Counts,
    ulong Hash
);
