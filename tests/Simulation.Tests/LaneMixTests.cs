using Kedge.Simulation.Runs;

namespace Kedge.Simulation.RunTests;

/// <summary>The whole house in one process: exchange, wire, session, feed, engine, ledger.</summary>
public sealed class LaneMixTests
{
    private const int Seeds = 10;

    [Fact]
    public void A_lane_trades_on_the_simulated_exchange_and_all_agree()
    {
        LaneMixResult result = LaneMix.Run(1, 4, withFaults: false);
        Assert.True(result.Problems.Count == 0, string.Join('\n', result.Problems));
        Assert.True(result.Counts.GetValueOrDefault("fills") > 10, string.Join(", ", result.Counts));
    }

    [Fact]
    public void With_faults_of_wire_venue_disk_and_process_venue_engine_and_ledger_agree_in_the_end()
    {
        List<string> problems = [];
        long fills = 0;
        long faults = 0;
        int restarts = 0;
        Lock gate = new();
        Parallel.For(
            1,
            Seeds + 1,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            seed =>
            {
                LaneMixResult result = LaneMix.Run((ulong)seed, 4);
                lock (gate)
                {
                    problems.AddRange(result.Problems.Take(3).Select(p => $"seed {seed}: {p}"));
                    fills += result.Counts.GetValueOrDefault("fills");
                    faults += result.Faults;
                    restarts += result.Restarts;
                }
            }
        );
        TestContext.Current.TestOutputHelper?.WriteLine($"{fills} fills, {faults} faults, {restarts} restarts");
        Assert.True(problems.Count == 0, string.Join('\n', problems.Take(20)));
        Assert.True(fills >= 50 && faults >= 1_000 && restarts >= 3, $"{fills} fills, {faults} faults, {restarts} restarts");
    }

    [Fact]
    public void One_seed_is_one_run() => Assert.Equal(LaneMix.Run(3, 2).Hash, LaneMix.Run(3, 2).Hash);
}
