using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;
using Kedge.Trading.Risk;
using Kedge.Trading.Safety;

namespace Kedge.Trading.Tests.Live;

/// <summary>Orders an operator places by hand: the engine's checks and ledger, the operator's order.</summary>
public sealed class OperatorOrderTests
{
    [Fact]
    public void An_operators_limit_order_rests_under_his_name_and_is_never_cancelled_or_replaced()
    {
        using LiveDesk desk = new(new LiveSettings { ReplacesStale = true });
        desk.Place("p1", "BTC", isBuy: true, 1m, limit: 95m);
        OrderIntent order = desk.LastOrder;
        Assert.Equal((95m, TimeInForce.Gtc, false), (order.LimitPrice, order.TimeInForce, order.ReduceOnly));
        Assert.True(ClientOrderPrefix.Operator.Owns(order.Id));
        desk.Ack(order, 7);
        desk.Wait(600_000);
        desk.Tell(new VenueEvent.OpenOrdersAnswered([desk.Report(order, 7, OrderPhase.Open, timeMs: LiveDesk.Start)], null));
        Assert.DoesNotContain(desk.Sent, s => s is VenueCommand.Cancel or VenueCommand.CancelForeign);
        IntentImage held = desk.Intent(order.Id);
        Assert.Equal(
            (IntentStatus.Sent, IntentOwner.Operator, "OPERATOR:p1"),
            (held.Status, held.Intent.Owner, held.Intent.DedupeKey)
        );
        Assert.Contains("\"name\":\"ann\"", held.Intent.MetaJson, StringComparison.Ordinal);

        // Filled after all: the operator's position, which the lane does not exit before it is adopted.
        desk.Fill(order, 7, 0.4m, price: 95m);
        Assert.Equal(
            (IntentStatus.Partial, 0m, 0.4m),
            (desk.Intent(order.Id).Status, desk.Engine.OwnOf(0), desk.Engine.ForeignOf(0))
        );
        desk.Fill(order, 7, 0.6m, price: 95m);
        Assert.Equal((IntentStatus.Filled, 1m), (desk.Intent(order.Id).Status, desk.Engine.ForeignOf(0)));
        Assert.Empty(desk.CheckLedger());
    }

    [Fact]
    public void A_command_is_obeyed_once_also_after_a_restart_and_a_refusal_does_not_use_it_up()
    {
        using LiveDesk desk = new();
        desk.Place("p1", "BTC", isBuy: true, 0.00001m, limit: 95m);
        Assert.Contains(desk.Alerts, a => a.Code == "place_refused" && a.Text.Contains("(lot)", StringComparison.Ordinal));
        desk.Place("p1", "BTC", isBuy: true, 1m, limit: 95m);
        desk.Place("p1", "BTC", isBuy: true, 1m, limit: 95m);
        Assert.Single(desk.Orders);
        desk.Restart();
        desk.Connect();
        desk.Place("p1", "BTC", isBuy: true, 1m, limit: 95m);
        Assert.Single(desk.Orders);
    }

    [Theory]
    [InlineData(false, 0.5, 95.0, false, "other_side")]
    [InlineData(true, 0.5, 95.0, true, "nothing_held")]
    [InlineData(true, 0.5, 95.12345678, false, "price_grid")]
    [InlineData(true, 0.05, 95.0, false, "min_notional")]
    [InlineData(true, 1000.0, 95.0, false, "free_cash")]
    public void What_the_venue_or_the_account_does_not_take_is_refused(
        bool isBuy,
        double size,
        double limit,
        bool reduceOnly,
        string code
    )
    {
        using LiveDesk desk = new();
        OrderIntent held = desk.Buy("BTC", 2.0);
        desk.Ack(held, 1);
        desk.Fill(held, 1);
        desk.Place("p1", "BTC", isBuy, (decimal)size, (decimal)limit, reduceOnly);
        Assert.Single(desk.Orders);
        Assert.Contains($"({code})", desk.Alerts.Last(a => a.Code == "place_refused").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_see_an_operators_resting_orders_as_if_they_had_filled()
    {
        using LiveDesk desk = new(
            risk: new RiskSettings
            {
                MaxSymbolNotionalUsd = 250,
                MaxDailyLossPct = 0,
                MaxDrawdownPct = 0,
            }
        );
        desk.Place("p1", "BTC", isBuy: true, 1m, limit: 95m);
        desk.Ack(desk.LastOrder, 1);
        desk.Place("p2", "BTC", isBuy: true, 1m, limit: 94m);
        desk.Ack(desk.LastOrder, 2);
        Assert.Equal(2, desk.Orders.Count());
        desk.Place("p3", "BTC", isBuy: true, 1m, limit: 93m);
        Assert.Equal(2, desk.Orders.Count());
        Assert.Contains("(max_symbol_notional)", desk.Alerts[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Kills_rule_over_an_operators_orders_too()
    {
        using LiveDesk desk = new();
        OrderIntent held = desk.Buy("BTC", 2.0);
        desk.Ack(held, 1);
        desk.Fill(held, 1);
        Latch(desk, KillMode.CloseOnly);
        desk.Place("p1", "ETH", isBuy: true, 1m, limit: 95m);
        Assert.Single(desk.Orders);
        desk.Place("p2", "BTC", isBuy: false, 1m, limit: 110m, reduceOnly: true);
        Assert.Equal(2, desk.Orders.Count());
        Latch(desk, KillMode.HardKill);
        desk.Place("p3", "BTC", isBuy: false, 1m, reduceOnly: true);
        desk.Operate(
            new OperatorCommand.Cancel
            {
                Operator = "ann",
                Reason = "r",
                Symbol = "BTC",
                Id = desk.LastOrder.Id,
            }
        );
        Assert.Equal(2, desk.Orders.Count());
        Assert.DoesNotContain(desk.Sent, s => s is VenueCommand.Cancel);
        Assert.Contains(desk.Alerts, a => a.Code == "cancel_refused");
    }

    [Fact]
    public void A_resting_take_profit_of_an_operator_holds_back_no_exit_of_the_engine()
    {
        using LiveDesk desk = new();
        OrderIntent held = desk.Buy("BTC", 2.0);
        desk.Ack(held, 1);
        desk.Fill(held, 1);
        desk.Place("p1", "BTC", isBuy: false, 1m, limit: 110m, reduceOnly: true);
        desk.Ack(desk.LastOrder, 2);
        desk.Tick(new Trading.Strategies.StrategySignal("BTC", Trading.Strategies.SignalAction.Close));
        Assert.Equal((3, 2m, true), (desk.Orders.Count(), desk.LastOrder.Size, desk.LastOrder.ReduceOnly));
    }

    [Fact]
    public void A_close_by_hand_closes_the_lanes_part_and_leaves_what_an_operator_holds()
    {
        using LiveDesk desk = new();
        OrderIntent held = desk.Buy("BTC", 2.0);
        desk.Ack(held, 1);
        desk.Fill(held, 1);
        desk.Place("p1", "BTC", isBuy: true, 1m);
        Assert.Equal(TimeInForce.Ioc, desk.LastOrder.TimeInForce);
        desk.Ack(desk.LastOrder, 2);
        desk.Fill(desk.LastOrder, 2);
        Assert.Equal((2m, 1m), (desk.Engine.OwnOf(0), desk.Engine.ForeignOf(0)));
        desk.Operate(
            new OperatorCommand.Close
            {
                Operator = "ann",
                Reason = "out",
                Symbol = "BTC",
            }
        );
        desk.Ack(desk.LastOrder, 3);
        desk.Fill(desk.LastOrder, 3);
        Assert.Equal((0m, 1m), (desk.Engine.OwnOf(0), desk.Engine.ForeignOf(0)));
        Assert.Empty(desk.CheckLedger());
    }

    [Fact]
    public void After_a_restart_a_resting_order_is_found_and_entries_do_not_wait_for_its_end()
    {
        using LiveDesk desk = new();
        desk.Place("p1", "BTC", isBuy: true, 1m, limit: 95m);
        OrderIntent order = desk.LastOrder;
        desk.Ack(order, 7);
        desk.Restart();
        desk.Connect();
        Assert.Equal(1, desk.Engine.Unresolved);
        desk.Tell(new VenueEvent.OrderStatusAnswered(order.Id, desk.Report(order, 7, OrderPhase.Open), false, null));
        Assert.Equal(0, desk.Engine.Unresolved);
        Assert.Equal(100m * 1.01m, Math.Round(desk.Buy("ETH", 1.0).LimitPrice, 0));
    }

    [Fact]
    public void An_order_the_ledger_could_not_hold_is_not_sent_and_may_be_ordered_again()
    {
        using LiveDesk desk = new();
        desk.LedgerFails = true;
        desk.Place("p1", "BTC", isBuy: true, 1m, limit: 95m);
        Assert.Empty(desk.Orders);
        desk.LedgerFails = false;
        desk.Wait(1_000);
        desk.Wait(1_000);
        desk.Price("BTC", 100.0);
        desk.Place("p1", "BTC", isBuy: true, 1m, limit: 95m);
        Assert.Single(desk.Orders);
    }

    private static void Latch(LiveDesk desk, KillMode mode) =>
        desk.Operate(
            new OperatorCommand.Kill
            {
                Operator = "ann",
                Reason = "test",
                Command = new KillCommand($"k{mode}", "ann", "test", mode, KillKeys.Operator, Confirmed: true),
            }
        );
}
