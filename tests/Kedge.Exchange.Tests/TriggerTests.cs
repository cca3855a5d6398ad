using Kedge.Exchange.Core;
using static Kedge.Exchange.Tests.Rig;

namespace Kedge.Exchange.Tests;

/// <summary>One test a rule of trigger orders and their groups.</summary>
public sealed class TriggerTests
{
    private readonly Rig _rig = new();

    [Fact]
    public void A_stop_loss_fires_when_the_mark_reaches_it_and_sells_to_the_book()
    {
        Long(Alice, 10);
        ExchangeEvent stop = _rig.Place(Alice, Trigger(OrderSide.Sell, TriggerKind.StopLoss, 59_000, 10));
        Assert.Equal(OrderStatus.WaitingForTrigger, stop.Status);
        _rig.Buy(Carol, 58_000, 50);
        _rig.Mark(59_001);
        Assert.True(_rig.IsLive(Alice, stop));
        _rig.Mark(59_000);
        Assert.Equal([OrderStatus.Triggered, OrderStatus.Filled], _rig.Updates(stop.OrderId));
        Assert.Equal(0, _rig.Held(Alice));
    }

    [Fact]
    public void A_trigger_price_already_reached_is_refused()
    {
        Assert.Equal(
            OrderStatus.BadTriggerPxRejected,
            _rig.Place(Alice, Trigger(OrderSide.Sell, TriggerKind.StopLoss, 60_000, 10)).Status
        );
        Assert.Equal(
            OrderStatus.BadTriggerPxRejected,
            _rig.Place(Alice, Trigger(OrderSide.Sell, TriggerKind.TakeProfit, 59_000, 10)).Status
        );
    }

    [Fact]
    public void A_triggered_market_order_trades_at_most_ten_percent_from_the_mark()
    {
        Long(Alice, 10);
        ExchangeEvent stop = _rig.Place(
            Alice,
            Trigger(OrderSide.Sell, TriggerKind.StopLoss, 59_000, 10) with
            {
                Price = 200_000,
            }
        );
        _rig.Buy(Carol, 53_000, 50);
        _rig.Mark(59_000);
        Assert.Equal([OrderStatus.Triggered, OrderStatus.Canceled], _rig.Updates(stop.OrderId));
        Assert.Equal(10, _rig.Held(Alice));
    }

    [Fact]
    public void A_reduce_only_trigger_without_a_position_is_cancelled_when_it_fires()
    {
        ExchangeEvent stop = _rig.Place(Alice, Trigger(OrderSide.Sell, TriggerKind.StopLoss, 59_000, 10));
        _rig.Mark(59_000);
        Assert.Equal([OrderStatus.Triggered, OrderStatus.ReduceOnlyCanceled], _rig.Updates(stop.OrderId));
    }

    [Fact]
    public void Children_wait_for_their_parent_and_one_filling_cancels_the_other()
    {
        List<ExchangeEvent> replies = _rig.PlaceMany(
            Alice,
            OrderGrouping.NormalTpsl,
            Order(OrderSide.Buy, 60_000, 10),
            Trigger(OrderSide.Sell, TriggerKind.TakeProfit, 61_000, 10),
            Trigger(OrderSide.Sell, TriggerKind.StopLoss, 59_000, 10)
        );
        Assert.Equal(
            [OrderStatus.Open, OrderStatus.WaitingForFill, OrderStatus.WaitingForFill],
            replies.Select(reply => reply.Status)
        );
        _rig.Sell(Bob, 60_000, 10);
        Assert.Equal([OrderStatus.WaitingForTrigger], _rig.Updates(replies[1].OrderId));
        _rig.Buy(Carol, 60_900, 10);
        _rig.Mark(61_000);
        Assert.Equal([OrderStatus.Triggered, OrderStatus.Filled], _rig.Updates(replies[1].OrderId));
        Assert.Equal([OrderStatus.SiblingFilledCanceled], _rig.Updates(replies[2].OrderId));
        Assert.Equal(0, _rig.Core.Account(Alice).OpenOrders);
    }

    [Fact]
    public void Children_go_with_a_cancelled_parent()
    {
        List<ExchangeEvent> replies = _rig.PlaceMany(
            Alice,
            OrderGrouping.NormalTpsl,
            Order(OrderSide.Buy, 60_000, 10),
            Trigger(OrderSide.Sell, TriggerKind.StopLoss, 59_000, 10)
        );
        _rig.Send(ExchangeCommand.Cancel(Alice, new[] { new OrderTarget(replies[0].OrderId) }));
        Assert.Equal([OrderStatus.Canceled], _rig.Updates(replies[1].OrderId));
    }

    [Fact]
    public void Position_orders_fire_for_the_whole_position_and_end_with_it()
    {
        Long(Alice, 10);
        OrderRequest stop = Trigger(OrderSide.Sell, TriggerKind.StopLoss, 59_000, 0);
        ExchangeEvent first = _rig.PlaceMany(Alice, OrderGrouping.PositionTpsl, stop)[0];
        Long(Alice, 20);
        _rig.Buy(Carol, 58_900, 100);
        _rig.Mark(59_000);
        Assert.Equal([OrderStatus.Triggered, OrderStatus.Filled], _rig.Updates(first.OrderId));
        Assert.Equal(0, _rig.Held(Alice));

        _rig.Mark(60_000);
        Long(Alice, 10);
        ExchangeEvent second = _rig.PlaceMany(Alice, OrderGrouping.PositionTpsl, stop)[0];
        _rig.Buy(Carol, 60_000, 10);
        _rig.Sell(Alice, 60_000, 10);
        Assert.Equal([OrderStatus.ReduceOnlyCanceled], _rig.Updates(second.OrderId));
    }

    private void Long(int account, long milli)
    {
        _rig.Sell(Bob, 60_000, milli);
        Assert.Equal(OrderStatus.Filled, _rig.Buy(account, 60_000, milli, TimeInForce.Ioc).Status);
    }
}
