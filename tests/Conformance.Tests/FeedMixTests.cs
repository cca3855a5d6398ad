using Kedge.Conformance.Feeds;

namespace Kedge.Conformance.Tests;

/// <summary>Everything that can go wrong around a market-data feed, and its databases equal the exchange in the end.</summary>
public sealed class FeedMixTests
{
    [Fact]
    public void Fifty_feeds_equal_the_exchange_and_take_no_forming_bar_for_closed()
    {
        FeedMixResult[] results = [.. Enumerable.Range(1, 50).AsParallel().Select(seed => FeedMix.Run((ulong)seed))];
        Assert.All(results, result => Assert.True(result.Problems.Count == 0, result.Text));

        // They are worth something: bars closed and were corrected, and there was trouble and death.
        Assert.True(results.Sum(result => result.Closed) > 10_000, $"{results.Sum(result => result.Closed)} bars");
        Assert.True(results.Sum(result => result.Revised) > 100, $"{results.Sum(result => result.Revised)} revised");
        Assert.True(results.Sum(result => result.Faults) > 5_000, $"{results.Sum(result => result.Faults)} faults");
        Assert.True(results.Sum(result => result.Restarts) > 20, $"{results.Sum(result => result.Restarts)} restarts");
    }

    [Fact]
    public void The_same_seed_is_the_same_run() => Assert.Equal(FeedMix.Run(3).EventHash, FeedMix.Run(3).EventHash);
}
