using Kedge.Trading.Risk;
using Kedge.Trading.Safety;
using Kedge.Trading.Tests.Risk;

namespace Kedge.Trading.Tests.Safety;

public sealed class HealthGuardTests
{
    [Fact]
    public void Five_batches_in_a_row_that_cannot_be_written_stop_entries()
    {
        RiskDesk desk = new();
        Fail(desk, 4);
        desk.Manager.Health.OnFillBatch(written: true, desk.Now, desk);
        Fail(desk, 4);
        Assert.Equal(KillMode.Off, desk.Mode);

        Fail(desk, 2);
        Assert.Equal("health:fill_ingest_failed", Assert.Single(desk.Latched).Latch.Key);
        Assert.Equal("fill_ingest_failed", Assert.Single(desk.Alerts).Key);
    }

    [Fact]
    public void A_latch_does_not_wait_for_the_cooldown_of_the_alert()
    {
        RiskDesk desk = new(
            new RiskSettings
            {
                Health = new() { ResolveAfterS = 60, AlertCooldownS = 3_600 },
            }
        );
        Fail(desk, 5);
        desk.Manager.Obey(new("1", "ann", "", KillMode.Off, "health:fill_ingest_failed", Confirmed: false), desk.Now, desk);
        desk.Manager.Health.OnFillBatch(written: true, desk.Now, desk);
        desk.Pass(60_000);
        Fail(desk, 5);

        Assert.Equal(2, desk.Latched.Count);
        Assert.Single(desk.Alerts);
    }

    [Fact]
    public void Twenty_thousand_fills_that_wait_stop_entries_and_are_told_once()
    {
        RiskDesk desk = new();
        desk.Manager.Health.OnPendingFills(19_999, desk.Now, desk);
        Assert.Equal(KillMode.Off, desk.Mode);
        for (int i = 0; i < 50; i++)
        {
            desk.Pass(1_000);
            desk.Manager.Health.OnPendingFills(20_000 + i, desk.Now, desk);
        }

        Assert.Equal(KillMode.CloseOnly, desk.Mode);
        Assert.Single(desk.Alerts);
        Assert.True(desk.Manager.Health.IsActive(HealthGuard.PendingFills));
        desk.Pass(600_000).Tick();
        Assert.False(desk.Manager.Health.IsActive(HealthGuard.PendingFills));
        Assert.True(desk.Manager.Latches.IsSet("health:pending_fills"));
    }

    [Fact]
    public void A_fill_of_nobody_alerts_after_the_first_two_minutes_and_stops_trading_only_when_told_to()
    {
        RiskDesk desk = new();
        desk.Tick();
        desk.Manager.Health.OnUnmatchedFill(desk.Pass(119_999).Now, desk);
        Assert.Empty(desk.Alerts);
        desk.Manager.Health.OnUnmatchedFill(desk.Pass(1).Now, desk);
        Assert.Equal("unmatched_fills", Assert.Single(desk.Alerts).Key);
        Assert.DoesNotContain(desk.Latched, c => c.Latch.Key.StartsWith(KillKeys.HealthPrefix, StringComparison.Ordinal));

        desk = new(
            new RiskSettings
            {
                Health = new()
                {
                    UnmatchedGraceS = 0,
                    UnmatchedFills = 2,
                    UnmatchedKill = KillMode.HaltAll,
                },
            }
        );
        desk.Manager.Health.OnUnmatchedFill(desk.Now, desk);
        desk.Manager.Health.OnUnmatchedFill(desk.Pass(900_000).Now, desk);
        Assert.Equal(KillMode.Off, desk.Mode);
        desk.Manager.Health.OnUnmatchedFill(desk.Pass(899_999).Now, desk);
        Assert.Equal(KillMode.HaltAll, desk.Mode);
    }

    [Fact]
    public void Guards_that_are_off_say_nothing()
    {
        RiskDesk desk = new(new RiskSettings { Health = new() { Enabled = false } });
        Fail(desk, 100);

        Assert.Empty(desk.Alerts);
        Assert.Equal(KillMode.Off, desk.Mode);
    }

    private static void Fail(RiskDesk desk, int times)
    {
        for (int i = 0; i < times; i++)
        {
            desk.Manager.Health.OnFillBatch(written: false, desk.Now, desk);
        }
    }
}
