using Kedge.Model.Files;
using Kedge.Model.Machines;
using Kedge.Simulation.Crashes;
using Kedge.Simulation.Disk;
using Kedge.Simulation.Faults;
using Kedge.Simulation.Machines;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Tests.Crashes;

public sealed class CrashPointTests
{
    [Fact]
    public void Points_are_counted_by_site_and_step_and_listed_in_order()
    {
        CrashPoints points = new(new SimRandom(1));
        SimDisk disk = new(new SimRandom(1), null, points);
        using (points.Enter("journal"))
        {
            IDurableFile file = disk.Files.Create("/a.journal");
            file.Append("x"u8);
            using (points.Enter("commit"))
            {
                file.Append("y"u8);
            }

            file.Flush();
        }

        points.Call("venue.send", () => { });
        Assert.Equal(
            [
                new("-/venue.send", 1),
                new("commit/journal.write", 1),
                new("journal/folder.names", 1),
                new("journal/journal.create", 1),
                new("journal/journal.flush", 2),
                new("journal/journal.write", 1),
            ],
            points.Reached
        );
    }

    [Fact]
    public void A_call_is_not_made_before_the_crash_made_after_it_and_either_during_it()
    {
        Assert.Equal(0, Sent(CrashWhen.Before, 1));
        Assert.Equal(1, Sent(CrashWhen.After, 1));
        int during = Enumerable.Range(0, 100).Sum(seed => Sent(CrashWhen.During, (ulong)seed));
        Assert.InRange(during, 25, 75);

        static int Sent(CrashWhen when, ulong seed)
        {
            CrashPoints points = new(new SimRandom(seed));
            points.CrashAt("-/venue.send", when);
            int sent = 0;
            ProcessKilledException death = Assert.Throws<ProcessKilledException>(() => points.Call("venue.send", () => sent++));
            Assert.Equal(("-/venue.send", when), (death.Point, death.When));
            return sent;
        }
    }

    [Fact]
    public void A_crash_can_be_asked_for_at_any_operation_and_pairs_of_one_name_are_one_point()
    {
        CrashPoints points = new(new SimRandom(1), (site, step) => site == "-" ? step : "within");
        points.CrashAtOperation(CrashWhen.After, 3);
        points.Reach("a");
        using (points.Enter("one"))
        {
            points.Reach("a");
        }

        using (points.Enter("two"))
        {
            Assert.Throws<ProcessKilledException>(() => points.Reach("b"));
        }

        Assert.Equal("within", points.KilledAt);
        Assert.Equal([new("a", 1), new("within", 2)], points.Reached);
        Assert.Equal(3, points.Total);
    }

    [Fact]
    public void Nothing_of_a_dead_process_reaches_disk_or_venue()
    {
        CrashPoints points = new(new SimRandom(1));
        SimDisk disk = new(new SimRandom(1), null, points);
        IDurableFile file = disk.Files.Create("/a.journal");
        points.CrashAt("-/step", CrashWhen.After);
        Assert.Throws<ProcessKilledException>(() => points.Reach("step"));
        Assert.True(points.IsKilled);
        int sent = 0;
        Assert.Throws<ProcessKilledException>(() => points.Call("venue.send", () => sent++));
        Assert.Throws<ProcessKilledException>(() => file.Append("late"u8));
        Assert.Throws<ProcessKilledException>(() => disk.Files.Create("/b"));
        file.Dispose();
        points.Revive();
        Assert.Equal(0, sent);
        Assert.Equal(["a.journal"], disk.Files.List("/"));
        Assert.Empty(disk.Read("/a.journal")!);
    }

    [Fact]
    public void A_crash_unwinds_a_machines_effects_and_the_next_can_fall_into_its_start()
    {
        VirtualScheduler scheduler = new(1);
        SimProcess process = scheduler.AddProcess("trader");
        CrashPoints points = new(scheduler.Random.Fork("points"));
        SimDisk disk = new(scheduler.Random.Fork("disk"), null, points);
        disk.Attach(process);
        IDurableFile? file = null;
        process.OnKill(_ => file?.Dispose());
        process.OnStart(() => file = disk.Files.Exists("/log") ? disk.Files.Open("/log") : disk.Files.Create("/log"));
        process.OnStart(() => points.Reach("recover"));
        List<int> done = [];
        MachineHost<int, int> host = new(
            process,
            "machine",
            () => new Repeater(),
            (in int effect, MachineHost<int, int> _) =>
            {
                file!.Append([(byte)effect]);
                file.Flush();
                done.Add(effect);
            },
            _ => 0
        );
        process.Start();
        points.CrashAt("-/log.write", CrashWhen.After, 2, KillKind.Process);
        points.CrashAt("-/recover", CrashWhen.Before, 1, KillKind.Power);
        host.Post(3);
        scheduler.RunUntilIdle();
        Assert.False(process.IsRunning);
        Assert.Equal([0], done);
        Assert.Equal(2, disk.Read("/log")!.Length);
        process.Start();
        Assert.False(process.IsRunning);
        process.Start();
        Assert.True(process.IsRunning);
        Assert.Equal(0, points.Waiting);
        Assert.Equal(1, scheduler.Faults.CountOf(FaultKind.ProcessKilled));
        Assert.Equal(1, scheduler.Faults.CountOf(FaultKind.PowerLost));
        Assert.Equal("killed after -/log.write", scheduler.Faults[0].Cause);
    }

    private sealed class Repeater : IMachine<int, int>
    {
        public void Handle(in int input, in Now now, IEffectSink<int> effects)
        {
            for (int i = 0; i < input; i++)
            {
                effects.Add(i);
            }
        }
    }
}
