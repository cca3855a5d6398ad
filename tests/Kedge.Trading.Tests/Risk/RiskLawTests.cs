using Kedge.Kernel;
using Kedge.TestSupport;
using Kedge.Trading.Risk;
using Kedge.Trading.Safety;

namespace Kedge.Trading.Tests.Risk;

/// <summary>Laws, over seeded random histories.</summary>
public sealed class RiskLawTests
{
    private static readonly RiskSettings Tight = new()
    {
        MaxEntryOrdersPerMin = 12,
        MaxEntryOrdersPerMinPerSymbol = 4,
        MaxExitOrdersPerMin = 20,
        MaxCancelsPerMin = 15,
        MaxNotionalPerWindowUsd = 3_000,
        NotionalWindowS = 30,
        MinOrderGapMs = 50,
        EquityMaxAgeS = 3600,
    };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Reservations_that_are_released_leave_the_buckets_as_if_they_had_never_been(int seed)
    {
        Random random = new(seed);
        RiskDesk with = new(Tight);
        RiskDesk without = new(Tight);
        List<RiskReservation> held = [];
        for (int step = 0; step < 500; step++)
        {
            long pass = random.Next(0, 1_500);
            with.Pass(pass);
            without.Pass(pass);

            // An order that goes, in both; in one of them others were held before and are given back at some time.
            if (random.Next(3) == 0 && held.Count < 8 && with.Reserve(Any(random), out RiskReservation reservation).IsAllowed)
            {
                held.Add(reservation);
            }
            else if (held.Count > 0 && random.Next(2) == 0)
            {
                int at = random.Next(held.Count);
                with.Manager.Release(held[at]);
                held.RemoveAt(at);
            }

            RiskRequest order = Any(random);
            if (with.Reserve(in order, out RiskReservation goes).IsAllowed)
            {
                with.Manager.Commit(in goes, with.Now);
                Assert.Equal(RiskCode.None, without.Send(in order));
            }
        }

        held.ForEach(h => with.Manager.Release(in h));
        Assert.Equal(without.Save(), with.Save());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_history_of_orders_that_went_passes_a_limit_in_any_window(int seed)
    {
        Random random = new(seed);
        RiskDesk desk = new(Tight);
        List<(long Ms, RiskRequest Request)> sent = [];
        for (int step = 0; step < 3_000; step++)
        {
            desk.Pass(random.Next(4) == 0 ? random.Next(0, 5_000) : random.Next(0, 100));
            if (random.Next(200) == 0)
            {
                desk.Restart();
            }

            RiskRequest order = Any(random);
            if (desk.Send(in order) == RiskCode.None)
            {
                sent.Add((desk.MonotonicMs, order));
            }
        }

        var entries = sent.Where(s => s.Request.Action.IsEntry()).ToArray();
        Assert.True(entries.Length > 100);
        for (int i = 0; i < entries.Length; i++)
        {
            long since = entries[i].Ms;
            Assert.True(entries.Skip(i).Where(e => e.Ms - since < 30_000).Sum(e => e.Request.Notional) <= 3_000.001);
            Assert.True(entries.Skip(i).Count(e => e.Ms - since < 60_000 && e.Request.Symbol == entries[i].Request.Symbol) <= 4);

            // A bucket of N that refills N a minute lets no more than N × (1 + minutes) through.
            foreach (long window in new[] { 1_000L, 60_000, 300_000 })
            {
                Assert.True(entries.Skip(i).Count(e => e.Ms - since <= window) <= 12 + (12 * window / 60_000.0));
            }
        }

        for (int i = 1; i < sent.Count; i++)
        {
            Assert.True(!sent[i].Request.Action.IsEntry() || LastOrder(sent, i) is not { } last || sent[i].Ms - last >= 50);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_restart_changes_nothing_to_the_last_bit(int seed)
    {
        RiskSettings settings = Tight with
        {
            LossStreakMaxLosses = 2,
            SlippageGuard = new()
            {
                Enabled = true,
                WindowFills = 5,
                MaxMedianBps = 20,
            },
            PerformanceStop = new()
            {
                Enabled = true,
                MinTrades = 5,
                MinProfitFactor = 0.2,
            },
        };
        RiskDesk straight = new(settings);
        RiskDesk restarted = new(settings);
        Random script = new(seed);
        double equity = 10_000;
        for (int step = 0; step < 400; step++)
        {
            int random = script.Next();
            equity *= 1 + ((script.NextDouble() - 0.5) * 0.02);
            RiskCode first = Step(straight, new Random(random), equity);
            RiskCode second = Step(restarted, new Random(random), equity);
            Assert.Equal(first, second);
            if (script.Next(5) == 0)
            {
                byte[] before = restarted.Save();
                restarted.Restart();
                Assert.Equal(before, restarted.Save());
            }
        }

        Assert.Equal(straight.Save(), restarted.Save());
        Assert.Equal(straight.Latched, restarted.Latched);
        Assert.Equal(straight.Cleared, restarted.Cleared);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Transfers_move_neither_the_drawdown_nor_the_loss_of_the_day(int seed)
    {
        Random random = new(seed);
        RiskSettings off = new() { MaxDrawdownPct = 0, MaxDailyLossPct = 0 };
        RiskDesk still = new(off);
        RiskDesk moved = new(off);
        double value = 10_000;
        double money = 10_000;
        for (int step = 0; step < 300; step++)
        {
            double growth = 1 + ((random.NextDouble() - 0.5) * 0.05);
            value *= growth;
            money *= growth;
            if (random.Next(4) == 0)
            {
                double transfer = money * ((random.NextDouble() * 1.5) - 0.6);
                moved.Manager.OnTransfer(transfer);
                money += transfer;
            }

            long at = still.WallMs + random.Next(1, 4 * 3_600_000);
            still.EquityAt(at, value);
            moved.EquityAt(at, money);
            Assert.Equal(still.Manager.DrawdownPct, moved.Manager.DrawdownPct, 8);
            Assert.Equal(still.Manager.DailyLossPct, moved.Manager.DailyLossPct, 8);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Steps_of_the_wall_clock_change_no_decision_and_bring_no_midnight_nearer(int seed)
    {
        Random random = new(seed);
        RiskDesk still = new(Tight);
        RiskDesk stepped = new(Tight);
        still.Equity(9_000);
        stepped.Equity(9_000);
        long started = still.MonotonicMs;
        while (still.MonotonicMs - started < 10L * 3_600_000)
        {
            long pass = random.Next(0, 120_000);
            still.Pass(pass);
            stepped.Pass(pass);
            stepped.WallMs += random.Next(10) == 0 ? random.Next(-2 * 86_400_000, 2 * 86_400_000) : random.Next(-5_000, 5_000);
            still.Equity(9_000);
            stepped.Equity(9_000);
            RiskRequest exit = RiskDesk.Exit();
            Assert.Equal(still.Send(in exit), stepped.Send(in exit));
        }

        // Ten hours after noon, whatever the clock said: the clock of risk gains at most one part in 64, which is under ten minutes.
        Assert.True(stepped.Manager.Latches.IsSet(KillKeys.DailyLoss));
        Assert.Equal(10.0, stepped.Manager.DailyLossPct, 9);
    }

    [Fact]
    public void A_check_allocates_nothing_whatever_it_answers()
    {
        RiskDesk desk = new(
            Tight with
            {
                Heat = new() { Enabled = true, MaxPct = 50 },
                Concentration = new() { Enabled = true, MaxLongs = 3 },
            }
        );
        RiskPosition position = new()
        {
            Symbol = 1,
            Side = Side.Long,
            Size = 1,
            Mark = 10,
            EntryPrice = 10,
        };
        RiskRequest entry = RiskDesk.Entry();
        RiskRequest exit = RiskDesk.Exit();
        long allocated = Allocations.Of(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                RiskView view = RiskManager.View(2, 10_000);
                desk.Manager.Count(ref view, in position);
                RiskDecision decision = desk.Manager.Check(in entry, in view, desk.Now);
                decision = desk.Manager.Reserve(in entry, in view, desk.Now, out RiskReservation held);
                if (decision.IsAllowed)
                {
                    desk.Manager.Release(in held);
                }

                if (desk.Manager.Reserve(in exit, in view, desk.Now, out held).IsAllowed)
                {
                    desk.Manager.Release(in held);
                }

                desk.MonotonicMs += 10;
                desk.Manager.OnTime(1, desk.Now, desk);
            }
        });

        Assert.Equal(0, allocated);
    }

    private static RiskRequest Any(Random random)
    {
        int symbol = random.Next(4);
        return random.Next(4) switch
        {
            0 => RiskDesk.Cancel(),
            1 => RiskDesk.Exit(random.Next(2) == 0 ? OrderUrgency.Normal : OrderUrgency.Protective),
            _ => RiskDesk.Entry(symbol, size: random.Next(1, 10), price: 100),
        };
    }

    private static RiskCode Step(RiskDesk desk, Random random, double equity)
    {
        desk.Pass(random.Next(0, 3_600_000));
        desk.Equity(equity);
        if (random.Next(10) == 0)
        {
            desk.Manager.OnTransfer(random.Next(-100, 100));
        }

        RiskFill fill = new()
        {
            Symbol = 2,
            IsBuy = true,
            Price = 100 + (random.NextDouble() * 0.3),
            Ask = 100,
        };
        desk.Manager.OnFill(in fill, desk.Now, desk);
        desk.Manager.OnCash(random.Next(4), random.Next(-100, 120), random.Next(3) == 0, desk.Now, desk);
        desk.Tick();
        return desk.Send(Any(random));
    }

    private static long? LastOrder(List<(long Ms, RiskRequest Request)> sent, int before)
    {
        for (int i = before - 1; i >= 0; i--)
        {
            if (sent[i].Request.Action != RiskAction.Cancel)
            {
                return sent[i].Ms;
            }
        }

        return null;
    }
}
