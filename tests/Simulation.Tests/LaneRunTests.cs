using Kedge.Simulation.Runs;
using Kedge.Simulation.Trading;

namespace Kedge.Simulation.RunTests;

/// <summary>The whole house in one process: exchange, wire, session, feed, engine, journal, ledger.</summary>
public sealed class LaneRunTests
{
    private const int Seeds = 200;

    [Fact]
    public void A_lane_trades_on_the_simulated_exchange_and_all_agree()
    {
        LaneRunResult result = Run(1, 4, LaneFaults.None);
        Assert.True(result.Problems.Count == 0, string.Join('\n', result.Problems));
        Assert.True(result.Counts.GetValueOrDefault("fills") > 10, string.Join(", ", result.Counts));
    }

    [Fact]
    public void With_the_faults_of_a_day_nothing_is_lost_or_doubled_and_all_agree_in_the_end()
    {
        StringWriter told = new();
        Assert.True(LaneSoak.Run(Seeds, 24, 1, told), told.ToString());
    }

    [Fact]
    public void One_seed_is_one_run() => Assert.Equal(Run(3, 6, LaneFaults.Day).Hash, Run(3, 6, LaneFaults.Day).Hash);

    private static LaneRunResult Run(ulong seed, long hours, LaneFaults faults) =>
        LaneRun.Run(
            new LaneRunOptions
            {
                Seed = seed,
                Hours = hours,
                Faults = faults,
            }
        );
}
