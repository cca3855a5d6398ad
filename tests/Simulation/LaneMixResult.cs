namespace Kedge.Simulation.Runs;

/// <summary>What a run of <see cref="LaneMix"/> left.</summary>
internal sealed record LaneMixResult(
    ulong Seed,
    IReadOnlyList<string> Problems,
    IReadOnlyDictionary<string, long> Counts,
    long Faults,
    int Restarts,
    long AgreedMs,
    ulong Hash
);
