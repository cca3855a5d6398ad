using System.Globalization;

namespace Kedge.Conformance.Feeds;

/// <summary>Many random mixes against a feed, and what they were like.</summary>
internal static class FeedSoak
{
    /// <summary>Runs seeds on all processors and tells of those that fail; the exit status.</summary>
    public static int Run(ulong count, ulong first)
    {
        List<FeedMixResult> results = [];
        Parallel.For(
            (long)first,
            (long)(first + count),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            seed =>
            {
                FeedMixResult result = FeedMix.Run((ulong)seed);
                lock (results)
                {
                    results.Add(result);
                    if (result.Problems.Count > 0)
                    {
                        Console.WriteLine(result.Text);
                    }
                }
            }
        );
        Tell(results, first);
        return results.Exists(result => result.Problems.Count > 0) ? 1 : 0;
    }

    private static void Tell(List<FeedMixResult> results, ulong first)
    {
        long[] agreed = [.. results.Select(result => result.AgreedAfterMs - result.RefilledMs).Order()];
        long refill = results.Max(result => result.RefilledMs);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{results.Count} feeds from seed {first}: {results.Count(one => one.Problems.Count > 0)} failed; {results.Sum(one => one.Closed)} bars, {results.Sum(one => one.Revised)} revised, {results.Sum(one => one.Faults.Values.Sum())} faults, {results.Sum(one => one.Restarts)} restarts"
            )
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"agreed after {agreed[agreed.Length / 2] / 1_000} s (median), {agreed[^1] / 1_000} s (longest), without seconds waited for weight; of these {refill / 1_000} s at most, {results.Count(one => one.RefilledMs > 0)} feeds waited"
            )
        );
        foreach (
            IGrouping<string, int> kind in results
                .SelectMany(result => result.Faults)
                .GroupBy(fault => fault.Key, fault => fault.Value, StringComparer.Ordinal)
                .OrderBy(kind => kind.Key, StringComparer.Ordinal)
        )
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {kind.Key}: {kind.Sum()}"));
        }
    }
}
