using Kedge.Simulation.Faults;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Tests;

/// <summary>Two machines that know nothing of the simulation live through everything the plan has, and one seed tells one story.</summary>
public sealed class EchoTests
{
    /// <summary>Everything, often: something happens every few seconds.</summary>
    private static readonly FaultPlan Everything = new()
    {
        Streams = new StreamFaults
        {
            DropsPerDay = 3_000,
            HalfOpensPerDay = 3_000,
            StallsPerDay = 3_000,
            StallMs = new MsRange(100, 10_000),
            ConnectRefusedShare = 0.1,
            ConnectLostShare = 0.1,
            SplitShare = 0.2,
            MergeShare = 0.2,
            DelayShare = 0.1,
        },
        Hosts = new HostFaults
        {
            ClockStepsPerDay = 1_000,
            PartitionsPerDay = 1_000,
            PartitionMs = new MsRange(100, 20_000),
            KillsPerDay = 2_000,
            PowerLossShare = 0.3,
            DownMs = new MsRange(100, 10_000),
        },
    };

    [Fact]
    public void Fifty_seeds_converge_once_faults_stop()
    {
        HashSet<FaultKind> met = [];
        for (ulong seed = 0; seed < 50; seed++)
        {
            EchoWorld world = new(seed, Everything);
            world.Injector.Start();
            world.Scheduler.RunFor(600_000);
            world.Injector.Stop();
            met.UnionWith(world.Scheduler.Faults.Select(fault => fault.Kind));

            // Effects under way play out, then one silence, one lost connect and the longest pause may pass.
            long leftMs = Math.Max(0, (world.Scheduler.Faults.PlayedOutUs - world.Scheduler.NowUs) / 1_000);
            world.Scheduler.RunFor(leftMs + 20_000);
            int before = world.Saved;
            Assert.True(before > 200, $"seed {seed}: {before} echoed in ten minutes");
            world.Scheduler.RunFor(10_000);
            Assert.True(
                world.Saved - before is >= 49 and <= 51,
                $"seed {seed}: {world.Saved - before} echoed in ten good seconds"
            );
        }

        Assert.Equal(
            Enum.GetValues<FaultKind>()
                .Where(kind => kind is < FaultKind.RequestLost or (> FaultKind.ResponseDelayed and < FaultKind.DiskFailed)),
            met.Order()
        );
    }

    [Fact]
    public void The_same_seed_is_the_same_run_and_another_seed_is_another()
    {
        HashSet<ulong> hashes = [];
        for (ulong seed = 0; seed < 20; seed++)
        {
            (ulong hash, List<string> story) = Run(seed, traced: false);
            (ulong again, List<string> storyAgain) = Run(seed, traced: true);
            Assert.Equal(hash, again);
            Assert.Empty(story);
            Assert.Equal(storyAgain, Run(seed, traced: true).Story);
            hashes.Add(hash);
        }

        Assert.Equal(20, hashes.Count);
    }

    [Fact]
    public void The_trace_tells_events_inputs_effects_and_faults()
    {
        List<string> story = Run(3, traced: true).Story;
        Assert.Contains(story, line => line.Contains("client/echo in Opened", StringComparison.Ordinal));
        Assert.Contains(story, line => line.Contains("server/echo out Send", StringComparison.Ordinal));
        Assert.Contains(story, line => line.Contains("fault InjectedFault", StringComparison.Ordinal));
        Assert.Contains(story, line => line.Contains("client/echo timer", StringComparison.Ordinal));
    }

    [Fact]
    public void An_idle_consumer_of_its_own_stream_changes_nothing_for_the_others()
    {
        EchoWorld alone = new(4, Everything, shuffle: false);
        EchoWorld watched = new(4, Everything, shuffle: false);
        watched.Scheduler.Random.Fork("someone else").NextBits();
        foreach (EchoWorld world in (ReadOnlySpan<EchoWorld>)[alone, watched])
        {
            world.Injector.Start();
            world.Scheduler.RunFor(120_000);
        }

        Assert.Equal(alone.Scheduler.Faults, watched.Scheduler.Faults);
        Assert.Equal(alone.Scheduler.EventHash, watched.Scheduler.EventHash);
    }

    private static (ulong Hash, List<string> Story) Run(ulong seed, bool traced)
    {
        EchoWorld world = new(seed, Everything);
        List<string> story = [];
        if (traced)
        {
            world.Scheduler.Trace = entry =>
                story.Add($"{entry.AtUs} {entry.Source} {entry.What} {entry.Subject} {entry.Argument}");
        }

        world.Injector.Start();
        world.Scheduler.RunFor(120_000);
        return (world.Scheduler.EventHash, story);
    }
}
