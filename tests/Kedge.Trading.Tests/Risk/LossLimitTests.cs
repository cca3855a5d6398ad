using Kedge.Configuration;
using Kedge.Trading.Risk;
using Kedge.Trading.Safety;

namespace Kedge.Trading.Tests.Risk;

public sealed class LossLimitTests
{
    [Fact]
    public void Ten_percent_lost_since_midnight_stops_entries_until_the_next_midnight()
    {
        RiskDesk desk = new();
        desk.Equity(9_000.01);
        Assert.Equal(KillMode.Off, desk.Mode);

        desk.Equity(9_000);
        KillLatch latch = Assert.Single(desk.Latched).Latch;
        Assert.Equal((KillKeys.DailyLoss, KillMode.CloseOnly, KillClearing.AtTime), (latch.Key, latch.Mode, latch.Clearing));
        Assert.Equal(RiskDesk.Midnight + RiskDesk.Day, latch.ClearsAtWallMs);
        Assert.StartsWith("daily_loss:2026-03-02", latch.Reason, StringComparison.Ordinal);
        Assert.Equal(RiskCode.CloseOnly, desk.Send(RiskDesk.Entry()));
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Exit()));

        // A recovery does not lift it, and it is said once.
        desk.Equity(12_000);
        desk.EquityAt(latch.ClearsAtWallMs - 1, 8_900);
        Assert.Equal(KillMode.CloseOnly, desk.Mode);
        Assert.Single(desk.Latched, c => c.Latch.Key == KillKeys.DailyLoss);

        desk.EquityAt(latch.ClearsAtWallMs, 8_900);
        Assert.Equal(KillKeys.DailyLoss, Assert.Single(desk.Cleared).Latch.Key);
    }

    [Fact]
    public void The_day_begins_with_the_reading_nearest_to_midnight()
    {
        RiskDesk desk = new();
        long midnight = RiskDesk.Midnight + RiskDesk.Day;
        desk.EquityAt(midnight - 5_000, 10_000);
        desk.EquityAt(midnight + 20_000, 9_500);

        // Half a percent of 9,500 is hidden no more than by the reading before midnight: 10 % of 10,000 is 9,000.
        Assert.Equal(5.0, desk.Manager.DailyLossPct, 12);
        desk.Equity(9_000);
        Assert.True(desk.Manager.Latches.IsSet(KillKeys.DailyLoss));
    }

    [Fact]
    public void A_loss_in_usd_counts_as_well()
    {
        RiskDesk desk = new(new RiskSettings { MaxDailyLossUsd = 200 });
        desk.Manager.OnTransfer(5_000);
        desk.Equity(15_000 - 199);
        Assert.Equal(KillMode.Off, desk.Mode);

        desk.Equity(15_000 - 200);
        Assert.Equal(KillMode.CloseOnly, desk.Mode);
        Assert.Equal(200, desk.Manager.DailyLossUsd);
    }

    [Fact]
    public void Twenty_percent_below_the_highest_equity_stops_entries_and_wants_positions_closed_until_an_operator()
    {
        RiskDesk desk = new();
        desk.Equity(12_500);
        desk.EquityAt(RiskDesk.Noon + RiskDesk.Day, 11_400);
        desk.EquityAt(RiskDesk.Noon + (2 * RiskDesk.Day), 10_500);
        desk.EquityAt(RiskDesk.Noon + (3 * RiskDesk.Day), 10_000.01);
        Assert.False(desk.Manager.ClosesAll);

        // Never ten percent in a day: only the mark of three days ago sees it.
        desk.EquityAt(RiskDesk.Noon + (3 * RiskDesk.Day), 10_000);
        Assert.Equal(KillKeys.Drawdown, Assert.Single(desk.Latched).Latch.Key);
        Assert.True(desk.Manager.ClosesAll);

        desk.EquityAt(RiskDesk.Noon + (10 * RiskDesk.Day), 20_000);
        Assert.Equal(KillMode.CloseOnly, desk.Mode);
        Assert.Single(desk.Latched);
    }

    [Fact]
    public void Positions_are_left_alone_when_the_policy_says_so()
    {
        RiskDesk desk = new(new RiskSettings { DrawdownReducePolicy = DrawdownReducePolicy.None });
        desk.Equity(7_999);

        Assert.True(desk.Manager.Latches.IsSet(KillKeys.Drawdown));
        Assert.False(desk.Manager.ClosesAll);
    }

    [Fact]
    public void An_operator_who_lifts_the_drawdown_lets_the_mark_begin_again_and_nothing_else()
    {
        RiskDesk desk = new();
        desk.Equity(8_000);
        Assert.True(desk.Manager.Latches.IsSet(KillKeys.DailyLoss));

        KillCommand lift = new("1", "ann", "looked at it", KillMode.Off, KillKeys.Drawdown, Confirmed: false);
        Assert.Equal(KillCommandResult.Done, desk.Manager.Obey(lift, desk.Now, desk));
        desk.Equity(7_990);

        Assert.False(desk.Manager.Latches.IsSet(KillKeys.Drawdown));
        Assert.True(desk.Manager.Latches.IsSet(KillKeys.DailyLoss));
        Assert.Equal(8_000, desk.Manager.HighWaterMark);
    }

    [Fact]
    public void Money_that_comes_or_goes_is_neither_gain_nor_loss()
    {
        RiskDesk desk = new();
        desk.Manager.OnTransfer(-5_000);
        desk.Equity(5_000);
        Assert.Equal((0.0, 0.0), (desk.Manager.DailyLossPct, desk.Manager.DrawdownPct));
        Assert.Equal(5_000, desk.Manager.HighWaterMark);

        desk.Manager.OnTransfer(95_000);
        desk.Equity(100_000);
        desk.Equity(91_000);
        Assert.Equal(9.0, desk.Manager.DailyLossPct, 12);
        Assert.Equal(KillMode.Off, desk.Mode);
    }

    [Fact]
    public void Money_paid_into_an_account_that_lost_everything_does_not_hide_the_loss()
    {
        RiskDesk desk = new();
        desk.Manager.OnTransfer(10_000);
        desk.Equity(9_999);

        Assert.True(desk.Manager.Latches.IsSet(KillKeys.Drawdown));
    }

    [Fact]
    public void Equity_that_is_missing_for_thirty_seconds_stops_entries_until_it_is_back()
    {
        RiskDesk desk = new();
        desk.Pass(30_000).Tick();
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry()));

        desk.Pass(1).Tick();
        Assert.Equal(KillKeys.EquityUnknown, Assert.Single(desk.Latched).Latch.Key);
        Assert.Equal(RiskCode.CloseOnly, desk.Send(RiskDesk.Entry()));
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Exit()));

        desk.Equity(double.NaN);
        Assert.Empty(desk.Cleared);
        desk.Equity(10_000);
        Assert.Single(desk.Cleared);
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry()));
    }

    [Fact]
    public void Nothing_is_entered_before_equity_was_ever_read()
    {
        RiskDesk desk = new(equity: double.NaN);
        desk.Tick();
        Assert.Equal(RiskCode.EquityUnknown, desk.Send(RiskDesk.Entry()));

        desk.Pass(30_001).Tick();
        Assert.True(desk.Manager.Latches.IsSet(KillKeys.EquityUnknown));
    }

    [Fact]
    public void Losses_of_a_kernel_account_with_its_fees_and_funding_are_in_its_equity()
    {
        // What counts is equity: 10,000 → balance 9,400 after fees and funding, 500 unrealised loss.
        RiskDesk desk = new();
        desk.Equity(9_400 - 500);

        Assert.Equal(11.0, desk.Manager.DailyLossPct, 12);
        Assert.True(desk.Manager.Latches.IsSet(KillKeys.DailyLoss));
    }

    [Fact]
    public void A_clock_that_steps_forward_a_day_neither_lifts_the_daily_loss_nor_begins_a_new_day()
    {
        RiskDesk desk = new();
        desk.Equity(9_000);
        desk.WallMs += RiskDesk.Day;
        desk.Pass(1_000).Tick();
        desk.Equity(9_000);

        Assert.True(desk.Manager.Latches.IsSet(KillKeys.DailyLoss));
        Assert.Equal(10.0, desk.Manager.DailyLossPct, 12);
        Assert.Equal("clock_step", Assert.Single(desk.Alerts).Key);
    }

    [Fact]
    public void A_clock_that_steps_back_repeats_no_day()
    {
        RiskDesk desk = new();
        desk.EquityAt(RiskDesk.Midnight + RiskDesk.Day, 9_500);
        desk.WallMs -= 10_000;
        desk.Equity(9_400);
        desk.Equity(8_600);
        Assert.Equal(KillMode.Off, desk.Mode);

        desk.Equity(8_550);
        Assert.True(desk.Manager.Latches.IsSet(KillKeys.DailyLoss));
    }
}
