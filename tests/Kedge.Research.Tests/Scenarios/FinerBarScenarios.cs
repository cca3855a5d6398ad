using Kedge.Kernel;
using Kedge.Research.Replay;

namespace Kedge.Research.Tests.Scenarios;

/// <summary>docs/concepts/worked-scenarios/finer-bars.md: scenarios 9, 10 and 14.</summary>
public sealed class FinerBarScenarios
{
    [Fact]
    public void S09_Exit_bars_close_a_position_between_main_bars_and_the_same_tick_may_enter_again()
    {
        ReplayOutcome outcome = new Scenario()
            .With((ref Parameters p) => p.Trade.TpAtrMult = 2.0)
            .Main(
                "AAA",
                StopScenarios.TwoBars
                    + """
                    02:00 100 105 100 104
                    03:00 104 112 104 111
                    """
            )
            .Exit(
                "15m",
                "AAA",
                """
                02:00 100 101   100 101
                02:15 101 104.5 101 104.5
                03:45 110 111   110 111
                """
            )
            .Run();

        Ledger.Holds(
            outcome,
            StopScenarios.Opened,
            new Line("02:30", 0, OrderAction.Close, ReasonCode.TakeProfit)
            {
                Price = 104.3955,
                Size = 20,
                Pnl = 85.91,
                Fee = 2.08791,
                EntryFees = 2.002,
                Margin = 1001,
                Balance = 10081.82009,
                Value = 104.1,
            },
            new Line("03:00", 0, OrderAction.Open, ReasonCode.EntrySignal)
            {
                Price = 104.104,
                Size = 19.38811555769,
                Fee = 2.018380382018,
                Margin = 1009.190191009,
                Balance = 10079.801709617983,
            },
            new Line("04:00", 0, OrderAction.Close, ReasonCode.TakeProfit)
            {
                Price = 110.889,
                Size = 19.38811555769,
                Pnl = 131.5483640589,
                Fee = 2.149928746077,
                EntryFees = 2.018380382018,
                Margin = 1009.190191009,
                Balance = 10209.200144930848,
                Value = 110.104,
            },
            new Line("04:00", 0, OrderAction.Open, ReasonCode.EntrySignal)
            {
                Price = 111.111,
                Size = 18.39495521609,
                Fee = 2.043881869015,
                Margin = 1021.940934508,
                Balance = 10207.156263061832,
            },
            new Line("04:00", 0, OrderAction.Close, ReasonCode.EndOfRun)
            {
                Price = 110.889,
                Size = 18.39495521609,
                Pnl = -4.083680057972,
                Fee = 2.039798188957,
                EntryFees = 2.043881869015,
                Margin = 1021.940934508,
                Balance = 10201.032784814903,
            }
        );
    }

    [Fact]
    public void S10_With_signals_inside_the_bar_an_entry_bar_opens_the_position_at_its_own_close()
    {
        ReplayOutcome outcome = SubBarEntries(onCandleClose: false).Run();

        Ledger.Holds(
            outcome,
            new Line("02:30", 0, OrderAction.Open, ReasonCode.EntrySignalSubBar)
            {
                Price = 99.5995,
                Size = 20.10050251256,
                Fee = 2.002,
                Margin = 1001,
                Balance = 9997.998,
            },
            new Line("03:00", 0, OrderAction.Close, ReasonCode.EndOfRun)
            {
                Price = 100.899,
                Size = 20.10050251256,
                Pnl = 26.12060301508,
                Fee = 2.028120603015,
                EntryFees = 2.002,
                Margin = 1001,
                Balance = 10022.090482412061,
            }
        );
    }

    [Fact]
    public void S10_Signals_on_candle_close_win_over_an_entry_series()
    {
        ReplayOutcome outcome = SubBarEntries(onCandleClose: true).Run();

        Ledger.Holds(
            outcome,
            StopScenarios.Opened,
            new Line("03:00", 0, OrderAction.Close, ReasonCode.EndOfRun)
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
    }

    [Theory]
    [InlineData("02:00 100 101 96 99", ReasonCode.StopLoss, 96.1, 96.0039, -81.922, 1.920078, 9914.155922)]
    [InlineData("02:00 95 97 94 96.5", ReasonCode.StopLoss, 96.1, 94.905, -103.9, 1.8981, 9892.1999)]
    [InlineData("02:00 100 103 96 102", ReasonCode.StopLoss, 96.1, 96.0039, -81.922, 1.920078, 9914.155922)]
    [InlineData("02:00 100 103 99 102", ReasonCode.TakeProfit, 102.1, 101.9979, 37.958, 2.039958, 10033.916042)]
    [InlineData("02:00 103 104 102 103", ReasonCode.TakeProfit, 102.1, 102.897, 55.94, 2.05794, 10051.88006)]
    public void S14_Inside_a_bar_the_worst_case_comes_first_and_gaps_fill_at_the_open(
        string bar,
        ReasonCode reason,
        double level,
        double price,
        double pnl,
        double fee,
        double balance
    )
    {
        ReplayOutcome outcome = new Scenario()
            .With((ref Parameters p) => p.IntrabarExits = true)
            .With((ref Parameters p) => p.Trade.TpAtrMult = 1.0)
            .With(StopScenarios.SameSideRests)
            .Main("AAA", StopScenarios.TwoBars + bar)
            .Run();

        Ledger.Holds(
            outcome,
            StopScenarios.Opened,
            new Line("03:00", 0, OrderAction.Close, reason)
            {
                Price = price,
                Size = 20,
                Pnl = pnl,
                Fee = fee,
                EntryFees = 2.002,
                Margin = 1001,
                Balance = balance,
                Value = level,
            }
        );
    }

    private static Scenario SubBarEntries(bool onCandleClose) =>
        new Scenario()
            .With((ref Parameters p) => p.SignalOnCandleClose = onCandleClose)
            .Main("AAA", StopScenarios.TwoBars + "02:00 100 101 98 101")
            .Entry(
                "15m",
                "AAA",
                """
                01:30  98 99   98  99
                02:00 100 100  99  99
                02:15  99 99.5 99  99.5
                02:30 99.5 100 99  100
                """
            );
}
