using Kedge.Exchange.Core;
using static Kedge.Exchange.Tests.Rig;

namespace Kedge.Exchange.Tests;

/// <summary>One test a rule of order entry and matching.</summary>
public sealed class OrderTests
{
    private readonly Rig _rig = new();

    [Fact]
    public void Better_prices_trade_first_and_at_one_price_the_older_order()
    {
        ExchangeEvent worse = _rig.Sell(Alice, 60_010, 10);
        ExchangeEvent older = _rig.Sell(Bob, 60_000, 10);
        ExchangeEvent younger = _rig.Sell(Alice, 60_000, 10);
        ExchangeEvent taker = _rig.Buy(Carol, 60_010, 25);

        long[] makers = [.. _rig.Events.Where(e => e is { Kind: EventKind.Fill, IsTaker: false }).Select(e => e.OrderId)];
        Assert.Equal([older.OrderId, younger.OrderId, worse.OrderId], makers);
        Assert.Equal(OrderStatus.Filled, taker.Status);
        Assert.Equal(2_500, taker.Size);
        Assert.Equal((2_000 * 600_000L) + (500 * 600_100L), taker.Amount);
        Assert.Equal([OrderStatus.Open], _rig.Updates(worse.OrderId));
    }

    [Fact]
    public void A_gtc_order_rests_with_what_is_left()
    {
        _rig.Sell(Alice, 60_000, 10);
        ExchangeEvent taker = _rig.Buy(Bob, 60_000, 30);
        Assert.Equal(OrderStatus.Open, taker.Status);
        Assert.True(_rig.Core.TryOrder(Bob, new OrderTarget(taker.OrderId), out OrderView order));
        Assert.Equal(2_000, order.Remaining);
    }

    [Fact]
    public void An_ioc_order_cancels_what_is_left_and_is_refused_when_nothing_matches()
    {
        Assert.Equal(OrderStatus.IocCancelRejected, _rig.Buy(Bob, 60_000, 30, TimeInForce.Ioc).Status);
        Assert.Equal(OrderStatus.MarketOrderNoLiquidityRejected, _rig.Buy(Bob, 60_000, 30, TimeInForce.FrontendMarket).Status);
        _rig.Sell(Alice, 60_000, 10);
        ExchangeEvent taker = _rig.Buy(Bob, 60_000, 30, TimeInForce.Ioc);
        Assert.Equal((OrderStatus.Filled, 1_000L), (taker.Status, taker.Size));
        Assert.Equal([OrderStatus.Canceled], _rig.Updates(taker.OrderId));
        Assert.False(_rig.IsLive(Bob, taker));
    }

    [Fact]
    public void A_post_only_order_that_would_match_is_refused_with_the_best_bid_and_offer()
    {
        _rig.Sell(Alice, 60_000, 10);
        _rig.Buy(Alice, 59_990, 10);
        ExchangeEvent reply = _rig.Buy(Bob, 60_000, 10, TimeInForce.Alo);
        Assert.Equal((OrderStatus.BadAloPxRejected, 599_900L, 600_000L), (reply.Status, reply.Price, reply.Amount));
        Assert.Equal(OrderStatus.Open, _rig.Buy(Bob, 59_999, 10, TimeInForce.Alo).Status);
    }

    [Fact]
    public void Of_two_orders_of_one_account_that_meet_the_resting_one_is_cancelled()
    {
        ExchangeEvent resting = _rig.Sell(Alice, 60_000, 10);
        ExchangeEvent taker = _rig.Buy(Alice, 60_000, 10);
        Assert.Equal([OrderStatus.SelfTradeCanceled], _rig.Updates(resting.OrderId));
        Assert.Equal(OrderStatus.Open, taker.Status);
    }

    [Theory]
    [InlineData(TimeInForce.Ioc)]
    [InlineData(TimeInForce.FrontendMarket)]
    public void An_ioc_order_that_meets_only_its_own_account_is_refused_in_the_answer_and_in_the_update(TimeInForce tif)
    {
        ExchangeEvent resting = _rig.Sell(Alice, 60_000, 10);
        ExchangeEvent taker = _rig.Buy(Alice, 60_000, 10, tif);
        Assert.Equal(OrderStatus.IocCancelRejected, taker.Status);
        Assert.Equal([OrderStatus.IocCancelRejected], _rig.Updates(taker.OrderId));
        Assert.Equal([OrderStatus.SelfTradeCanceled], _rig.Updates(resting.OrderId));
    }

    [Fact]
    public void Ticks_lots_minimum_and_band_are_checked_at_the_door()
    {
        OrderRequest good = Order(OrderSide.Buy, 60_000, 10);
        Assert.Equal(OrderStatus.TickRejected, _rig.Place(Alice, good with { Price = 600_001 }).Status);
        Assert.Equal(OrderStatus.Open, _rig.Place(Alice, good with { Price = 599_990 }).Status);
        Assert.Equal(OrderStatus.SizeRejected, _rig.Place(Alice, good with { Size = 0 }).Status);
        Assert.Equal(OrderStatus.SizeRejected, _rig.Place(Alice, good with { Size = long.MaxValue }).Status);
        Assert.Equal(OrderStatus.MinTradeNtlRejected, _rig.Place(Alice, good with { Size = 16 }).Status);
        Assert.Equal(OrderStatus.Open, _rig.Place(Alice, good with { Size = 17 }).Status);
        Assert.Equal(OrderStatus.OracleRejected, _rig.Buy(Alice, 11_999, 10).Status);
        Assert.Equal(OrderStatus.Open, _rig.Buy(Alice, 12_000, 10).Status);
        Assert.Equal(OrderStatus.UnknownAssetRejected, _rig.Place(Alice, good with { Symbol = 3 }).Status);
        Assert.Equal(OrderStatus.UnknownAccount, _rig.Place(99, good).Status);
    }

    [Fact]
    public void A_client_order_id_is_unique_among_live_orders_of_one_account()
    {
        OrderRequest order = Order(OrderSide.Buy, 59_000, 10, cloid: 5);
        _rig.Place(Alice, order);
        Assert.Equal(OrderStatus.DuplicateCloidRejected, _rig.Place(Alice, order).Status);
        Assert.Equal(OrderStatus.Open, _rig.Place(Bob, order).Status);
        _rig.Send(ExchangeCommand.Cancel(Alice, new[] { new OrderTarget(0, 5) }));
        Assert.Equal(OrderStatus.Open, _rig.Place(Alice, order).Status);
    }

    [Fact]
    public void A_cancel_of_what_is_not_there_or_not_mine_says_so_and_the_batch_goes_on()
    {
        ExchangeEvent mine = _rig.Buy(Alice, 59_000, 10);
        ExchangeEvent other = _rig.Buy(Bob, 59_000, 10);
        OrderTarget[] targets = [new(other.OrderId), new(123), new(mine.OrderId), new(mine.OrderId)];
        OrderStatus[] replies =
        [
            .. _rig.Send(ExchangeCommand.Cancel(Alice, targets)).Where(e => e.Kind == EventKind.Reply).Select(e => e.Status),
        ];
        Assert.Equal([OrderStatus.UnknownOrder, OrderStatus.UnknownOrder, OrderStatus.None, OrderStatus.UnknownOrder], replies);
        Assert.True(_rig.IsLive(Bob, other));
    }

    [Fact]
    public void Modify_is_cancel_and_place_under_a_new_id_and_a_wrong_replacement_leaves_the_old_order()
    {
        ExchangeEvent old = _rig.Place(Alice, Order(OrderSide.Buy, 59_000, 10, cloid: 9));
        ModifyRequest wrong = new(new OrderTarget(old.OrderId), Order(OrderSide.Buy, 59_000, 0));
        _rig.Send(ExchangeCommand.Modify(Alice, new[] { wrong }));
        Assert.True(_rig.IsLive(Alice, old));

        ModifyRequest right = new(new OrderTarget(0, 9), Order(OrderSide.Buy, 59_100, 20, cloid: 9));
        ExchangeEvent reply = _rig.Send(ExchangeCommand.Modify(Alice, new[] { right })).Single(e => e.Kind == EventKind.Reply);
        Assert.False(_rig.IsLive(Alice, old));
        Assert.True(reply.OrderId > old.OrderId && _rig.IsLive(Alice, reply));
        reply = _rig.Send(ExchangeCommand.Modify(Alice, new[] { right with { Target = new(1) } }))
            .Single(e => e.Kind == EventKind.Reply);
        Assert.Equal(OrderStatus.UnknownOrder, reply.Status);
    }

    [Fact]
    public void A_reduce_only_order_never_turns_a_position_and_goes_when_it_is_closed()
    {
        Assert.Equal(OrderStatus.ReduceOnlyRejected, _rig.Place(Bob, Order(OrderSide.Sell, 60_000, 10, reduceOnly: true)).Status);
        _rig.Sell(Alice, 60_000, 10);
        _rig.Buy(Bob, 60_000, 10);
        ExchangeEvent first = _rig.Place(Bob, Order(OrderSide.Sell, 60_100, 30, reduceOnly: true));
        ExchangeEvent second = _rig.Place(Bob, Order(OrderSide.Sell, 60_200, 10, reduceOnly: true));
        _rig.Buy(Carol, 60_100, 30);
        Assert.Equal(0, _rig.Held(Bob));
        Assert.Equal(10, _rig.Held(Carol));
        Assert.False(_rig.IsLive(Bob, first));
        Assert.Equal([OrderStatus.ReduceOnlyCanceled], _rig.Updates(second.OrderId));
    }

    [Fact]
    public void A_scheduled_cancel_fires_at_its_moment_and_not_before_and_five_seconds_ahead_at_least()
    {
        ExchangeEvent order = _rig.Buy(Alice, 59_000, 10);
        Assert.Equal(OrderStatus.ScheduleTooSoon, _rig.Send(ExchangeCommand.ScheduleCancel(Alice, _rig.NowMs + 4_999))[0].Status);
        ExchangeEvent timer = _rig.Send(ExchangeCommand.ScheduleCancel(Alice, _rig.NowMs + 5_000))
            .Single(e => e.Kind == EventKind.SetTimer);
        Assert.Equal(_rig.NowMs - StartMs + 5_000, timer.Amount);
        _rig.Wait(4_999);
        Assert.True(_rig.IsLive(Alice, order));
        _rig.Wait(1);
        Assert.Equal([OrderStatus.ScheduledCancel], _rig.Updates(order.OrderId));
        Assert.Equal(0, _rig.Core.Account(Alice).ScheduledCancelMs);
    }

    [Fact]
    public void Ten_scheduled_cancels_fire_a_day()
    {
        for (int i = 0; i < 10; i++)
        {
            _rig.Send(ExchangeCommand.ScheduleCancel(Alice, _rig.NowMs + 5_000));
            _rig.Wait(5_000);
        }

        Assert.Equal(OrderStatus.ScheduleLimit, _rig.Send(ExchangeCommand.ScheduleCancel(Alice, _rig.NowMs + 5_000))[0].Status);
        _rig.Wait(86_400_000);
        Assert.Equal(OrderStatus.None, _rig.Send(ExchangeCommand.ScheduleCancel(Alice, _rig.NowMs + 5_000))[0].Status);
    }

    [Fact]
    public void Actions_run_out_and_then_drip_one_in_ten_seconds_while_cancels_go_on()
    {
        Rig rig = new(Markets.Settings with { RequestsBase = 3 });
        ExchangeEvent order = rig.Buy(Alice, 59_000, 10);
        rig.Buy(Alice, 59_000, 10);
        rig.Buy(Alice, 59_000, 10);
        Assert.Equal(OrderStatus.Open, rig.Buy(Alice, 59_000, 10).Status);
        Assert.Equal(OrderStatus.TooManyRequests, rig.Buy(Alice, 59_000, 10).Status);
        Assert.Equal(
            OrderStatus.None,
            rig.Send(ExchangeCommand.Cancel(Alice, new[] { new OrderTarget(order.OrderId) }))[1].Status
        );
        rig.Wait(10_000);
        Assert.Equal(OrderStatus.Open, rig.Buy(Alice, 59_000, 10).Status);
    }

    [Fact]
    public void Request_weight_refills_evenly_and_a_batch_weighs_one_more_for_every_forty()
    {
        WeightBudget budget = new(1_200, nowMs: 1_000);
        Assert.True(budget.TryTake(1_200, 1_000));
        Assert.False(budget.TryTake(1, 1_049));
        Assert.True(budget.TryTake(1, 1_050));
        Assert.False(budget.TryTake(21, 2_050));
        Assert.True(budget.TryTake(20, 2_050));
        Assert.True(budget.TryTake(1_200, 200_000));
        Assert.False(budget.TryTake(1, 100_000));
        Assert.Equal([1, 1, 2, 3], new[] { 1, 39, 40, 80 }.Select(WeightBudget.OfAction));
    }

    [Fact]
    public void From_a_thousand_open_orders_on_reduce_only_and_trigger_orders_are_refused_and_more_need_volume()
    {
        Rig rig = new(Markets.Settings with { OpenOrdersBase = 3 });
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(OrderStatus.Open, rig.Buy(Alice, 59_000, 10).Status);
        }

        Assert.Equal(OrderStatus.TooManyOpenOrdersRejected, rig.Buy(Alice, 59_000, 10).Status);
    }
}
