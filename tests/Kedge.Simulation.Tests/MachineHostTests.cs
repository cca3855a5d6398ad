using Kedge.Model.Machines;
using Kedge.Simulation.Faults;
using Kedge.Simulation.Machines;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Tests;

public sealed class MachineHostTests
{
    private readonly VirtualScheduler _scheduler = new(1);
    private readonly List<int> _effects = [];
    private Counter _machine = null!;

    [Fact]
    public void A_timer_set_again_is_replaced_and_a_cancelled_one_never_fires()
    {
        MachineHost<int, int> host = Host(out _);
        host.SetTimer(1, 100);
        host.SetTimer(2, 150);
        host.SetTimer(1, 200);
        host.SetTimer(3, 120);
        Assert.True(host.CancelTimer(3));
        Assert.False(host.CancelTimer(3));
        _scheduler.RunFor(1_000);
        Assert.Equal([(2, 150), (1, 200)], _machine.Seen.Select(seen => (seen.Input, seen.Now.MonotonicMs)));
        Assert.Equal(0, host.Timers);
    }

    [Fact]
    public void A_timer_in_the_past_fires_at_once_and_a_timer_may_set_itself_again()
    {
        MachineHost<int, int> host = Host(
            out _,
            (in int effect, MachineHost<int, int> self) =>
            {
                if (_machine.Seen.Count < 3)
                {
                    self.SetTimer(effect, self.Process.Now.MonotonicMs + 10);
                }
            }
        );
        _scheduler.RunFor(50);
        host.SetTimer(1, 20);
        _scheduler.RunFor(100);
        Assert.Equal([50, 60, 70], _machine.Seen.Select(seen => seen.Now.MonotonicMs));
    }

    [Fact]
    public void Inputs_are_handled_one_at_a_time_in_order()
    {
        MachineHost<int, int> host = Host(
            out _,
            (in int effect, MachineHost<int, int> self) =>
            {
                _effects.Add(effect);
                if (effect < 10)
                {
                    Assert.Throws<InvalidOperationException>(() => self.Deliver(99));
                    self.Post(effect + 10);
                }
            }
        );
        host.Post(1);
        host.Post(2);
        host.Post(3, delayUs: 5);
        _scheduler.RunUntilIdle();
        Assert.Equal([1, 2, 11, 12, 3, 13], _effects);
    }

    [Fact]
    public void A_kill_takes_timers_and_queued_inputs_and_the_machine_with_it()
    {
        MachineHost<int, int> host = Host(out SimProcess process);
        host.Post(1);
        host.Post(2, delayUs: 500);
        host.SetTimer(3, 400);
        _scheduler.RunFor(0);
        Counter before = _machine;
        process.Kill(KillKind.Process, "test");
        Assert.Null(host.Machine);
        Assert.False(host.Post(4));
        Assert.False(host.Deliver(4));
        host.SetTimer(5, 500);
        Assert.Equal((0, 0), (host.Timers, host.Queued));
        _scheduler.RunFor(10);
        process.Start();
        Assert.NotSame(before, _machine);
        host.Post(6);
        _scheduler.RunFor(10_000);
        Assert.Equal([1], before.Seen.Select(seen => seen.Input));
        Assert.Equal([6], _machine.Seen.Select(seen => seen.Input));
        Assert.Equal(
            (FaultKind.ProcessKilled, "p", "test"),
            (_scheduler.Faults[0].Kind, _scheduler.Faults[0].Target, _scheduler.Faults[0].Cause)
        );
    }

    [Fact]
    public void Effects_after_one_that_kills_the_process_never_happen()
    {
        SimProcess process = _scheduler.AddProcess("p");
        MachineHost<int, int> host = new(
            process,
            "m",
            () => new Burst(),
            (in int effect, MachineHost<int, int> self) =>
            {
                _effects.Add(effect);
                if (effect == 2)
                {
                    self.Process.Kill(KillKind.Process, "crash point");
                    self.Process.Start();
                }
            },
            id => (int)id
        );
        process.Start();
        host.Post(1);
        _scheduler.RunUntilIdle();
        Assert.Equal([1, 2], _effects);
    }

    [Fact]
    public void A_step_of_the_wall_clock_moves_no_timer()
    {
        MachineHost<int, int> host = Host(out SimProcess process);
        host.SetTimer(1, 1_000);
        _scheduler.RunFor(500);
        long wallMs = process.Now.WallMs;
        process.StepWall(-5_000, "ntp");
        Assert.Equal(wallMs - 5_000, process.Now.WallMs);
        Assert.Equal(500, process.Now.MonotonicMs);
        _scheduler.RunFor(499);
        Assert.Empty(_machine.Seen);
        _scheduler.RunFor(1);
        Assert.Equal(new Now(1_000, wallMs - 5_000 + 500), Assert.Single(_machine.Seen).Now);
        InjectedFault fault = Assert.Single(_scheduler.Faults);
        Assert.Equal((FaultKind.WallStepped, -5_000), (fault.Kind, fault.Amount));
    }

    [Fact]
    public void Monotonic_time_begins_anew_at_a_restart_and_wall_time_goes_on()
    {
        SimProcess process = _scheduler.AddProcess("p", new ClockOptions { WallSkewMs = 7 });
        process.Start();
        _scheduler.RunFor(100);
        Now before = process.Now;
        process.Kill(KillKind.Power, "test");
        _scheduler.RunFor(50);
        process.Start();
        Assert.Equal(before.WallMs + 50, process.Now.WallMs);
        Assert.Equal(_scheduler.Now.WallMs + 7, process.Now.WallMs);
        Assert.NotEqual(before.MonotonicMs + 50, process.Now.MonotonicMs);
    }

    [Fact]
    public void A_monotonic_clock_with_a_stated_start_shows_it_at_every_start()
    {
        SimProcess process = _scheduler.AddProcess("p", new ClockOptions { MonotonicStartMs = 5, DriftPpm = 1_000 });
        process.Start();
        _scheduler.RunFor(100);
        process.Kill(KillKind.Process, "test");
        _scheduler.RunFor(100);
        process.Start();
        Assert.Equal(5, process.Now.MonotonicMs);
        _scheduler.RunFor(1_000);
        Assert.Equal(1_006, process.Now.MonotonicMs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(37)]
    [InlineData(-37)]
    [InlineData(100_000)]
    [InlineData(-100_000)]
    public void A_timer_fires_in_the_first_microsecond_in_which_the_drifting_clock_shows_its_time(int driftPpm)
    {
        SimProcess process = _scheduler.AddProcess("p", new ClockOptions { DriftPpm = driftPpm });
        _scheduler.RunFor(123);
        process.Start();
        SimRandom random = new(9);
        for (int i = 0; i < 200; i++)
        {
            long dueMs = process.Now.MonotonicMs + random.NextBetween(1, 100_000);
            long trueUs = process.Clock.TrueUs(dueMs);
            _scheduler.At(0, "now", () => { });
            RunUntilUs(trueUs - 1);
            Assert.Equal(dueMs - 1, process.Now.MonotonicMs);
            RunUntilUs(trueUs);
            Assert.Equal(dueMs, process.Now.MonotonicMs);
        }
    }

    [Fact]
    public void A_full_inbox_is_an_error_that_names_the_host()
    {
        SimProcess process = _scheduler.AddProcess("p");
        MachineHost<int, int> host = new(
            process,
            "m",
            () => new Counter(),
            (in int _, MachineHost<int, int> _) => { },
            id => (int)id,
            new MachineHostOptions { InboxMax = 2, TimersMax = 1 }
        );
        process.Start();
        host.Post(1);
        host.Post(2);
        Assert.Equal("p/m", Assert.Throws<SimLimitException>(() => host.Post(3)).SourceName);
        host.SetTimer(1, 1);
        host.SetTimer(1, 2);
        Assert.Throws<SimLimitException>(() => host.SetTimer(2, 1));
    }

    private void RunUntilUs(long untilUs)
    {
        Idle idle = new();
        _scheduler.Schedule(_scheduler.AddSource("idle", idle), untilUs, 0);
        _scheduler.RunUntilIdle();
        Assert.Equal(untilUs, _scheduler.NowUs);
    }

    private MachineHost<int, int> Host(out SimProcess process, EffectRoute<int, int>? route = null)
    {
        process = _scheduler.AddProcess("p", new ClockOptions { MonotonicStartMs = 0 });
        MachineHost<int, int> host = new(
            process,
            "m",
            () => _machine = new Counter(),
            route ?? ((in int effect, MachineHost<int, int> _) => _effects.Add(effect)),
            id => (int)id
        );
        process.Start();
        return host;
    }

    private sealed class Burst : IMachine<int, int>
    {
        public void Handle(in int input, in Now now, IEffectSink<int> effects)
        {
            for (int i = 1; i <= 4; i++)
            {
                effects.Add(i);
            }
        }
    }

    private sealed class Idle : ISimActor
    {
        public void Fire(int kind, long argument) { }

        public string Describe(int kind) => "idle";
    }
}
