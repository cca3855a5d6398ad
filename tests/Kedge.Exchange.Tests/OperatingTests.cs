using Kedge.Exchange.Core;
using static Kedge.Exchange.Tests.Rig;

namespace Kedge.Exchange.Tests;

/// <summary>What the operator of the exchange can do: to instruments, accounts and orders.</summary>
public sealed class OperatingTests
{
    private readonly Rig _rig = new();

    [Fact]
    public void A_delisted_instrument_is_settled_at_the_mark_and_refuses_orders_from_then_on()
    {
        Open(1_000);
        ExchangeEvent resting = _rig.Buy(Carol, 59_000, 10);
        ExchangeEvent stop = _rig.Place(Alice, Trigger(OrderSide.Sell, TriggerKind.StopLoss, 58_000, 1_000));
        _rig.Mark(61_000);
        _rig.Send(ExchangeCommand.Delist(Btc, request: 9));
        Assert.Equal([OrderStatus.DelistedCanceled], _rig.Updates(resting.OrderId));
        Assert.Equal([OrderStatus.DelistedCanceled], _rig.Updates(stop.OrderId));
        // 1 BTC bought at 60,000 and settled at 61,000 without a fee.
        ExchangeEvent fill = _rig.Events.Single(e => e is { Kind: EventKind.Fill, Account: Alice });
        Assert.Equal(
            (FillCause.Settlement, 610_000L, Markets.OneBtc, 1_000 * Bounds.Usd, 0L, 0L, false),
            (fill.Cause, fill.Price, fill.Size, fill.ClosedPnl, fill.Fee, fill.OrderId, fill.Flag)
        );
        Assert.Equal((0L, 0L, 0L), (_rig.Held(Alice), _rig.Held(Bob), _rig.Held(0)));
        // 60,000 × 0.045 % = 27 was the fee of the opening trade.
        Assert.Equal((100_000 + 1_000 - 27) * Bounds.Usd, _rig.Core.Account(Alice).TotalValue);
        Assert.Equal(OrderStatus.None, _rig.Events.Single(e => e is { Kind: EventKind.Reply, Request: 9 }).Status);
        Assert.Contains(_rig.Events, e => e is { Kind: EventKind.InstrumentChanged, Symbol: Btc, Flag: true, Size: 5 });
        Assert.True(_rig.Core.IsDelisted(Btc));
        Assert.Equal(OrderStatus.DelistedRejected, _rig.Buy(Alice, 60_000, 10).Status);
        Assert.Equal("Asset is delisted.", OrderStatusText.Error(OrderStatus.DelistedRejected));
        Assert.Equal("delistedCanceled", OrderStatusText.Wire(OrderStatus.DelistedCanceled));
        Assert.Equal(OrderStatus.DelistedRejected, _rig.Send(ExchangeCommand.Delist(Btc))[^1].Status);
        Assert.False(_rig.Core.IsDelisted(Markets.Eth));
    }

    [Fact]
    public void An_isolated_position_gets_back_what_its_margin_is_worth_when_it_is_delisted()
    {
        Rig rig = new(deposit: 6_100);
        rig.Send(ExchangeCommand.Transfer(0, Bob, 1_000_000 * Bounds.Usd));
        rig.Send(ExchangeCommand.UpdateLeverage(Alice, Btc, 10, isCross: false));
        rig.Sell(Bob, 60_000, 1_000);
        rig.Buy(Alice, 60_000, 1_000);
        // Margin 6,000 of 60,000. At 54,700 it is worth 700, just above maintenance 54,700 / 80 = 683.75.
        rig.Mark(54_700);
        rig.Send(ExchangeCommand.Delist(Btc));
        // 6,100 − 27 − 5,300.
        Assert.Equal(773 * Bounds.Usd, rig.Core.Account(Alice).TotalValue);
        Assert.Equal(0, rig.Core.Totals.BadDebt);
    }

    [Fact]
    public void A_coarser_lot_cancels_orders_refuses_odd_sizes_and_lets_odd_positions_be_closed_in_full()
    {
        // 0.01234 BTC, then sizes of two decimals: steps of 0.01 BTC = 1,000 lots.
        _rig.Place(Bob, new OrderRequest(Btc, OrderSide.Sell, 600_000, 1_234));
        _rig.Place(Alice, new OrderRequest(Btc, OrderSide.Buy, 600_000, 1_234));
        ExchangeEvent resting = _rig.Buy(Carol, 59_000, 10);
        _rig.Send(ExchangeCommand.ChangeLotSize(Btc, 2));
        Assert.Equal([OrderStatus.Canceled], _rig.Updates(resting.OrderId));
        Assert.Equal(2, _rig.Core.SizeDecimals(Btc));
        Assert.Equal(1_234, _rig.Core.Position(Alice, Btc).Size);
        OrderRequest odd = new(Btc, OrderSide.Sell, 600_000, 1_234);
        Assert.Equal(OrderStatus.SizeRejected, _rig.Place(Alice, odd).Status);
        Assert.Equal(OrderStatus.SizeRejected, _rig.Place(Alice, odd with { ReduceOnly = true, Size = 1_233 }).Status);
        Assert.Equal(OrderStatus.SizeRejected, _rig.Place(Carol, odd with { Size = 1_500 }).Status);
        Assert.Equal(OrderStatus.Open, _rig.Place(Carol, new OrderRequest(Btc, OrderSide.Buy, 600_000, 2_000)).Status);
        Assert.Equal(OrderStatus.Filled, _rig.Place(Alice, odd with { ReduceOnly = true }).Status);
        Assert.Equal(0, _rig.Core.Position(Alice, Btc).Size);
        // Carol's other side is 766 lots, in the book as they were.
        Assert.Equal(766, _rig.Core.OpenOrders(Carol).Single().Remaining);
        ExchangeCore restored = ExchangeCore.Restore(Markets.Settings, _rig.Core.Save());
        Assert.Equal(2, restored.SizeDecimals(Btc));
        Assert.Equal(OrderStatus.BadAmount, _rig.Send(ExchangeCommand.ChangeLotSize(Btc, 6))[^1].Status);
        Assert.Equal(OrderStatus.None, _rig.Send(ExchangeCommand.ChangeLotSize(Btc, 5))[^1].Status);
        Assert.Equal(OrderStatus.Open, _rig.Place(Carol, new OrderRequest(Btc, OrderSide.Buy, 599_000, 1_001)).Status);
    }

    [Fact]
    public void The_houses_quotes_follow_a_coarser_lot()
    {
        _rig.Send(ExchangeCommand.ChangeLotSize(Btc, 2));
        _rig.Place(0, new OrderRequest(Btc, OrderSide.Buy, 599_000, 2_345));
        BookLevel[] levels = new BookLevel[1];
        Assert.Equal(1, _rig.Core.Depth(Btc, OrderSide.Buy, levels));
        Assert.Equal(2_000, levels[0].Size);
        Assert.Equal(OrderStatus.SizeRejected, _rig.Place(0, new OrderRequest(Btc, OrderSide.Buy, 599_000, 999)).Status);
    }

    [Fact]
    public void Deleveraging_closes_against_the_house_at_the_mark_and_takes_nothing()
    {
        Open(1_000);
        ExchangeEvent stop = _rig.PlaceMany(
            Alice,
            OrderGrouping.PositionTpsl,
            Trigger(OrderSide.Sell, TriggerKind.StopLoss, 58_000, 0)
        )[0];
        _rig.Mark(62_000);
        long before = _rig.Core.Account(Alice).TotalValue;
        _rig.Send(ExchangeCommand.Deleverage(Alice, Btc, 40_000));
        ExchangeEvent fill = _rig.Events.Single(e => e is { Kind: EventKind.Fill, Account: Alice });
        // 0.4 BTC × 2,000 USD.
        Assert.Equal(
            (FillCause.Deleveraging, OrderSide.Sell, 620_000L, 40_000L, 800 * Bounds.Usd, 0L),
            (fill.Cause, fill.Side, fill.Price, fill.Size, fill.ClosedPnl, fill.Fee)
        );
        Assert.Equal((600L, 400L, before), (_rig.Held(Alice), _rig.Held(0), _rig.Core.Account(Alice).TotalValue));
        Assert.True(_rig.IsLive(Alice, stop));
        _rig.Send(ExchangeCommand.Deleverage(Alice, Btc, 0));
        Assert.Equal((0L, 1_000L), (_rig.Held(Alice), _rig.Held(0)));
        Assert.False(_rig.IsLive(Alice, stop));
        Assert.Equal(OrderStatus.BadAmount, _rig.Send(ExchangeCommand.Deleverage(Alice, Btc, 0))[^1].Status);
        Assert.Equal(OrderStatus.BadAmount, _rig.Send(ExchangeCommand.Deleverage(Bob, Btc, -1))[^1].Status);
        Assert.Equal(OrderStatus.UnknownAssetRejected, _rig.Send(ExchangeCommand.Deleverage(Bob, 3, 0))[^1].Status);
    }

    [Fact]
    public void A_sound_account_can_be_liquidated_into_the_book_and_keeps_what_is_left()
    {
        Open(3_000);
        _rig.Buy(Carol, 59_900, 2_000);
        ExchangeEvent resting = _rig.Buy(Alice, 50_000, 10);
        _rig.Send(ExchangeCommand.Liquidate(Alice));
        Assert.False(_rig.IsLive(Alice, resting));
        Assert.Contains(_rig.Events, e => e is { Kind: EventKind.Liquidation, Account: Alice, Flag: false });
        ExchangeEvent fill = _rig.Events.Single(e => e is { Kind: EventKind.Fill, Account: Alice });
        Assert.Equal((FillCause.Liquidation, true, 599_000L), (fill.Cause, fill.Flag, fill.Price));
        // The book took 2 of 3. 100,000 − 81 fee − 200 lost − 119,800 × 0.045 % fee − 1 BTC × 0 at the mark.
        Assert.Equal(1_000, _rig.Held(Alice));
        Assert.Equal((100_000 * Bounds.Usd) - 81_000_000 - 200_000_000 - 53_910_000, _rig.Core.Account(Alice).TotalValue);
        Assert.Equal(OrderStatus.BadAmount, _rig.Send(ExchangeCommand.Liquidate(ExchangeCore.House))[^1].Status);
        Assert.Equal(OrderStatus.UnknownAccount, _rig.Send(ExchangeCommand.Liquidate(99))[^1].Status);
    }

    [Fact]
    public void A_resting_order_is_filled_in_part_and_its_rest_cancelled()
    {
        ExchangeEvent order = _rig.Buy(Alice, 59_000, 1_000);
        _rig.Send(ExchangeCommand.FillThenCancel(Alice, order.OrderId, 30_000));
        // 0.3 BTC × 59,000 × 0.015 % = 2.655 USD.
        ExchangeEvent fill = _rig.Events.Single(e => e is { Kind: EventKind.Fill, Account: Alice });
        Assert.Equal((590_000L, 30_000L, 2_655_000L, false), (fill.Price, fill.Size, fill.Fee, fill.IsTaker));
        Assert.Equal([OrderStatus.Open, OrderStatus.Canceled], _rig.Updates(order.OrderId));
        Assert.Equal((300L, -300L), (_rig.Held(Alice), _rig.Held(0)));
        _rig.Send(ExchangeCommand.FillThenCancel(Alice, order.OrderId, 30_000));
        Assert.Equal(OrderStatus.UnknownOrder, _rig.Events.Single().Status);

        ExchangeEvent half = _rig.Buy(Alice, 59_000, 1_000);
        _rig.Send(ExchangeCommand.FillThenCancel(Alice, half.OrderId, 0));
        Assert.Equal(800, _rig.Held(Alice));
        ExchangeEvent stop = _rig.Place(Alice, Trigger(OrderSide.Sell, TriggerKind.StopLoss, 58_000, 100));
        _rig.Send(ExchangeCommand.FillThenCancel(Alice, stop.OrderId, 0));
        Assert.Equal(OrderStatus.UnknownOrder, _rig.Events.Single().Status);
        Assert.Equal(OrderStatus.UnknownOrder, _rig.Send(ExchangeCommand.FillThenCancel(Bob, stop.OrderId, 0))[^1].Status);
    }

    [Fact]
    public void A_fill_that_margin_forbids_ends_the_order_by_margin()
    {
        ExchangeEvent first = _rig.Buy(Alice, 60_000, 30_000);
        ExchangeEvent second = _rig.Buy(Alice, 60_000, 30_000);
        _rig.Send(ExchangeCommand.FillThenCancel(Alice, first.OrderId, 2_900_000));
        _rig.Send(ExchangeCommand.FillThenCancel(Alice, second.OrderId, 2_900_000));
        Assert.Equal([OrderStatus.MarginCanceled], _rig.Updates(second.OrderId));
        Assert.Equal(29_000, _rig.Held(Alice));
    }

    /// <summary>Alice buys from Bob at 60,000.</summary>
    private void Open(long milli)
    {
        _rig.Sell(Bob, 60_000, milli);
        Assert.Equal(OrderStatus.Filled, _rig.Buy(Alice, 60_000, milli).Status);
    }
}
