using Kedge.Conformance.Mixes;

namespace Kedge.Conformance.Tests;

/// <summary>Everything at random, and the books agree in the end.</summary>
public sealed class MixTests
{
    [Fact]
    public void Fifty_seeds_lose_nothing_double_nothing_and_end_nothing_falsely()
    {
        MixResult[] results = [.. Enumerable.Range(1, 50).AsParallel().Select(seed => RandomMix.Run((ulong)seed))];
        Assert.All(results, result => Assert.True(result.Problems.Count == 0, result.Text));

        // They are worth something: there was trade, trouble and death.
        Assert.True(results.Sum(result => result.Orders) > 1_000, $"{results.Sum(result => result.Orders)} orders");
        Assert.True(results.Sum(result => result.Fills) > 500, $"{results.Sum(result => result.Fills)} fills");
        Assert.True(results.Sum(result => result.Faults) > 5_000, $"{results.Sum(result => result.Faults)} faults");
        Assert.True(results.Sum(result => result.Restarts) > 50, $"{results.Sum(result => result.Restarts)} restarts");
    }

    [Fact]
    public void The_same_seed_is_the_same_run() =>
        Assert.Equal(RandomMix.Run(3).EventHash, RandomMix.Run(3, traced: true).EventHash);
}
