namespace Kedge.Simulation.Tests;

public sealed class SimRandomTests
{
    /// <summary>Computed with a separate implementation: splitmix64 of 0 for the state, then xoshiro256** (prng.di.unimi.it).</summary>
    [Fact]
    public void The_stream_of_seed_0_is_that_of_the_published_algorithm()
    {
        SimRandom random = new(0);
        Assert.Equal(
            [0x99ec5f36cb75f2b4UL, 0xbf6e1f784956452aUL, 0x1a5f849d4933e6e0UL],
            [random.NextBits(), random.NextBits(), random.NextBits()]
        );
    }

    [Fact]
    public void A_fork_depends_on_seed_and_name_and_not_on_what_was_drawn()
    {
        SimRandom one = new(7);
        SimRandom other = new(7);
        other.NextBits();
        other.Fork("someone else").NextBits();
        Assert.Equal(one.Fork("latency").NextBits(), other.Fork("latency").NextBits());
        Assert.NotEqual(one.Fork("latency").NextBits(), one.Fork("latency2").NextBits());
        Assert.NotEqual(one.Fork("latency").NextBits(), new SimRandom(8).Fork("latency").NextBits());
    }

    [Fact]
    public void Between_reaches_both_ends_and_stays_inside()
    {
        SimRandom random = new(1);
        HashSet<long> seen = [];
        for (int i = 0; i < 1_000; i++)
        {
            seen.Add(random.NextBetween(-2, 3));
        }

        Assert.Equal([-2, -1, 0, 1, 2, 3], seen.Order());
        Assert.Equal(5, random.NextBetween(5, 5));
        random.NextBetween(long.MinValue, long.MaxValue);
    }

    [Fact]
    public void Chance_draws_once_whatever_the_share()
    {
        SimRandom one = new(3);
        SimRandom other = new(3);
        Assert.False(one.Chance(0));
        Assert.True(other.Chance(1));
        Assert.Equal(one.NextBits(), other.NextBits());
    }
}
