namespace Kedge.Conformance.Feeds;

/// <summary>What came of one random mix against a feed.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Problems">What is wrong; empty when nothing is.</param>
/// <param name="Closed">Bars served.</param>
/// <param name="Revised">Bars served again with other numbers.</param>
/// <param name="Faults">Faults injected, by kind: those of wire and process by name, the venue's own by the word of its log.</param>
/// <param name="Restarts">Lives of the feed beyond the first.</param>
/// <param name="AgreedAfterMs">Virtual time from the end of the faults to agreement.</param>
/// <param name="RefilledMs">Seconds of these in which questions waited for weight; counted up to a minute.</param>
/// <param name="EventHash">Tells whether two runs were the same.</param>
internal sealed record FeedMixResult(
    ulong Seed,
    IReadOnlyList<string> Problems,
    long Closed,
    long Revised,
    IReadOnlyDictionary<string, int> Faults,
    int Restarts,
    long AgreedAfterMs,
    long RefilledMs,
    ulong EventHash
)
{
    /// <summary>For people.</summary>
    public string Text =>
        $"feed seed {Seed}{(Problems.Count == 0 ? "" : " FAILED")}: {Closed} bars, {Revised} revised, {Faults.Values.Sum()} faults, {Restarts} restarts, agreed after {AgreedAfterMs / 1000.0} s, {RefilledMs / 1000.0} of them for weight"
        + string.Concat(Problems.Take(8).Select(problem => "\n  " + problem))
        + (Problems.Count > 8 ? $"\n  … {Problems.Count} in all" : "");
}
