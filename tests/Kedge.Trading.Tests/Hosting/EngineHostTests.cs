using Kedge.Kernel;
using Kedge.TestSupport;
using Kedge.Trading.Engine;
using Kedge.Trading.Engine.Hosting;
using Kedge.Trading.Journal;
using Kedge.Trading.Safety;

namespace Kedge.Trading.Tests.Hosting;

public sealed class EngineHostTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Events_are_handled_in_the_order_they_were_told_and_who_asks_hears_what_followed()
    {
        using HostedLane lane = new();
        lane.Host.Start();
        for (int i = 0; i < 1_000; i++)
        {
            Assert.True(lane.Host.Tell(HostedLane.Pause($"{i}")));
        }

        IReadOnlyList<EngineEffect> followed = await lane.Host.Ask(HostedLane.Pause("asked")).WaitAsync(Patience, Token);
        EngineEffect.Alert alert = Assert.Single(followed.OfType<EngineEffect.Alert>());
        Assert.Equal("ann paused entries: asked", alert.Text);
        Assert.Equal(
            Enumerable.Range(0, 1_000).Select(i => $"ann paused entries: {i}").Append("ann paused entries: asked"),
            lane.Alerts.Select(a => a.Text)
        );
    }

    [Fact]
    public async Task A_look_that_is_asked_for_sees_everything_that_was_told_before()
    {
        using HostedLane lane = new();
        int seen = 0;
        lane.Looked = (engine, _) => seen = engine.Risk!.Latches.IsSet(KillKeys.Environment) ? 1 : 0;
        lane.Host.Start();
        await lane.Host.LookAsync().WaitAsync(Patience, Token);
        Assert.Equal(0, Volatile.Read(ref seen));
        lane.Host.Tell(new EngineEvent.KillRead(KillSwitchReading.None with { Switch = "halt_all" }));
        await lane.Host.LookAsync().WaitAsync(Patience, Token);
        Assert.Equal(1, Volatile.Read(ref seen));
    }

    [Fact]
    public async Task What_was_told_before_the_start_is_handled_first()
    {
        using HostedLane lane = new();
        lane.Host.Tell(new EngineEvent.KillRead(KillSwitchReading.None with { Switch = "halt_all" }));
        lane.Host.Start();
        IReadOnlyList<EngineEffect> followed = await lane.Host.Ask(HostedLane.Pause("later")).WaitAsync(Patience, Token);
        Assert.Contains(followed.OfType<EngineEffect.Alert>(), a => a.Code == "paused");
        Assert.NotEqual("paused", lane.Alerts.First().Code);
    }

    [Fact]
    public async Task Of_prices_that_were_not_looked_at_the_newest_of_each_symbol_counts()
    {
        using HostedLane lane = new();
        lane.Host.Start();
        await lane.Host.LookAsync().WaitAsync(Patience, Token);
        lane.Hold();
        Task<IReadOnlyList<EngineEffect>> held = lane.Host.Ask(HostedLane.Pause("stand still"));
        Assert.True(lane.Held.Wait(Patience, Token));
        lane.Host.Price(0, 100.0, 0.0, 0.0, 1, 30);
        lane.Host.Price(1, 7.0, 0.0, 0.0, 1, 0);
        lane.Host.Price(0, 101.0, 0.0, 0.0, 2, 20);
        lane.Host.Price(0, 102.0, 0.0, 0.0, 3, 10);
        lane.Host.Price(0, 99.0, 0.0, 0.0, 0, 40);
        Assert.Equal(3, lane.Host.CoalescedPrices);
        double[] seen = [];
        lane.Looked = (engine, _) => seen = [engine.StateOf(0).Mark, engine.StateOf(1).Mark];
        lane.GoOn();
        await held.WaitAsync(Patience, Token);
        await lane.Host.LookAsync().WaitAsync(Patience, Token);
        Assert.Equal([102.0, 7.0], seen);
    }

    [Fact]
    public void A_quote_that_waits_is_not_lost_to_a_mid_that_comes_after_it()
    {
        using EngineInbox inbox = new(symbols: 1, maxEvents: 16);
        inbox.Put(new PriceTick(0, 100.0, 99.0, 101.0, 1, 30));
        inbox.Put(new PriceTick(0, 102.0, 0.0, 0.0, 2, 40));
        PriceTick[] prices = new PriceTick[1];
        Assert.Equal(1, inbox.Take(prices));
        Assert.Equal(new PriceTick(0, 102.0, 99.0, 101.0, 2, 40), prices[0]);

        inbox.Put(new PriceTick(0, 103.0, 0.0, 0.0, 3, 50));
        Assert.Equal(1, inbox.Take(prices));
        Assert.Equal((0.0, 0.0), (prices[0].Bid, prices[0].Ask));
    }

    [Fact]
    public async Task Whoever_asked_for_something_during_which_the_engine_failed_is_not_told_that_it_was_undone()
    {
        using HostedLane lane = new();
        lane.Host.Start();
        await lane.Host.LookAsync().WaitAsync(Patience, Token);
        lane.Looked = (_, _) => throw new InvalidOperationException("a fault");
        await Assert.ThrowsAsync<EngineFaultException>(() => lane.Host.Ask(HostedLane.Pause("now")).WaitAsync(Patience, Token));
        InvalidOperationException fault = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            lane.Host.Ended.WaitAsync(Patience, Token)
        );
        Assert.Equal("a fault", fault.Message);
    }

    [Fact]
    public async Task At_its_bound_nothing_is_lost_silently_what_came_is_handled_and_the_end_says_why()
    {
        using HostedLane lane = new(maxEvents: 256);
        lane.Hold();
        lane.Host.Start();
        int told = 0;
        while (lane.Host.Tell(HostedLane.Pause($"{told}")))
        {
            told++;
        }

        Assert.False(lane.Host.Tell(HostedLane.Pause("after the bound")));
        lane.GoOn();
        InvalidOperationException fault = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            lane.Host.Ended.WaitAsync(Patience, Token)
        );
        Assert.Contains("256 events waited", fault.Message, StringComparison.Ordinal);
        Assert.True(told >= 256);
        Assert.Equal(Enumerable.Range(0, told).Select(i => $"ann paused entries: {i}"), lane.Alerts.Select(a => a.Text));
        Assert.Equal(JournalEnd.Stopped, EndOf(lane));
    }

    [Fact]
    public async Task A_stop_handles_everything_that_was_told_and_ends_the_segment()
    {
        using HostedLane lane = new();
        lane.Hold();
        lane.Host.Start();
        for (int i = 0; i < 600; i++)
        {
            lane.Host.Tell(HostedLane.Pause($"{i}"));
        }

        Task<IReadOnlyList<EngineEffect>> last = lane.Host.Ask(HostedLane.Pause("last"));
        lane.Host.Stop();
        Task<IReadOnlyList<EngineEffect>> tooLate = lane.Host.Ask(HostedLane.Pause("too late"));
        lane.GoOn();
        await lane.Host.Ended.WaitAsync(Patience, Token);
        Assert.Equal(601, lane.Alerts.Count);
        Assert.True(last.IsCompletedSuccessfully);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tooLate);
        Assert.Equal(JournalEnd.Stopped, EndOf(lane));
    }

    [Fact]
    public async Task Bars_come_from_the_source_on_any_thread()
    {
        using HostedLane lane = new();
        TaskCompletionSource<long> closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lane.Answer = wanted => new EngineEvent.BarsLoaded(
            wanted.Symbol,
            wanted.Request,
            [
                new Bar
                {
                    OpenTimeMs = 1_700_000_000_000 / 3_600_000 * 3_600_000,
                    Open = 1,
                    High = 1,
                    Low = 1,
                    Close = 1,
                },
            ]
        );
        lane.Looked = (engine, _) =>
        {
            if (engine.StateOf(0).LastBarMs > 0 || lane.Loads.Count == 2)
            {
                closed.TrySetResult(lane.Loads.Count);
            }
        };
        lane.Host.Start();
        lane.Clock.Pass(150);
        lane.Host.Tell(HostedLane.Pause("awake"));
        Assert.Equal(2, await closed.Task.WaitAsync(Patience, Token));
    }

    [Fact]
    public async Task A_step_of_the_wall_clock_moves_no_timer()
    {
        using HostedLane lane = new();
        lane.Host.Start();
        await lane.Host.Ask(HostedLane.Pause("begin")).WaitAsync(Patience, Token);
        lane.Clock.Step(24 * 3_600_000);
        IReadOnlyList<EngineEffect> followed = await lane.Host.Ask(HostedLane.Pause("a day later")).WaitAsync(Patience, Token);
        Assert.DoesNotContain(followed, e => e is EngineEffect.Ticked);
        Assert.DoesNotContain(lane.Alerts, a => a.Code == "ticks_missed");
    }

    [Fact]
    public async Task The_age_of_the_last_round_grows_while_the_engine_hangs()
    {
        using HostedLane lane = new();
        lane.Hold();
        lane.Host.Tell(HostedLane.Pause("it hangs in this"));
        lane.Host.Start();
        lane.Clock.Pass(60_000);
        Assert.True(lane.Host.RoundAgeMs >= 60_000);
        lane.GoOn();
        await lane.Host.Ask(HostedLane.Pause("and goes on")).WaitAsync(Patience, Token);
        lane.Host.Stop();
        await lane.Host.Ended.WaitAsync(Patience, Token);
        Assert.True(lane.Host.RoundAgeMs < 60_000);
    }

    [Fact]
    public void Prices_cost_no_garbage_on_either_side()
    {
        using HostedLane lane = new(hasJournal: false);
        long looks = 0;
        long allocated = 0;
        double mark = 0.0;
        lane.Looked = (engine, _) =>
        {
            allocated = GC.GetAllocatedBytesForCurrentThread();
            mark = engine.StateOf(1).Mark;
            Interlocked.Increment(ref looks);
        };
        lane.Host.Start();
        Wait(0);
        long spent = long.MaxValue;
        for (int attempt = 0; attempt < 6 && spent > 0; attempt++)
        {
            long before = Look();
            int collections = GC.CollectionCount(0);
            for (int i = 0; i < 5_000; i++)
            {
                lane.Host.Price(i & 1, 100.0 + i, 99.0, 101.0, 10 + i, 0);
            }

            spent = Look() - before;
            spent = GC.CollectionCount(0) == collections ? spent : long.MaxValue;
        }

        Assert.Equal(0, spent);
        Assert.Equal(100.0 + 4_999, mark);
        Assert.Equal(0, Allocations.Of(() => lane.Host.Price(0, 5.0, 0.0, 0.0, 6_000, 0)));

        // Below the second at which the engine looks at everything; that may cost something. Whoever waits here costs the engine's thread nothing.
        long Look()
        {
            long before = Interlocked.Read(ref looks);
            lane.Clock.Pass(100);
            lane.Host.Price(0, 1.0, 0.0, 0.0, 1, 0);
            Wait(before);
            return allocated;
        }

        void Wait(long before) => Assert.True(SpinWait.SpinUntil(() => Interlocked.Read(ref looks) > before, Patience));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static JournalEnd? EndOf(HostedLane lane)
    {
        (long _, string path) = JournalFolder.Segments(lane.Files, "/j")[^1];
        using SegmentReader reader = SegmentReader.Open(lane.Files, path);
        while (reader.Next() is not null) { }

        return reader.Tail.End;
    }
}
