using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;
using Kedge.Trading.Risk;

namespace Kedge.Trading.Tests.Live;

/// <summary>Orders of the engine that rest although they should not.</summary>
public sealed class RestingOrderTests
{
    private static VenueEvent.OpenOrdersAnswered Open(params OrderReport[] orders) => new(orders, null);

    [Fact]
    public void A_stale_order_of_the_engine_is_cancelled_and_the_cancel_is_written_down()
    {
        using LiveDesk desk = new();
        OrderIntent order = desk.Buy("BTC", 1.0);
        desk.Ack(order, 7);
        desk.Wait(20_000);
        desk.Tell(Open(desk.Report(order, 7, OrderPhase.Open)));
        Assert.DoesNotContain(desk.Sent, s => s is VenueCommand.Cancel);
        desk.Wait(10_000);
        desk.Tell(Open(desk.Report(order, 7, OrderPhase.Open)));
        Assert.Equal(order.Id, Assert.Single(desk.Sent.OfType<VenueCommand.Cancel>()).Id);
        desk.Tell(new VenueEvent.CancelAnswered(order.Id, 7, CommandOutcome.Done, null, null));
        Assert.Equal(IntentStatus.Sent, desk.Intent(order.Id).Status);
        desk.Tell(new VenueEvent.OrderChanged(desk.Report(order, 7, OrderPhase.Cancelled)));
        Assert.Equal(IntentStatus.Unfilled, desk.Intent(order.Id).Status);
        Assert.Contains(desk.Rows.OfType<LedgerRow.ReconcileNoted>(), r => r.Kind == "CANCEL_STALE_OK");
        Assert.Single(desk.Orders);
    }

    [Fact]
    public void What_a_stale_order_had_left_is_ordered_anew_with_another_id_where_that_is_configured()
    {
        using LiveDesk desk = new(new LiveSettings { ReplacesStale = true, MaxReplacements = 1 });
        OrderIntent order = desk.Buy("BTC", 1.0);
        OrderIntent first = Stale(desk, order, 7, 0.25m);
        Assert.Equal((0.75m, order.LimitPrice), (first.Size, first.LimitPrice));
        Assert.NotEqual(order.Id, first.Id);
        OrderIntent second = Stale(desk, first, 8, 0m);
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(0.25m, desk.Engine.OwnOf(0));
        Assert.Empty(desk.CheckLedger());
    }

    [Fact]
    public void Cancels_of_the_engine_have_a_limit_and_what_it_holds_back_is_written_down()
    {
        using LiveDesk desk = new(
            risk: new RiskSettings
            {
                MaxCancelsPerMin = 1,
                MaxDailyLossPct = 0,
                MaxDrawdownPct = 0,
            }
        );
        OrderIntent order = desk.Buy("BTC", 1.0);
        desk.Ack(order, 7);
        desk.Wait(40_000);
        desk.Tell(Open(desk.Report(order, 7, OrderPhase.Open)));
        desk.Tell(Open(desk.Report(order, 7, OrderPhase.Open)));
        Assert.Single(desk.Sent.OfType<VenueCommand.Cancel>());
        Assert.Contains(desk.Rows.OfType<LedgerRow.ReconcileNoted>(), r => r.Kind == "CANCEL_STALE_BLOCKED");
    }

    [Fact]
    public void Resting_orders_that_are_gone_are_written_in_one_order_whenever_they_came()
    {
        using LiveDesk desk = new();
        desk.Tell(Open(Stranger(null, 3, LiveDesk.Start), Stranger(null, 4, LiveDesk.Start)));
        desk.Tell(Open(Stranger(null, 4, LiveDesk.Start)));
        desk.Tell(Open(Stranger(null, 4, LiveDesk.Start), Stranger(null, 2, LiveDesk.Start), Stranger(null, 1, LiveDesk.Start)));
        int before = desk.Rows.OfType<LedgerRow.OpenOrderGone>().Count();
        desk.Tell(Open());
        long[] gone = [.. desk.Rows.OfType<LedgerRow.OpenOrderGone>().Skip(before).Select(r => r.VenueOrderId)];
        Assert.Equal(3, gone.Length);
        Assert.Equal(gone.Order(), gone);
    }

    [Fact]
    public void An_order_with_our_prefix_that_the_ledger_does_not_know_goes_after_five_minutes_and_others_stay()
    {
        using LiveDesk desk = new();
        OrderReport ours = Stranger(ClientOrderPrefix.Engine, 1, LiveDesk.Start);
        OrderReport operators = Stranger(ClientOrderPrefix.Operator, 2, LiveDesk.Start);
        OrderReport foreign = Stranger(null, 3, LiveDesk.Start);
        OrderReport timeless = Stranger(ClientOrderPrefix.Engine, 4, 0);
        desk.Wait(299_000);
        desk.Tell(Open(ours, operators, foreign, timeless));
        Assert.DoesNotContain(desk.Sent, s => s is VenueCommand.Cancel);
        desk.Wait(2_000);
        desk.Tell(Open(ours, operators, foreign, timeless));
        Assert.Equal(ours.Id, Assert.Single(desk.Sent.OfType<VenueCommand.Cancel>()).Id);
        Assert.DoesNotContain(desk.Sent, s => s is VenueCommand.CancelForeign);
        Assert.Contains(desk.Alerts, a => a.Code == "unknown_order");
    }

    [Fact]
    public void No_answer_about_open_orders_changes_nothing()
    {
        using LiveDesk desk = new();
        OrderIntent order = desk.Buy("BTC", 1.0);
        desk.Ack(order, 7);
        desk.Tell(Open(desk.Report(order, 7, OrderPhase.Open)));
        Assert.Single(desk.Load().OpenOrders);
        desk.Tell(new VenueEvent.OpenOrdersAnswered([], "timeout"));
        Assert.Single(desk.Load().OpenOrders);
        Assert.Equal(IntentStatus.Sent, desk.Intent(order.Id).Status);
        desk.Tell(Open());
        Assert.Empty(desk.Load().OpenOrders);
        Assert.Equal(IntentStatus.Sent, desk.Intent(order.Id).Status);
    }

    private static OrderIntent Stale(LiveDesk desk, OrderIntent order, long venueId, decimal filled)
    {
        desk.Ack(order, venueId);
        if (filled > 0m)
        {
            desk.Fill(order, venueId, filled);
        }

        desk.Wait(30_000);
        desk.Price("BTC", 100.0);
        desk.Tell(Open(desk.Report(order, venueId, OrderPhase.Open, filled)));
        desk.Tell(new VenueEvent.CancelAnswered(order.Id, venueId, CommandOutcome.Done, null, null));
        desk.Tell(new VenueEvent.OrderChanged(desk.Report(order, venueId, OrderPhase.Cancelled, filled)));
        return desk.LastOrder;
    }

    private static OrderReport Stranger(ClientOrderPrefix? prefix, long venueId, long timeMs) =>
        new(
            prefix is { } p ? new ClientOrderId(((UInt128)p.Value << 96) | (UInt128)(ulong)venueId) : default,
            venueId,
            "BTC",
            true,
            90m,
            1m,
            1m,
            false,
            OrderPhase.Open,
            "open",
            timeMs
        );
}
