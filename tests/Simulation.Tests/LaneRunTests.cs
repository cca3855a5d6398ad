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
    public void With_the_faults_of_a_day_in_every_state_of_an_order_nothing_is_lost_or_doubled_and_all_agree_in_the_end()
    {
        StringWriter told = new();
        Assert.True(LaneSoak.Run(Seeds, 24, 1, LaneSoak.HotEvery, told), told.ToString());
    }

    [Fact]
    public void The_page_gives_the_reason_of_each_cell_of_the_coverage_table_that_cannot_be_met()
    {
        string page = File.ReadAllText(Pages.PathOf("deterministic-simulation.md"));
        Assert.All(
            CoverageTable.Gaps,
            g =>
            {
                Assert.Contains(g.Fault, CoverageTable.Faults);
                Assert.All(g.States, s => Assert.Contains(s, CoverageTable.States));
                Assert.Contains($"| `{g.Fault}` | {string.Join(", ", g.States)} | {g.Why} |", page, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public void A_cell_that_is_met_too_rarely_is_named_with_its_count()
    {
        Dictionary<string, long> counts = [];
        foreach (string fault in CoverageTable.Faults)
        {
            foreach (string state in CoverageTable.States)
            {
                counts[CoverageTable.Cell(fault, state)] = 20;
            }
        }

        Assert.Empty(CoverageTable.Short(counts, 20));
        counts[CoverageTable.Cell("PowerLost", "Unknown")] = 19;
        Assert.Equal(["PowerLost Unknown 19"], CoverageTable.Short(counts, 20));
        Assert.Equal(CoverageTable.Reachable, CoverageTable.Short(new Dictionary<string, long>(), 1).Count);
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
