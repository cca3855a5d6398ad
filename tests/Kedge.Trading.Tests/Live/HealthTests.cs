using Kedge.Trading.Engine;
using Kedge.Trading.Safety;

namespace Kedge.Trading.Tests.Live;

/// <summary>The guards over what goes wrong inside hear of it from the engine itself.</summary>
public sealed class HealthTests
{
    private const string Ingest = "health:fill_ingest_failed";

    [Fact]
    public void Somebody_elses_fill_is_an_alert_of_its_own_once_the_start_is_over()
    {
        using LiveDesk desk = new();
        desk.Connect();
        desk.Wait(1_000);
        desk.Tell(desk.Filled(default, 77, "ETH", isBuy: true, 1m, 100m));
        Assert.DoesNotContain(desk.Alerts, a => a.Code == "unmatched_fills");
        desk.Wait(120_000);
        desk.Tell(desk.Filled(default, 78, "ETH", isBuy: true, 1m, 100m));
        desk.Tell(desk.Filled(default, 79, "XRP", isBuy: true, 1m, 100m));
        EngineEffect.Alert alert = Assert.Single(desk.Alerts, a => a.Code == "unmatched_fills");
        Assert.Contains("1 fills in 900 s belong to no order of ours", alert.Text, StringComparison.Ordinal);
        Assert.Equal(KillMode.Off, desk.Engine.Risk!.Latches.Mode);
    }

    [Fact]
    public void Fills_that_cannot_be_written_for_minutes_stop_entries_until_an_operator_has_looked()
    {
        using LiveDesk desk = new();
        desk.Connect();
        desk.Wait(1_000);
        desk.LedgerFails = true;
        desk.Tell(desk.Filled(default, 77, "ETH", isBuy: true, 1m, 100m));

        // Five failures, one a minute.
        for (int second = 0; second < 235; second++)
        {
            desk.Wait(1_000);
        }

        Assert.DoesNotContain(desk.Engine.Risk!.Latches.Active, l => l.Key == Ingest);
        for (int second = 0; second < 10; second++)
        {
            desk.Wait(1_000);
        }

        Assert.Contains(desk.Engine.Risk!.Latches.Active, l => l.Key == Ingest);
        Assert.Single(desk.Alerts, a => a.Code == "fill_ingest_failed");

        // The ledger's own latch goes with its cause; this one stays.
        desk.LedgerFails = false;
        desk.Wait(1_000);
        desk.Wait(1_000);
        desk.Wait(1_000);
        Assert.Equal([Ingest], desk.Engine.Risk!.Latches.Active.Select(l => l.Key));
        Assert.Equal(KillMode.CloseOnly, desk.Engine.Risk!.Latches.Mode);
    }

    [Fact]
    public void A_ledger_that_fails_without_a_fill_that_waits_is_no_matter_of_theirs()
    {
        using LiveDesk desk = new();
        desk.Connect();
        desk.Wait(1_000);
        desk.LedgerFails = true;
        desk.Tick();
        for (int second = 0; second < 400; second++)
        {
            desk.Wait(1_000);
        }

        Assert.DoesNotContain(desk.Engine.Risk!.Latches.Active, l => l.Key == Ingest);
    }
}
