using Kedge.Simulation.Scheduling;
using Kedge.TestSupport;

namespace Kedge.Simulation.Tests;

public sealed class SchedulerTests
{
    [Fact]
    public void Events_fire_in_order_of_time_and_then_of_scheduling()
    {
        VirtualScheduler scheduler = new(1);
        List<(long, int)> fired = [];
        SimRandom random = new(5);
        List<(long At, int Number)> asked = [];
        for (int i = 0; i < 5_000; i++)
        {
            int number = i;
            long atMs = random.NextBetween(0, 300);
            asked.Add((atMs, number));
            scheduler.At(atMs, "script", () => fired.Add((scheduler.NowUs / 1_000, number)));
        }

        scheduler.RunUntilIdle();
        Assert.Equal(asked.OrderBy(one => one.At).ThenBy(one => one.Number), fired);
    }

    [Fact]
    public void Shuffled_simultaneous_events_keep_the_order_of_their_own_source()
    {
        HashSet<string> orders = [];
        for (ulong seed = 0; seed < 40; seed++)
        {
            VirtualScheduler scheduler = new(seed, new SchedulerOptions { ShuffleSimultaneous = true });
            Log log = new();
            SimSource[] sources = [.. Enumerable.Range(0, 3).Select(i => scheduler.AddSource($"s{i}", log))];
            for (int i = 0; i < 9; i++)
            {
                scheduler.Schedule(sources[i % 3], 5, i % 3, i);
            }

            scheduler.RunUntilIdle();
            Assert.All(
                Enumerable.Range(0, 3),
                kind =>
                    Assert.Equal([kind, kind + 3, kind + 6], log.Fired.Where(e => e.Kind == kind).Select(e => (int)e.Argument))
            );
            orders.Add(string.Join(',', log.Fired.Select(e => e.Kind)));
        }

        Assert.Equal(6, orders.Count);
    }

    [Fact]
    public void A_cancelled_event_does_not_fire_and_its_handle_cancels_nothing_else()
    {
        VirtualScheduler scheduler = new(1);
        Log log = new();
        SimSource source = scheduler.AddSource("s", log);
        SimEventHandle first = scheduler.Schedule(source, 10, 0, 1);
        Assert.True(scheduler.Cancel(first));
        scheduler.Schedule(source, 10, 0, 2);
        Assert.False(scheduler.Cancel(first));
        Assert.False(scheduler.Cancel(default));
        scheduler.RunUntilIdle();
        Assert.Equal([2L], log.Fired.Select(e => e.Argument));
        Assert.Equal(0, scheduler.Pending);
    }

    [Fact]
    public void Sweeping_out_cancelled_events_leaves_the_rest_in_order()
    {
        VirtualScheduler scheduler = new(1);
        Log log = new();
        SimSource source = scheduler.AddSource("s", log);
        SimRandom random = new(2);
        List<long> kept = [];
        for (int i = 0; i < 20_000; i++)
        {
            long at = random.NextBetween(0, 1_000_000);
            SimEventHandle handle = scheduler.Schedule(source, at, 0, at);
            if (i % 10 == 0)
            {
                kept.Add(at);
            }
            else
            {
                Assert.True(scheduler.Cancel(handle));
            }
        }

        Assert.Equal(kept.Count, scheduler.Pending);
        scheduler.RunUntilIdle();
        Assert.Equal(kept.Order(), log.Fired.Select(e => e.Argument));
    }

    [Fact]
    public void Run_until_takes_what_is_due_at_that_moment_and_leaves_the_clock_there()
    {
        VirtualScheduler scheduler = new(1);
        int fired = 0;
        scheduler.At(10, "due", () => fired++);
        scheduler.At(11, "later", () => fired++);
        scheduler.RunUntil(10);
        Assert.Equal((1, 10_000), (fired, scheduler.NowUs));
        Assert.False(scheduler.RunUntil(() => fired == 3, withinMs: 5));
        Assert.Equal((2, 15_000), (fired, scheduler.NowUs));
        Assert.Throws<ArgumentOutOfRangeException>(() => scheduler.RunUntil(14));
    }

    [Fact]
    public void Background_events_keep_no_run_going()
    {
        VirtualScheduler scheduler = new(1);
        Log log = new();
        SimSource source = scheduler.AddSource("s", log);
        scheduler.Schedule(source, 5, 0, 1, background: true);
        scheduler.Schedule(source, 7, 0, 2);
        scheduler.Schedule(source, 9, 0, 3, background: true);
        scheduler.RunUntilIdle();
        Assert.Equal([1L, 2L], log.Fired.Select(e => e.Argument));
    }

    [Fact]
    public void A_runaway_is_an_error_that_names_the_source()
    {
        VirtualScheduler busy = new(1, new SchedulerOptions { EventsPerRunMax = 5_000 });
        busy.At(1, "innocent", () => { });
        Repeat(busy, "the loop", 10);
        SimLimitException thrown = Assert.Throws<SimLimitException>(busy.RunUntilIdle);
        Assert.Equal("the loop", thrown.SourceName);
        Assert.Contains("seed 1", thrown.Message, StringComparison.Ordinal);

        VirtualScheduler still = new(1, new SchedulerOptions { EventsPerInstantMax = 5_000 });
        Repeat(still, "no time passes", 0);
        Assert.Equal("no time passes", Assert.Throws<SimLimitException>(() => still.RunFor(1)).SourceName);

        VirtualScheduler full = new(1, new SchedulerOptions { PendingMax = 10 });
        Assert.Throws<SimLimitException>(() => Enumerable.Range(0, 11).Select(i => full.At(i, "many", () => { })).ToArray());
    }

    [Fact]
    public void Events_that_happen_differently_hash_differently()
    {
        static ulong Run(long atMs, string name)
        {
            VirtualScheduler scheduler = new(1);
            scheduler.At(atMs, name, () => { });
            scheduler.RunUntilIdle();
            return scheduler.EventHash;
        }

        Assert.Equal(Run(5, "a"), Run(5, "a"));
        Assert.Equal(3, new HashSet<ulong> { Run(5, "a"), Run(6, "a"), Run(5, "b") }.Count);
    }

    [Fact]
    public void Scheduling_and_firing_allocate_nothing_once_warm()
    {
        VirtualScheduler scheduler = new(1, new SchedulerOptions { ShuffleSimultaneous = true });
        Ticker ticker = new(scheduler);
        scheduler.RunFor(100);
        Assert.Equal(0, Allocations.Of(() => scheduler.RunFor(1_000)));
        Assert.True(ticker.Ticks > 40_000);
    }

    private static void Repeat(VirtualScheduler scheduler, string name, long everyUs)
    {
        Looper looper = new(scheduler, everyUs);
        looper.Source = scheduler.AddSource(name, looper);
        scheduler.Schedule(looper.Source, 0, 0);
    }

    private sealed class Log : ISimActor
    {
        public List<(int Kind, long Argument)> Fired { get; } = [];

        public void Fire(int kind, long argument) => Fired.Add((kind, argument));

        public string Describe(int kind) => "event";
    }

    private sealed class Looper(VirtualScheduler scheduler, long everyUs) : ISimActor
    {
        public SimSource Source { get; set; } = null!;

        public void Fire(int kind, long argument) => scheduler.Schedule(Source, scheduler.NowUs + everyUs, 0);

        public string Describe(int kind) => "loop";
    }

    /// <summary>64 timers, each set again when it fires and each second one cancelled and set again in between.</summary>
    private sealed class Ticker : ISimActor
    {
        private readonly VirtualScheduler _scheduler;
        private readonly SimSource _source;
        private readonly SimEventHandle[] _handles = new SimEventHandle[64];

        public Ticker(VirtualScheduler scheduler)
        {
            _scheduler = scheduler;
            _source = scheduler.AddSource("ticker", this);
            for (int i = 0; i < _handles.Length; i++)
            {
                _handles[i] = scheduler.Schedule(_source, i, 0, i);
            }
        }

        public int Ticks { get; private set; }

        public void Fire(int kind, long argument)
        {
            Ticks++;
            _handles[argument] = _scheduler.Schedule(_source, _scheduler.NowUs + 1_000 + argument, 0, argument);
            long other = (argument * 31 + Ticks) & 63;
            if (other != argument && _scheduler.Cancel(_handles[other]))
            {
                _handles[other] = _scheduler.Schedule(_source, _scheduler.NowUs + 900, 0, other);
            }
        }

        public string Describe(int kind) => "tick";
    }
}
