namespace Kedge.Simulation.Trading;

/// <summary>What a run left.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Hours">Its hours.</param>
/// <param name="Problems">What must not happen and did, the first ones; none when all is well.</param>
/// <param name="Broken">What each of the problems breaks.</param>
/// <param name="Counts">What happened, by name.</param>
/// <param name="Restarts">Restarts of the lane.</param>
/// <param name="Hash">One number over every event: equal runs have equal ones.</param>
public sealed record LaneRunResult(
    ulong Seed,
    long Hours,
    IReadOnlyList<string> Problems,
    IReadOnlyList<LaneInvariant> Broken,
    IReadOnlyDictionary<string, long> Counts,
    int Restarts,
    ulong Hash
)
{
    /// <summary>What the account is worth at the venue in the end, less what it began with and what came and went by transfers, USD.</summary>
    public decimal ProfitUsd { get; init; }

    /// <summary>Inputs of the engine after which everything that must hold was checked.</summary>
    public long Checked { get; init; }
}
