using Kedge.Kernel;
using Kedge.Model;
using Kedge.Research.Replay;

namespace Kedge.Research.Tests.Scenarios;

/// <summary>docs/concepts/worked-scenarios/market-and-time.md: scenarios 11–13, 17 and 18.</summary>
public sealed class MarketScenarios
{
    private static readonly Line Funded = new("03:00", 0, OrderAction.Funding, ReasonCode.FundingPayment)
    {
        Price = 102,
        Size = 20,
        Pnl = -2.04,
        Fee = 0,
        Margin = 1001,
        Balance = 9995.958,
        Value = 0.001,
    };

    [Fact]
    public void S11_Funding_is_charged_to_what_was_held_before_the_boundary_at_the_close_known_there()
    {
        FundingSeries records = new(
            "AAA",
            [
                Clock.At("00:00"),
                Clock.At("01:00"),
                Clock.At("02:00"),
                Clock.At("03:00") + 30,
                Clock.At("04:06"),
                Clock.At("05:04"),
            ],
            [0.001, 0.001, 0.001, 0.001, 0.001, -0.0005]
        );
        FundingSchedule schedule = FundingSchedule.Of(records);
        Assert.Equal(1, schedule.RejectedWithin(Clock.At("00:00"), Clock.At("05:00")));
        Assert.Equal(0, schedule.RejectedWithin(Clock.At("00:00"), Clock.At("03:00")));
        Assert.Equal(1, schedule.HolesWithin(Clock.At("00:00"), Clock.At("05:00")));
        Assert.Equal(0, schedule.HolesWithin(Clock.At("00:00"), Clock.At("03:00")));
        // Before the first record, and after the last.
        Assert.Equal(1, schedule.HolesWithin(Clock.At("00:00") - 86_400_000, Clock.At("03:00")));
        Assert.Equal(1, schedule.HolesWithin(Clock.At("05:00"), Clock.At("07:00")));
        Assert.Equal(1.0, schedule.PeriodHours);

        ReplayOutcome outcome = new Scenario()
            .Funding(
                "AAA",
                ("00:00", 0, 0.001),
                ("01:00", 0, 0.001),
                ("02:00", 0, 0.001),
                ("03:00", 30, 0.001),
                ("04:06", 0, 0.001),
                ("05:04", 0, -0.0005)
            )
            .Main(
                "AAA",
                StopScenarios.TwoBars
                    + """
                    02:00 100 102 100 102
                    03:00 102 103 101 103
                    04:00 103 104 102 104
                    """
            )
            .Run();

        Ledger.Holds(
            outcome,
            StopScenarios.Opened,
            Funded,
            Funded with
            {
                Time = "05:00",
                Price = 104,
                Pnl = 1.04,
                Balance = 9996.998,
                Value = -0.0005,
            },
            new Line("05:00", 0, OrderAction.Close, ReasonCode.EndOfRun)
            {
                Price = 103.896,
                Size = 20,
                Pnl = 75.92,
                Fee = 2.07792,
                EntryFees = 2.002,
                Margin = 1001,
                Balance = 10070.84008,
            }
        );
        Ledger.Same("run", "funding", -1.0, outcome.Account.Funding);
    }

    [Fact]
    public void S11_Boundaries_between_two_ticks_use_the_last_close_before_them()
    {
        ReplayOutcome outcome = new Scenario { MainInterval = "4h" }
            .Funding(
                "AAA",
                ("07:00", 0, 0.001),
                ("08:00", 0, 0.001),
                ("09:00", 0, 0.001),
                ("10:00", 0, 0.001),
                ("11:00", 0, 0.001),
                ("12:00", 0, 0.001)
            )
            .Main(
                "AAA",
                """
                00:00  98  99  97  98
                04:00  98 100  98 100
                08:00 100 103 100 103
                """
            )
            .Run();

        Line charge = Funded with { Price = 100, Pnl = -2, Balance = 9995.998 };
        Ledger.Holds(
            outcome,
            StopScenarios.Opened with
            {
                Time = "08:00",
            },
            charge with
            {
                Time = "09:00",
            },
            charge with
            {
                Time = "10:00",
                Balance = 9993.998,
            },
            charge with
            {
                Time = "11:00",
                Balance = 9991.998,
            },
            charge with
            {
                Time = "12:00",
                Price = 103,
                Pnl = -2.06,
                Balance = 9989.938,
            },
            new Line("12:00", 0, OrderAction.Close, ReasonCode.EndOfRun)
            {
                Price = 102.897,
                Size = 20,
                Pnl = 55.94,
                Fee = 2.05794,
                EntryFees = 2.002,
                Margin = 1001,
                Balance = 10043.82006,
            }
        );
    }

    [Fact]
    public void S12_Sizes_are_whole_lots_at_the_tiers_leverage_and_a_crash_is_liquidated()
    {
        ReplayOutcome outcome = new Scenario()
            .With(
                (ref Parameters p) =>
                {
                    p.Trade.AllocationPct = 0.505;
                    p.Trade.Leverage = 10.0;
                }
            )
            .Instrument(new InstrumentSpec("AAA", 0, 2, 5, 10.0, [new LeverageTier(0, 10), new LeverageTier(20_000, 5)]))
            .Main("AAA", StopScenarios.TwoBars + "02:00 100 100 60 62")
            .Run();

        Ledger.Holds(
            outcome,
            StopScenarios.Opened with
            {
                Size = 252,
                Fee = 25.2252,
                Margin = 5045.04,
                Balance = 9974.7748,
            },
            new Line("03:00", 0, OrderAction.Close, ReasonCode.Liquidation)
            {
                Price = 61.93,
                Size = 252,
                Pnl = -9618.84,
                Fee = 15.60636,
                EntryFees = 25.2252,
                Margin = 5045.04,
                Balance = 340.32844,
            }
        );
    }

    [Fact]
    public void S13_A_series_silent_for_more_than_24_intervals_counts_as_delisted()
    {
        ReplayOutcome outcome = new Scenario()
            .WithSymbol("BBB", (ref Parameters p) => p.Entry.MinAdx = 200.0)
            .Main("AAA", StopScenarios.TwoBars + "02:00 100 101 99 101")
            .Main(
                "BBB",
                StopScenarios.TwoBars
                    + """
                    26:00 100 101 99 100
                    27:00 100 101 99 100
                    28:00 100 101 99 100
                    """
            )
            .Run();

        Ledger.Holds(
            outcome,
            StopScenarios.Opened,
            new Line("28:00", 0, OrderAction.Close, ReasonCode.DataEnded)
            {
                Price = 100.899,
                Size = 20,
                Pnl = 15.98,
                Fee = 2.01798,
                EntryFees = 2.002,
                Margin = 1001,
                Balance = 10011.96002,
            }
        );
        Ledger.EquityAt(outcome, "27:00", 9997.998, 10015.998);
        Ledger.EquityAt(outcome, "29:00", 10011.96002, 10011.96002);
    }

    [Fact]
    public void S17_A_choppy_market_blocks_entries_but_not_exits()
    {
        Scenario scenario = new Scenario()
            .With(
                (ref Parameters p) =>
                {
                    p.Regime.EnableRegimeGate = true;
                    p.Regime.RegimeGateBtcAdxMin = 0.0;
                }
            )
            .WithSymbol(
                "BBB",
                (ref Parameters p) =>
                {
                    p.Entry.MinAdx = 200.0;
                    p.Traits = SymbolTraits.Btc;
                }
            )
            .Main(
                "AAA",
                StopScenarios.TwoBars
                    + """
                    02:00 100 102 100 102
                    03:00 102 102  96  96
                    """
            )
            .Main(
                "BBB",
                """
                00:00  98  99  97  98
                01:00  98  98  96  97
                02:00  97 100  97 100
                03:00 100 102 100 102
                """
            );
        ReplayOutcome outcome = scenario.Run();

        Ledger.Holds(
            outcome,
            new Line("03:00", 0, OrderAction.Open, ReasonCode.EntrySignal)
            {
                Price = 102.102,
                Size = 19.60784313725,
                Fee = 2.002,
                Margin = 1001,
                Balance = 9997.998,
            },
            new Line("04:00", 0, OrderAction.Close, ReasonCode.StopLoss)
            {
                Price = 95.904,
                Size = 19.60784313725,
                Pnl = -121.5294117647,
                Fee = 1.880470588235,
                EntryFees = 2.002,
                Margin = 1001,
                Balance = 9874.588117647,
                Value = 98.102,
            }
        );
        Assert.Equal(1, scenario.Funnel.StoppedBy(StopCode.RegimeGate));
    }

    [Fact]
    public void S17_A_position_is_stopped_while_breadth_is_unknown()
    {
        ReplayOutcome outcome = new Scenario
        {
            InitState = new InitState { Balance = 10_000, Positions = [Held("AAA", 100, 2, 500)] },
        }
            .With(
                (ref Parameters p) =>
                {
                    p.Regime.EnableRegimeFilter = true;
                    p.Regime.BreadthUnknown = BreadthUnknownPolicy.Block;
                }
            )
            .Main("AAA", "00:00 97 97 94 95")
            .Run();

        Ledger.Holds(
            outcome,
            new Line("01:00", 0, OrderAction.Close, ReasonCode.StopLoss)
            {
                Price = 94.905,
                Size = 10,
                Pnl = -50.95,
                Fee = 0.94905,
                Margin = 500,
                Balance = 9948.10095,
                Value = 96,
            }
        );
    }

    [Fact]
    public void S18_Only_ticks_of_the_trade_window_trade_and_a_position_waits_for_its_first_bar()
    {
        ReplayOutcome outcome = new Scenario
        {
            From = "03:00",
            To = "04:00",
            InitState = new InitState { Balance = 10_000, Positions = [Held("BBB", 50, 1, 250)] },
        }
            .Main(
                "AAA",
                StopScenarios.TwoBars
                    + """
                    02:00 100 102 100 102
                    03:00 102 104 102 104
                    04:00 104 106 104 106
                    """
            )
            .Main("BBB", "03:00 50 50 48 49")
            .Run();

        Ledger.Holds(
            outcome,
            new Line("03:00", 0, OrderAction.Open, ReasonCode.EntrySignal)
            {
                Price = 102.102,
                Size = 19.60784313725,
                Fee = 2.002,
                Margin = 1001,
                Balance = 9997.998,
            },
            new Line("04:00", 0, OrderAction.Close, ReasonCode.EndOfRun)
            {
                Price = 103.896,
                Size = 19.60784313725,
                Pnl = 35.17647058824,
                Fee = 2.037176470588,
                EntryFees = 2.002,
                Margin = 1001,
                Balance = 10031.137294117647,
            },
            new Line("04:00", 1, OrderAction.Close, ReasonCode.EndOfRun)
            {
                Price = 48.951,
                Size = 10,
                Pnl = -10.49,
                Fee = 0.48951,
                Margin = 250,
                Balance = 10020.157784117648,
            }
        );
        Assert.Equal(Clock.At("03:00"), outcome.FirstTickMs);
        Assert.Equal(Clock.At("04:00"), outcome.LastTickMs);
        Ledger.EquityAt(outcome, "03:00", 9997.998, 9995.998);
        Ledger.EquityAt(outcome, "04:00", 9997.998, 10025.21368627451);
    }

    private static InitPosition Held(string symbol, double entryPrice, double atr, double margin) =>
        new()
        {
            Symbol = symbol,
            Side = Side.Long,
            Size = 10,
            EntryPrice = entryPrice,
            EntryAtr = atr,
            Confidence = Confidence.Medium,
            Leverage = 2,
            Margin = margin,
        };
}
