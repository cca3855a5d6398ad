using Kedge.Kernel;
using Kedge.Research.Replay;

namespace Kedge.Research.Tests.Scenarios;

/// <summary>docs/concepts/worked-scenarios/entries-adds-flips.md: scenarios 5–8.</summary>
public sealed class EntryScenarios
{
    [Fact]
    public void S05_A_reversed_signal_closes_the_long_and_opens_a_short_at_the_same_tick()
    {
        Scenario scenario = new Scenario()
            .With(
                (ref Parameters p) =>
                {
                    p.Regime.EnableAutoReverse = true;
                    p.Regime.AutoReverseBreadthLow = 40.0;
                    p.Regime.AutoReverseBreadthHigh = 60.0;
                }
            )
            .WithSymbol("BBB", (ref Parameters p) => p.Entry.MinAdx = 200.0)
            .Main("AAA", StopScenarios.TwoBars + "02:00 100 102 100 102")
            .Main("BBB", StopScenarios.TwoBars + "02:00 100 100  97  97");
        ReplayOutcome outcome = scenario.Run();

        Ledger.Holds(
            outcome,
            StopScenarios.Opened,
            new Line("03:00", 0, OrderAction.Close, ReasonCode.SignalFlip)
            {
                Price = 101.898,
                Size = 20,
                Pnl = 35.96,
                Fee = 2.03796,
                EntryFees = 2.002,
                Margin = 1001,
                Balance = 10031.92004,
            },
            new Line("03:00", 0, OrderAction.Open, ReasonCode.EntrySignal)
            {
                Side = Side.Short,
                Price = 101.898,
                Size = 19.67043145098,
                Fee = 2.004377623992,
                Margin = 1002.188811996,
                Balance = 10029.915662376,
            },
            new Line("03:00", 0, OrderAction.Close, ReasonCode.EndOfRun)
            {
                Side = Side.Short,
                Price = 102.102,
                Size = 19.67043145098,
                Pnl = -4.012768016,
                Fee = 2.008390392008,
                EntryFees = 2.004377623992,
                Margin = 1002.188811996,
                Balance = 10023.894503968,
            }
        );
    }

    [Fact]
    public void S06_Adds_wait_for_profit_and_cooldown_and_average_the_entry()
    {
        Scenario scenario = Pyramid()
            .Main(
                "AAA",
                StopScenarios.TwoBars
                    + """
                    02:00 100 101  99 101
                    03:00 101 102 100 101
                    04:00 101 102 100 102
                    05:00 102 103 101 103
                    06:00 103 104 102 104
                    07:00 104 105 103 105
                    """
            );
        ReplayOutcome outcome = scenario.Run();

        Ledger.Holds(
            outcome,
            StopScenarios.Opened,
            new Line("05:00", 0, OrderAction.Add, ReasonCode.Pyramid)
            {
                Price = 102.102,
                Size = 9.83921372549,
                Fee = 1.0046033998,
                Margin = 1503.3016999,
                Balance = 9996.9933966002,
                Value = 1,
            },
            new Line("07:00", 0, OrderAction.Add, ReasonCode.Pyramid)
            {
                Price = 104.104,
                Size = 9.705450215626,
                Fee = 1.010376189248,
                Margin = 2008.489794524,
                Balance = 9995.983020411,
                Value = 2,
            },
            new Line("08:00", 0, OrderAction.Close, ReasonCode.EndOfRun)
            {
                Price = 104.895,
                Size = 39.54466394112,
                Pnl = 131.0579350559,
                Fee = 4.148037524103,
                EntryFees = 4.016979589048,
                Margin = 2008.489794524,
                Balance = 10122.892917942703,
            }
        );
        Ledger.Same("05:00", "average entry", 100.7601415862, outcome.Bookings[1].EntryPrice);
        Ledger.Same("07:00", "average entry", 101.5808250395, outcome.Bookings[2].EntryPrice);
        Assert.Equal(1, scenario.Funnel.StoppedBy(StopCode.AddProfit));
        Assert.Equal(2, scenario.Funnel.StoppedBy(StopCode.AddCooldown));
        Assert.Equal(1, scenario.Funnel.StoppedBy(StopCode.AddCount));
    }

    [Fact]
    public void S06_An_add_raised_to_the_minimum_notional_recomputes_its_margin()
    {
        ReplayOutcome outcome = Pyramid()
            .With(
                (ref Parameters p) =>
                {
                    p.Trade.MinNotionalUsd = 1100.0;
                    p.Trade.BumpToMinNotional = true;
                }
            )
            .Main("AAA", StopScenarios.TwoBars + "03:00 100 102 100 102")
            .Run();

        Ledger.Holds(
            outcome,
            StopScenarios.Opened,
            new Line("04:00", 0, OrderAction.Add, ReasonCode.Pyramid)
            {
                Price = 102.102,
                Size = 10.78431372549,
                Fee = 1.1011,
                Margin = 1551.55,
                Balance = 9996.8969,
                Value = 1,
            },
            new Line("04:00", 0, OrderAction.Close, ReasonCode.EndOfRun)
            {
                Price = 101.898,
                Size = 30.78431372549,
                Pnl = 33.76,
                Fee = 3.13686,
                EntryFees = 3.1031,
                Margin = 1551.55,
                Balance = 10027.52004,
            }
        );
    }

    [Fact]
    public void S07_Entries_go_by_score_then_symbol_until_budget_and_positions_are_used_up()
    {
        const string Quiet = """
            00:00  96  97  95  96 10
            01:00  96  98  96  98 10
            02:00  98 100  98 100 10
            03:00 100 102 100 102 10
            """;
        const string Loud = """
            00:00  96  97  95  96  10
            01:00  96  98  96  98  10
            02:00  98 100  98 100 100
            03:00 100 102 100 102 100
            """;
        Scenario scenario = new Scenario { Lookback = 3 }
            .With(
                (ref Parameters p) =>
                {
                    p.Trade.MaxEntryOrdersPerLoop = 2;
                    p.Trade.MaxOpenPositions = 3;
                }
            )
            .WithSymbol("CCC", (ref Parameters p) => p.Indicators.AdxWindow = 2)
            .Main("AAA", Quiet)
            .Main("BBB", Loud)
            .Main("CCC", Quiet)
            .Main("DDD", Quiet);
        ReplayOutcome outcome = scenario.Run();

        Line entry = StopScenarios.Opened with { Time = "03:00" };
        Line end = new("04:00", 1, OrderAction.Close, ReasonCode.EndOfRun)
        {
            Price = 101.898,
            Size = 20,
            Pnl = 35.96,
            Fee = 2.03796,
            EntryFees = 2.002,
            Margin = 1001,
            Balance = 10021.8604432,
        };
        Ledger.Holds(
            outcome,
            entry with
            {
                Symbol = 1,
            },
            entry with
            {
                Symbol = 2,
                Balance = 9995.996,
            },
            new Line("04:00", 0, OrderAction.Open, ReasonCode.EntrySignal)
            {
                Price = 102.102,
                Size = 19.74901176471,
                Fee = 2.0164135992,
                Margin = 1008.2067996,
                Balance = 9993.9795864008,
            },
            new Line("04:00", 0, OrderAction.Close, ReasonCode.EndOfRun)
            {
                Price = 101.898,
                Size = 19.74901176471,
                Pnl = -4.0287984,
                Fee = 2.0123848008,
                EntryFees = 2.0164135992,
                Margin = 1008.2067996,
                Balance = 9987.9384032,
            },
            end,
            end with
            {
                Symbol = 2,
                Balance = 10055.7824832,
            }
        );
        Assert.Equal(2, scenario.Funnel.StoppedBy(StopCode.EntryBudget));
        Assert.Equal(1, scenario.Funnel.StoppedBy(StopCode.MaxPositions));
    }

    [Fact]
    public void S08_The_second_entry_shrinks_to_the_margin_headroom_and_the_third_finds_none()
    {
        Scenario scenario = ThreeRising().With((ref Parameters p) => p.Trade.AllocationPct = 0.4);
        ReplayOutcome outcome = scenario.Run();

        Ledger.Holds(
            outcome,
            StopScenarios.Opened with
            {
                Size = 80,
                Fee = 8.008,
                Margin = 4004,
                Balance = 9991.992,
            },
            StopScenarios.Opened with
            {
                Symbol = 1,
                Size = 39.92,
                Fee = 3.995992,
                Margin = 1997.996,
                Balance = 9987.996008,
            },
            new Line("02:00", 0, OrderAction.Close, ReasonCode.EndOfRun)
            {
                Price = 99.9,
                Size = 80,
                Pnl = -16,
                Fee = 7.992,
                EntryFees = 8.008,
                Margin = 4004,
                Balance = 9964.004008,
            },
            new Line("02:00", 1, OrderAction.Close, ReasonCode.EndOfRun)
            {
                Price = 99.9,
                Size = 39.92,
                Pnl = -7.984,
                Fee = 3.988008,
                EntryFees = 3.995992,
                Margin = 1997.996,
                Balance = 9952.032,
            }
        );
        Assert.Equal(1, scenario.Funnel.StoppedBy(StopCode.MarginCap));
    }

    [Fact]
    public void S08_An_entry_the_free_cash_cannot_carry_is_refused_and_the_walk_goes_on()
    {
        Scenario scenario = ThreeRising()
            .With(
                (ref Parameters p) =>
                {
                    p.Trade.AllocationPct = 0.6;
                    p.Trade.MaxTotalMarginPct = 1.0;
                }
            )
            .WithSymbol("CCC", (ref Parameters p) => p.Trade.AllocationPct = 0.1);
        ReplayOutcome outcome = scenario.Run();

        Ledger.Holds(
            outcome,
            StopScenarios.Opened with
            {
                Size = 120,
                Fee = 12.012,
                Margin = 6006,
                Balance = 9987.988,
            },
            StopScenarios.Opened with
            {
                Symbol = 2,
                Balance = 9985.986,
            },
            new Line("02:00", 0, OrderAction.Close, ReasonCode.EndOfRun)
            {
                Price = 99.9,
                Size = 120,
                Pnl = -24,
                Fee = 11.988,
                EntryFees = 12.012,
                Margin = 6006,
                Balance = 9949.998,
            },
            new Line("02:00", 2, OrderAction.Close, ReasonCode.EndOfRun)
            {
                Price = 99.9,
                Size = 20,
                Pnl = -4,
                Fee = 1.998,
                EntryFees = 2.002,
                Margin = 1001,
                Balance = 9944,
            }
        );
        Assert.Equal(1, scenario.Funnel.StoppedBy(StopCode.FreeCash));
    }

    private static Scenario ThreeRising() =>
        new Scenario().Main("AAA", StopScenarios.TwoBars).Main("BBB", StopScenarios.TwoBars).Main("CCC", StopScenarios.TwoBars);

    private static Scenario Pyramid() =>
        new Scenario().With(
            (ref Parameters p) =>
            {
                p.Trade.EnablePyramiding = true;
                p.Trade.MaxAddsPerSymbol = 2;
                p.Trade.AddCooldownMinutes = 90;
                p.Trade.AddMinProfitAtr = 0.5;
                p.Trade.AddFractionOfBaseMargin = 0.5;
            }
        );
}
