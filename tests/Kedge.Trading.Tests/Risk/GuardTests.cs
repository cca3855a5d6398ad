using Kedge.Kernel;
using Kedge.Trading.Risk;
using Kedge.Trading.Safety;

namespace Kedge.Trading.Tests.Risk;

public sealed class GuardTests
{
    private static readonly RiskSettings Slippage = new()
    {
        SlippageGuard = new()
        {
            Enabled = true,
            WindowFills = 4,
            MaxMedianBps = 10,
        },
    };

    private static RiskFill Bought(double bps) =>
        new()
        {
            Symbol = 2,
            IsBuy = true,
            Price = 100 * (1 + (bps / 10_000)),
            Bid = 99,
            Ask = 100,
        };

    [Fact]
    public void Slippage_is_the_median_of_a_full_window_against_the_quote_at_submit()
    {
        RiskDesk desk = new(Slippage);
        foreach (double bps in new[] { 4.0, 50, 15.9 })
        {
            desk.Manager.OnFill(Bought(bps), desk.Now, desk);
        }

        Assert.Equal(KillMode.Off, desk.Mode);
        desk.Manager.OnFill(Bought(2), desk.Now, desk);

        // 2, 4, 15.9, 50: median 9.95; then 2, 15.9, 30, 50: 22.95.
        Assert.Equal(9.95, desk.Manager.SlippageMedianBps, 6);
        Assert.Equal(KillMode.Off, desk.Mode);
        desk.Manager.OnFill(Bought(30), desk.Now, desk);
        Assert.Equal(KillKeys.SlippageGuard, Assert.Single(desk.Latched).Latch.Key);
        Assert.Equal(22.95, desk.Manager.SlippageMedianBps, 6);
    }

    [Fact]
    public void Exits_are_measured_too_better_fills_are_no_credit_and_replayed_ones_do_not_count()
    {
        RiskDesk desk = new(Slippage);
        RiskFill sold = new()
        {
            Symbol = 2,
            IsBuy = false,
            Price = 99.9,
            Bid = 100,
            Ask = 101,
        };
        desk.Manager.OnFill(sold with { IsReplayed = true }, desk.Now, desk);
        desk.Manager.OnFill(sold with { Price = 105 }, desk.Now, desk);
        desk.Manager.OnFill(sold with { Bid = 0, Ask = 0, Mid = 0 }, desk.Now, desk);
        desk.Manager.OnFill(sold with { Bid = 0, Mid = 100 }, desk.Now, desk);
        desk.Manager.OnFill(sold, desk.Now, desk);
        Assert.Equal(0.0, desk.Manager.SlippageMedianBps);
        desk.Manager.OnFill(sold with { Price = 99.8 }, desk.Now, desk);

        // 0, 10, 10, 20.
        Assert.Equal(10.0, desk.Manager.SlippageMedianBps, 6);
        Assert.Equal(1, desk.Manager.UnmeasuredFills);
    }

    [Fact]
    public void Three_partial_fills_are_one_round_trip()
    {
        RiskDesk desk = new(
            new RiskSettings
            {
                PerformanceStop = new()
                {
                    Enabled = true,
                    MinTrades = 2,
                    MinWinRate = 0.6,
                },
            }
        );
        Booking booking = default;
        booking.Symbol = 2;
        foreach (
            (OrderAction action, double pnl) in new[]
            {
                (OrderAction.Open, 0.0),
                (OrderAction.Reduce, -5.0),
                (OrderAction.Funding, -1.0),
                (OrderAction.Reduce, -5.0),
                (OrderAction.Close, 30.0),
            }
        )
        {
            (booking.Action, booking.Pnl, booking.Fee) = (action, pnl, 0.5);
            desk.Manager.OnBooking(in booking, desk.Now, desk);
        }

        Assert.Equal(KillMode.Off, desk.Mode);

        // One winner (30 − 11 − 2.5), one loser: half is below 0.6.
        desk.RoundTrip(-1);
        Assert.Equal(KillKeys.PerformanceStop, Assert.Single(desk.Latched).Latch.Key);
    }

    [Fact]
    public void Profit_factor_and_Sharpe_are_taken_over_the_window_and_the_configured_mode_is_latched()
    {
        PerformanceStopSettings stop = new()
        {
            Enabled = true,
            WindowTrades = 3,
            MinTrades = 3,
            MinProfitFactor = 1.5,
            KillMode = KillMode.HaltAll,
        };
        RiskDesk desk = new(new RiskSettings { PerformanceStop = stop });
        desk.RoundTrip(-100);
        desk.RoundTrip(30);
        desk.RoundTrip(-20);
        Assert.Equal(KillMode.HaltAll, desk.Mode);

        // 30 ÷ 20 is the limit itself: the −100 has left the window of three.
        desk = new(new RiskSettings { PerformanceStop = stop with { MinTrades = 4 } });
        desk.RoundTrip(-100);
        desk.RoundTrip(30);
        desk.RoundTrip(-20);
        Assert.Equal(KillMode.Off, desk.Mode);

        // Sharpe of 1, 3: mean 2 ÷ √2 = 1.414.
        desk = new(
            new RiskSettings
            {
                PerformanceStop = new()
                {
                    Enabled = true,
                    MinTrades = 2,
                    MinSharpe = 1.42,
                },
            }
        );
        desk.RoundTrip(1);
        desk.RoundTrip(3);
        Assert.Equal(KillMode.CloseOnly, desk.Mode);
    }

    [Fact]
    public void Round_trips_older_than_the_window_say_nothing()
    {
        RiskDesk desk = new(
            new RiskSettings
            {
                PerformanceStop = new()
                {
                    Enabled = true,
                    WindowMinutes = 10,
                    MinTrades = 2,
                    MinProfitFactor = 1,
                },
            }
        );
        desk.RoundTrip(-5);
        desk.Pass(600_001).RoundTrip(-5);
        Assert.Equal(KillMode.Off, desk.Mode);

        desk.RoundTrip(-5);
        Assert.Equal(KillMode.CloseOnly, desk.Mode);
    }

    [Fact]
    public void Losses_in_a_row_pause_the_entries_of_that_symbol_for_a_time()
    {
        RiskDesk desk = new(
            new RiskSettings
            {
                LossStreakMaxLosses = 3,
                LossStreakPauseMinutes = 60,
                EquityMaxAgeS = 3600,
            }
        );
        desk.RoundTrip(-1);
        desk.RoundTrip(-1);
        desk.RoundTrip(2);
        desk.RoundTrip(-1);
        desk.RoundTrip(-1, symbol: 3);
        desk.RoundTrip(-1);
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry(2)));

        desk.RoundTrip(-1);
        Assert.Equal("loss_streak", Assert.Single(desk.Alerts).Key);
        Assert.Equal(RiskCode.LossStreak, desk.Send(RiskDesk.Entry(2)));
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry(3)));
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Exit()));

        desk.Pass(3_599_999).Tick();
        Assert.Equal(RiskCode.LossStreak, desk.Send(RiskDesk.Entry(2)));
        desk.Pass(1).Equity(10_000);
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry(2)));
    }

    [Fact]
    public void A_halt_with_open_positions_is_called_to_mind_every_five_minutes()
    {
        RiskDesk desk = new(new RiskSettings { EquityMaxAgeS = 3600 });
        desk.Positions.Add(
            new RiskPosition
            {
                Symbol = 0,
                Side = Side.Long,
                Size = 1,
                Mark = 1,
                EntryPrice = 1,
            }
        );
        KillCommand halt = new("1", "ann", "venue is odd", KillMode.HaltAll, KillKeys.Operator, Confirmed: true);
        desk.Manager.Obey(halt, desk.Now, desk);
        for (int second = 0; second <= 600; second++)
        {
            desk.Tick();
            desk.Pass(1_000);
        }

        Assert.Equal(3, desk.Alerts.Count(a => a.Key == "halted_with_positions"));
        desk.Positions.Clear();
        desk.Pass(600_000).Tick();
        Assert.Equal(3, desk.Alerts.Count);
    }
}
