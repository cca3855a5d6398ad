namespace Kedge.Conformance.Mixes;

/// <summary>What came of one random mix.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Problems">What is wrong; empty when nothing is.</param>
/// <param name="Trace">The last things that happened before the first problem.</param>
/// <param name="Orders">Orders sent.</param>
/// <param name="Fills">Fills booked.</param>
/// <param name="Faults">Faults injected.</param>
/// <param name="Restarts">Lives of client and venue beyond the first.</param>
/// <param name="AgreedAfterMs">Virtual time from the end of the faults to agreement.</param>
/// <param name="EventHash">Tells whether two runs were the same.</param>
internal sealed record MixResult(
    ulong Seed,
    IReadOnlyList<string> Problems,
    IReadOnlyList<string> Trace,
    int Orders,
    int Fills,
    int Faults,
    int Restarts,
    long AgreedAfterMs,
    ulong EventHash
)
{
    /// <summary>For people.</summary>
    public string Text =>
        Problems.Count == 0
            ? $"seed {Seed}: {Orders} orders, {Fills} fills, {Faults} faults, {Restarts} restarts, agreed after {AgreedAfterMs / 1000.0} s"
            : $"seed {Seed} FAILED: {string.Join("; ", Problems.Take(8))}\n  {string.Join("\n  ", Trace)}";
}
