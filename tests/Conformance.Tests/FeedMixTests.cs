using Kedge.Conformance.Feeds;
using Kedge.Simulation.Faults;

namespace Kedge.Conformance.Tests;

/// <summary>Everything that can go wrong around a market-data feed, and its databases equal the exchange in the end.</summary>
public sealed class FeedMixTests
{
    /// <summary>What a feed must withstand; each has to happen, or agreement in the end says nothing of it.</summary>
    private static readonly string[] Expected =
    [
        .. new[]
        {
            FaultKind.ConnectionDropped,
            FaultKind.HalfOpen,
            FaultKind.Stalled,
            FaultKind.ConnectLost,
            FaultKind.Partitioned,
            FaultKind.RequestLost,
            FaultKind.RequestDelayed,
            FaultKind.ResponseLost,
            FaultKind.ResponseDelayed,
            FaultKind.WallStepped,
            FaultKind.ProcessKilled,
        }.Select(kind => kind.ToString()),
        "socket_dropped",
        "socket_half_open",
        "socket_stalled",
        "rate_limited",
        "server_error",
        "clock_stepped",
        "candle_missing",
        "candle_revised",
        "candle_duplicated",
        "candle_late",
    ];

    [Fact]
    public void Fifty_feeds_equal_the_exchange_and_take_no_forming_bar_for_closed()
    {
        FeedMixResult[] results = [.. Enumerable.Range(1, 50).AsParallel().Select(seed => FeedMix.Run((ulong)seed))];
        Assert.All(results, result => Assert.True(result.Problems.Count == 0, result.Text));

        // They are worth something: bars closed and were corrected, and there was trouble and death.
        Assert.True(results.Sum(result => result.Closed) > 10_000, $"{results.Sum(result => result.Closed)} bars");
        Assert.True(results.Sum(result => result.Revised) > 100, $"{results.Sum(result => result.Revised)} revised");
        Assert.All(
            Expected,
            fault =>
            {
                int count = results.Sum(result => result.Faults.GetValueOrDefault(fault));
                Assert.True(count > 10, $"{fault} happened {count} times");
            }
        );
        Assert.True(results.Sum(result => result.Restarts) > 20, $"{results.Sum(result => result.Restarts)} restarts");
    }

    [Fact]
    public void The_same_seed_is_the_same_run() => Assert.Equal(FeedMix.Run(3).EventHash, FeedMix.Run(3).EventHash);
}
