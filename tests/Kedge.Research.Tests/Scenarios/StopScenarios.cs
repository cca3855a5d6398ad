using Kedge.Kernel;
using Kedge.Research.Replay;

namespace Kedge.Research.Tests.Scenarios;

/// <summary>docs/concepts/worked-scenarios/stops-and-targets.md: scenarios 1–4, 15 and 16.</summary>
public sealed class StopScenarios
{
    /// <summary>The two bars every long of these scenarios begins with: long at 02:00 at 100, ATR 2.</summary>
    internal const string TwoBars = """
        00:00  98  99 97  98
        01:00  98 100 98 100

        """;

    internal static readonly Line Opened = new("02:00", 0, OrderAction.Open, ReasonCode.EntrySignal)
    {
        Price = 100.1,
        Size = 20,
        Fee = 2.002,
        Margin = 1001,
        Balance = 9997.998,
    };

    private static readonly Line OpenedWithoutSlippage = Opened with { Price = 100, Fee = 2, Margin = 1000, Balance = 9998 };

    private static readonly Line HalfTaken = new("03:00", 0, OrderAction.Reduce, ReasonCode.TakeProfitPartial)
    {
        Price = 102.3975,
        Size = 10,
        Pnl = 22.975,
        Fee = 1.023975,
        EntryFees = 1.001,
        Margin = 500.5,
        Balance = 10019.949025,
        Value = 102.1,
    };

    [Fact]
    public void S01_A_long_is_stopped_at_the_close_that_reaches_its_level()
    {
        ReplayOutcome outcome = new Scenario()
            .Main(
                "AAA",
                TwoBars
                    + """
                    02:00 100 101 96  99
                    03:00  99  99 95  96
                    """
            )
            .Run();

        Ledger.Holds(
            outcome,
            Opened,
            new Line("04:00", 0, OrderAction.Close, ReasonCode.StopLoss)
            {
                Price = 95.904,
                Size = 20,
                Pnl = -83.92,
                Fee = 1.91808,
                EntryFees = 2.002,
                Margin = 1001,
                Balance = 9912.15992,
                Value = 96.1,
            }
        );
        // Worked out from docs/reference/state-hash.md by an independent program: two fills, then balance and margin.
        Assert.Equal(0xfb0d7ff31654d0f0UL, outcome.Account.Hash);
        Ledger.EquityAt(outcome, "01:00", 10000, 10000);
        Ledger.EquityAt(outcome, "02:00", 9997.998, 9995.998);
        Ledger.EquityAt(outcome, "03:00", 9997.998, 9975.998);
        Ledger.EquityAt(outcome, "04:00", 9912.15992, 9912.15992);
    }

    [Fact]
    public void S02_A_trailing_stop_follows_the_price_and_never_falls_back()
    {
        ReplayOutcome outcome = new Scenario()
            .With(
                (ref Parameters p) =>
                {
                    p.Trade.SlippageBps = 0.0;
                    p.Trade.TrailingStartAtr = 1.0;
                    p.Trade.TrailingDistanceAtr = 1.0;
                }
            )
            .Main(
                "AAA",
                TwoBars
                    + """
                    02:00 100 102   100   102
                    03:00 102 105   102   105
                    04:00 105 105   103   104
                    05:00 104 104   103   103.5
                    """
            )
            .Run();

        Ledger.Holds(
            outcome,
            OpenedWithoutSlippage,
            new Line("06:00", 0, OrderAction.Close, ReasonCode.TrailingStop)
            {
                Price = 103.5,
                Size = 20,
                Pnl = 70,
                Fee = 2.07,
                EntryFees = 2,
                Margin = 1000,
                Balance = 10065.93,
                Value = 103.5,
            }
        );
        Booking exit = outcome.Bookings[1];
        Ledger.Same("06:00", "best price", 105, exit.BestPrice);
        Ledger.Same("06:00", "worst price", 100, exit.WorstPrice);
        Ledger.EquityAt(outcome, "05:00", 9998, 10078);
    }

    [Fact]
    public void S03_A_partial_take_profit_locks_the_rest_at_breakeven()
    {
        ReplayOutcome outcome = PartialScenario()
            .Main(
                "AAA",
                TwoBars
                    + """
                    02:00 100   102.5 100.5 102.5
                    03:00 102.5 102.5 101   101
                    04:00 101   101   100   100.1
                    """
            )
            .Run();

        Ledger.Holds(
            outcome,
            Opened,
            HalfTaken,
            new Line("05:00", 0, OrderAction.Close, ReasonCode.TrailingStop)
            {
                Price = 99.9999,
                Size = 10,
                Pnl = -1.001,
                Fee = 0.999999,
                EntryFees = 1.001,
                Margin = 500.5,
                Balance = 10017.948026,
                Value = 100.1,
            }
        );
    }

    [Fact]
    public void S04_A_partial_whose_remainder_would_be_too_small_closes_everything()
    {
        ReplayOutcome outcome = PartialScenario()
            .With((ref Parameters p) => p.Trade.TpPartialMinNotionalUsd = 1100.0)
            .With(SameSideRests)
            .Main("AAA", TwoBars + "02:00 100 102.5 100.5 102.5")
            .Run();

        Ledger.Holds(
            outcome,
            Opened,
            new Line("03:00", 0, OrderAction.Close, ReasonCode.TakeProfitRemainder)
            {
                Price = 102.3975,
                Size = 20,
                Pnl = 45.95,
                Fee = 2.04795,
                EntryFees = 2.002,
                Margin = 1001,
                Balance = 10041.90005,
                Value = 102.1,
            }
        );
    }

    [Theory]
    [InlineData(true, ReasonCode.StopLoss, 100.1)]
    [InlineData(false, ReasonCode.EndOfRun, 0.0)]
    public void S15_A_latched_breakeven_stop_stays_when_the_profit_is_gone(bool latched, ReasonCode reason, double level)
    {
        ReplayOutcome outcome = new Scenario()
            .With(
                (ref Parameters p) =>
                {
                    p.Trade.SlippageBps = 0.0;
                    p.Trade.EnableBreakevenStop = true;
                    p.Trade.BreakevenStartAtr = 0.7;
                    p.Trade.BreakevenBufferAtr = 0.05;
                    p.Trade.BreakevenLatched = latched;
                }
            )
            .Main(
                "AAA",
                TwoBars
                    + """
                    02:00 100   102   100   101.5
                    03:00 101.5 101.5 100   100.5
                    04:00 100.5 101   99.5  100
                    """
            )
            .Run();

        Ledger.Holds(
            outcome,
            OpenedWithoutSlippage,
            new Line("05:00", 0, OrderAction.Close, reason)
            {
                Price = 100,
                Size = 20,
                Pnl = 0,
                Fee = 2,
                EntryFees = 2,
                Margin = 1000,
                Balance = 9996,
                Value = level,
            }
        );
    }

    [Fact]
    public void S16_During_an_exit_cooldown_the_trailing_stop_does_not_fire()
    {
        ReplayOutcome outcome = PartialScenario()
            .With((ref Parameters p) => p.Trade.ExitCooldownS = 7200)
            .Main(
                "AAA",
                TwoBars
                    + """
                    02:00 100   102.5 100.5 102.5
                    03:00 102.5 102.5 100   100
                    04:00 100   101   99    100.05
                    """
            )
            .Run();

        Ledger.Holds(
            outcome,
            Opened,
            HalfTaken,
            new Line("05:00", 0, OrderAction.Close, ReasonCode.TrailingStop)
            {
                Price = 99.94995,
                Size = 10,
                Pnl = -1.5005,
                Fee = 0.9994995,
                EntryFees = 1.001,
                Margin = 500.5,
                Balance = 10017.4490255,
                Value = 100.1,
            }
        );
    }

    [Fact]
    public void S16_During_an_exit_cooldown_the_stop_loss_still_fires()
    {
        ReplayOutcome outcome = PartialScenario()
            .With((ref Parameters p) => p.Trade.ExitCooldownS = 7200)
            .Main(
                "AAA",
                TwoBars
                    + """
                    02:00 100   102.5 100.5 102.5
                    03:00 102.5 102.5 96    96
                    """
            )
            .Run();

        Ledger.Holds(
            outcome,
            Opened,
            HalfTaken,
            new Line("04:00", 0, OrderAction.Close, ReasonCode.StopLoss)
            {
                Price = 95.904,
                Size = 10,
                Pnl = -41.96,
                Fee = 0.95904,
                EntryFees = 1.001,
                Margin = 500.5,
                Balance = 9977.029985,
                Value = 96.1,
            }
        );
    }

    /// <summary>After an exit the same side rests for ten hours, so that a scenario ends with its exit.</summary>
    internal static void SameSideRests(ref Parameters p)
    {
        p.Trade.ReentryCooldownMinutes = 60;
        p.Trade.ReentryCooldownMinMins = 600;
        p.Trade.ReentryCooldownMaxMins = 600;
    }

    private static Scenario PartialScenario() =>
        new Scenario().With(
            (ref Parameters p) =>
            {
                p.Trade.EnablePartialTp = true;
                p.Trade.TpPartialPct = 0.5;
                p.Trade.TpPartialAtrMult = 1.0;
                p.Trade.TpAtrMult = 3.0;
                p.Trade.TpPartialMinNotionalUsd = 10.0;
            }
        );
}
