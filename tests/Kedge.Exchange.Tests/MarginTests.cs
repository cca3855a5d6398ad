using Kedge.Exchange.Core;
using static Kedge.Exchange.Tests.Rig;

namespace Kedge.Exchange.Tests;

/// <summary>One test a rule of money. Numbers are worked out by hand in the comments.</summary>
public sealed class MarginTests
{
    private readonly Rig _rig = new();

    [Fact]
    public void Fees_are_a_part_of_notional_rounded_up_and_go_to_the_house()
    {
        Open(10);
        // 0.01 BTC at 60,000 = 600 USD: taker 0.045 % = 0.27 USD, maker 0.015 % = 0.09 USD.
        Assert.Equal(270_000, _rig.Events.Single(e => e is { Kind: EventKind.Fill, IsTaker: true }).Fee);
        Assert.Equal(90_000, _rig.Events.Single(e => e is { Kind: EventKind.Fill, IsTaker: false }).Fee);
        Assert.Equal(360_000, _rig.Core.Totals.Fees);
        Assert.Equal((100_000 * Bounds.Usd) - 270_000, _rig.Core.Account(Alice).TotalValue);
        // 17 lots × 600,000 ticks = 10.2 USD: taker 4,590 micro-USD. At 600,010 ticks 4,590.0765, rounded up.
        _rig.Place(Bob, new OrderRequest(Btc, OrderSide.Sell, 600_010, 17));
        _rig.Place(Alice, new OrderRequest(Btc, OrderSide.Buy, 600_010, 17));
        Assert.Equal(4_591, _rig.Events.Single(e => e is { Kind: EventKind.Fill, IsTaker: true }).Fee);
    }

    [Fact]
    public void Leverage_bounds_what_can_be_opened_and_reducing_needs_no_margin()
    {
        // 100,000 USD at 20× carries 2,000,000 USD = 33.33 BTC, a little less for the fee.
        Assert.Equal(OrderStatus.PerpMarginRejected, _rig.Buy(Alice, 60_000, 33_334).Status);
        Assert.Equal(OrderStatus.Open, _rig.Buy(Alice, 60_000, 33_000).Status);
        _rig.Send(ExchangeCommand.UpdateLeverage(Bob, Btc, 40, isCross: true));
        Assert.Equal(OrderStatus.Filled, _rig.Sell(Bob, 60_000, 33_000).Status);
        // Short 33 BTC at 61,500: value 100,000 − 891 − 49,500 ≈ 49,600 < 50,737 initial at 40×, above half of it.
        _rig.Mark(61_500);
        Assert.Equal(OrderStatus.PerpMarginRejected, _rig.Sell(Bob, 61_500, 10).Status);
        Assert.Equal(OrderStatus.Open, _rig.Buy(Bob, 60_000, 100).Status);
    }

    [Fact]
    public void Settings_of_leverage_are_checked()
    {
        Assert.Equal(OrderStatus.BadLeverage, Leverage(41, true));
        Assert.Equal(OrderStatus.BadLeverage, Leverage(0, true));
        Open(1_000);
        Assert.Equal(OrderStatus.BadMarginMode, Leverage(20, false));
        Assert.Equal(OrderStatus.None, Leverage(1, true));
        Open(500);
        Assert.Equal(OrderStatus.InsufficientFunds, Leverage(1, true, Bob, 2_000));
        ExchangeEvent pepe = _rig.Send(ExchangeCommand.UpdateLeverage(Alice, Markets.Pepe, 5, isCross: true))[0];
        Assert.Equal(OrderStatus.BadMarginMode, pepe.Status);
    }

    [Fact]
    public void Margin_tiers_are_a_tax_table()
    {
        MarginTable table = new(new MarginTier(0, 40), new MarginTier(150_000_000 * Bounds.Usd, 20));
        Assert.Equal(1_875_000 * Bounds.Usd, table.Maintenance(150_000_000 * Bounds.Usd));
        // 200M × 2.5 % − deduction 150M × 1.25 % = 3.125M.
        Assert.Equal(3_125_000 * Bounds.Usd, table.Maintenance(200_000_000 * Bounds.Usd));
        Assert.Equal(1, table.Maintenance(1));
        Assert.Equal(40, table.MaxLeverageAt(150_000_000 * Bounds.Usd));
        Assert.Equal(20, table.MaxLeverageAt((150_000_000 * Bounds.Usd) + 1));
    }

    [Fact]
    public void An_isolated_position_risks_its_own_margin_and_gives_it_back_when_closed()
    {
        _rig.Send(ExchangeCommand.UpdateLeverage(Alice, Btc, 10, isCross: false));
        Open(1_000);
        PositionView position = _rig.Core.Position(Alice, Btc);
        Assert.True(position.IsIsolated);
        Assert.Equal(6_000 * Bounds.Usd, position.MarginUsed);
        // 60,000 × 0.045 % = 27 USD came out of the cross account.
        Assert.Equal((94_000 - 27) * Bounds.Usd, _rig.Core.Account(Alice).CrossValue);
        Assert.Equal(OrderStatus.None, _rig.Send(ExchangeCommand.UpdateIsolatedMargin(Alice, Btc, 1_000 * Bounds.Usd))[0].Status);
        Assert.Equal(
            OrderStatus.InsufficientFunds,
            _rig.Send(ExchangeCommand.UpdateIsolatedMargin(Alice, Btc, -1_001 * Bounds.Usd))[0].Status
        );
        _rig.Buy(Carol, 60_000, 1_000);
        _rig.Sell(Alice, 60_000, 400, TimeInForce.Ioc);
        // Four tenths of 7,000 come back, less the fee of 24,000 × 0.045 % = 10.8.
        Assert.Equal(4_200 * Bounds.Usd, _rig.Core.Position(Alice, Btc).MarginUsed);
        _rig.Sell(Alice, 60_000, 600, TimeInForce.Ioc);
        Assert.Equal((100_000 - 54) * Bounds.Usd, _rig.Core.Account(Alice).CrossValue);
    }

    [Fact]
    public void Funding_is_paid_on_the_hour_at_the_oracle_and_longs_pay_when_it_is_positive()
    {
        Open(1_000);
        _rig.Send(ExchangeCommand.SetPrice(Btc, 600_000, 610_000));
        _rig.Send(ExchangeCommand.SetFundingRate(Btc, 125_000));
        long toHour = 3_600_000 - (_rig.NowMs % 3_600_000);
        _rig.Wait(toHour - 1);
        Assert.DoesNotContain(_rig.Events, e => e.Kind == EventKind.Funding);
        _rig.Wait(1);
        // 61,000 × 0.0000125 = 0.7625 USD.
        Assert.Equal(-762_500, _rig.Events.Single(e => e is { Kind: EventKind.Funding, Account: Alice }).Amount);
        Assert.Equal(762_500, _rig.Events.Single(e => e is { Kind: EventKind.Funding, Account: Bob }).Amount);
        Assert.Equal(0, _rig.Core.Totals.Funding);
        _rig.Wait(2 * 3_600_000);
        Assert.Equal(2, _rig.Events.Count(e => e is { Kind: EventKind.Funding, Account: Alice }));
    }

    [Fact]
    public void Below_maintenance_the_position_is_sold_to_the_book_and_the_rest_is_kept()
    {
        Rig rig = new(deposit: 3_100);
        Fund(rig, Bob);
        rig.Sell(Bob, 60_000, 1_000);
        rig.Buy(Alice, 60_000, 1_000);
        Fund(rig, Carol);
        rig.Buy(Carol, 57_600, 2_000);
        ExchangeEvent resting = rig.Buy(Alice, 50_000, 10);
        // Value 3,100 − 27 − 2,350 = 723; maintenance 57,650 / 80 = 720.6.
        rig.Mark(57_650);
        Assert.Equal(1_000, rig.Held(Alice));
        rig.Mark(57_640);
        Assert.Equal(0, rig.Held(Alice));
        Assert.False(rig.IsLive(Alice, resting));
        Assert.Contains(rig.Events, e => e is { Kind: EventKind.Liquidation, Account: Alice, Flag: false });
        // Sold at 57,600: 3,100 − 27 − 2,400 − fee 25.92.
        Assert.Equal(647_080_000, rig.Core.Account(Alice).TotalValue);
    }

    [Fact]
    public void A_large_position_is_sold_in_two_steps_thirty_seconds_apart()
    {
        Rig rig = new(deposit: 10_000);
        Fund(rig, Bob);
        Fund(rig, Carol);
        rig.Sell(Bob, 60_000, 3_000);
        rig.Buy(Alice, 60_000, 3_000);
        rig.Buy(Carol, 57_300, 5_000);
        // Value 10,000 − 81 − 8,250 = 1,669 < 171,750 / 80 = 2,147, above two thirds of it. A fifth less needs 1,717: still too much.
        rig.Mark(57_250);
        Assert.Equal(2_400, rig.Held(Alice));
        rig.Mark(57_251);
        rig.Wait(29_999);
        Assert.Equal(2_400, rig.Held(Alice));
        rig.Wait(1);
        Assert.Equal(0, rig.Held(Alice));
    }

    [Fact]
    public void Below_two_thirds_of_maintenance_the_house_takes_over_and_returns_nothing()
    {
        Rig rig = new(deposit: 3_100);
        Fund(rig, Bob);
        rig.Sell(Bob, 60_000, 1_000);
        rig.Buy(Alice, 60_000, 1_000);
        rig.Mark(57_300);
        Assert.Equal((0L, 1_000L), (rig.Held(Alice), rig.Held(0)));
        Assert.Contains(rig.Events, e => e is { Kind: EventKind.Liquidation, Account: Alice, Flag: true });
        Assert.Equal(0, rig.Core.Account(Alice).TotalValue);
        Assert.Equal((3_100 - 27 - 2_700) * Bounds.Usd, rig.Core.Totals.Backstop);
    }

    [Fact]
    public void A_gap_beyond_bankruptcy_is_the_houses_loss()
    {
        Rig rig = new(deposit: 3_100);
        Fund(rig, Bob);
        rig.Sell(Bob, 60_000, 1_000);
        rig.Buy(Alice, 60_000, 1_000);
        rig.Mark(50_000);
        Assert.Equal(0, rig.Core.Account(Alice).TotalValue);
        Assert.Equal((3_100 - 27 - 10_000) * Bounds.Usd, rig.Core.Totals.Backstop);
    }

    [Fact]
    public void What_a_close_far_from_the_mark_leaves_below_zero_the_house_covers()
    {
        Rig rig = new(deposit: 6_100);
        Fund(rig, Bob);
        Fund(rig, Carol);
        rig.Send(ExchangeCommand.UpdateLeverage(Alice, Btc, 10, isCross: false));
        rig.Sell(Bob, 60_000, 1_000);
        rig.Buy(Alice, 60_000, 1_000);
        rig.Buy(Carol, 40_000, 1_000);
        rig.Sell(Alice, 40_000, 1_000);
        // 6,100 − 27 − 20,000 − 18.
        Assert.Equal(13_945 * Bounds.Usd, rig.Events.Single(e => e.Kind == EventKind.BadDebt).Amount);
        Assert.Equal(0, rig.Core.Account(Alice).TotalValue);
        Assert.Equal(13_945 * Bounds.Usd, rig.Core.Totals.BadDebt);
    }

    [Theory]
    [InlineData(0, 125_000)] // no premium: interest alone, 0.01 % in eight hours
    [InlineData(5_000_000, 125_000)] // within the clamp the premium does not count
    [InlineData(46_000_000, 5_125_000)] // 0.46 %: (0.46 − 0.05) / 8
    [InlineData(-46_000_000, -5_125_000)]
    [InlineData(1L << 40, 400_000_000)] // the cap, 4 %
    public void The_hourly_rate_follows_from_the_premium(long premium, long rate) =>
        Assert.Equal(rate, FundingFormula.HourlyRate(premium));

    [Fact]
    public void A_premium_is_how_far_impact_prices_lie_beyond_the_oracle()
    {
        Assert.Equal(100_000_000, FundingFormula.Premium(606_000, 606_100, 600_000));
        Assert.Equal(-100_000_000, FundingFormula.Premium(593_900, 594_000, 600_000));
        Assert.Equal(0, FundingFormula.Premium(599_000, 601_000, 600_000));
    }

    [Fact]
    public void Money_leaves_only_down_to_initial_margin_and_a_tenth_of_notional()
    {
        Open(1_000);
        // 60,000 USD long: a tenth is 6,000; initial at 20× is 3,000. Value 100,000 − 27.
        Assert.Equal((100_000 - 27 - 6_000) * Bounds.Usd, _rig.Core.Account(Alice).Withdrawable);
        Assert.Equal(OrderStatus.InsufficientFunds, _rig.Send(ExchangeCommand.Transfer(Alice, 0, 93_974 * Bounds.Usd))[0].Status);
        Assert.Equal(EventKind.Transfer, _rig.Send(ExchangeCommand.Transfer(Alice, 0, 93_973 * Bounds.Usd))[0].Kind);
    }

    [Fact]
    public void What_passes_a_bound_is_refused_at_the_door()
    {
        Assert.Equal(OrderStatus.BadAmount, _rig.Send(ExchangeCommand.Transfer(0, Alice, Bounds.MoneyMax))[0].Status);
        Assert.Equal(OrderStatus.BadAmount, _rig.Send(ExchangeCommand.SetPrice(Btc, 10_000_001, 1))[0].Status);
        Assert.Equal(OrderStatus.BadAmount, _rig.Send(ExchangeCommand.SetFundingRate(Btc, Bounds.FundingRateMax + 1))[0].Status);
        Assert.Equal(OrderStatus.BadAmount, _rig.Send(ExchangeCommand.SetFees(Alice, 2, 1))[0].Status);
        Assert.Equal(OrderStatus.BadLeverage, Leverage(int.MaxValue, true));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new Instrument("X", 0, new MarginTable(new MarginTier(0, 1)), 1L << 40, 1L << 20)
        );
        // The largest position at the highest price, at the highest fee: nothing overflows.
        Assert.Equal(OrderStatus.None, _rig.Send(ExchangeCommand.Transfer(0, Alice, Bounds.MoneyMax / 2))[^1].Status);
        Assert.Equal(OrderStatus.None, _rig.Send(ExchangeCommand.UpdateLeverage(Alice, Btc, 1, isCross: true))[0].Status);
        _rig.Send(ExchangeCommand.SetFees(Alice, Bounds.FeeRateMax, Bounds.FeeRateMax));
        long most = Markets.Settings.Instruments[Btc].MaxOpenInterest;
        _rig.Send(ExchangeCommand.SetPrice(Btc, 10_000_000, 10_000_000));
        _rig.Place(0, new OrderRequest(Btc, OrderSide.Sell, 10_000_000, most));
        Assert.Equal(OrderStatus.Filled, _rig.Place(Alice, new OrderRequest(Btc, OrderSide.Buy, 10_000_000, most)).Status);
        OrderRequest more = new(Btc, OrderSide.Buy, 10_000_000, 1_000);
        Assert.Equal(OrderStatus.PositionIncreaseAtOpenInterestCapRejected, _rig.Place(Alice, more).Status);
    }

    [Fact]
    public void Sub_accounts_and_agents_are_mappings()
    {
        Address agent = new(7, 7);
        _rig.Send(ExchangeCommand.CreateSubAccount(Alice, new Address(5, 5), "sub"));
        _rig.Send(ExchangeCommand.ApproveAgent(Alice, agent, null, 0));
        int sub = _rig.Core.FindAccount(new Address(5, 5));
        Assert.Equal(Alice, _rig.Core.Account(sub).Master);
        Assert.Equal(Alice, _rig.Core.Signs(agent));
        Assert.Equal(sub, _rig.Core.Signs(agent, new Address(5, 5)));
        Assert.Equal(-1, _rig.Core.Signs(agent, new Address(0, Bob)));
        Assert.Equal(-1, _rig.Core.Signs(new Address(9, 9)));
        Assert.Equal(
            OrderStatus.DirectoryRefused,
            _rig.Send(ExchangeCommand.CreateSubAccount(sub, new Address(6, 6), "s"))[0].Status
        );
        _rig.Send(ExchangeCommand.ApproveAgent(Alice, new Address(8, 8), null, _rig.NowMs + 1_000));
        Assert.Equal(-1, _rig.Core.Signs(agent));
        Assert.Equal(Alice, _rig.Core.Signs(new Address(8, 8)));
        _rig.Wait(1_000);
        Assert.Equal(-1, _rig.Core.Signs(new Address(8, 8)));
    }

    private static void Fund(Rig rig, int account) => rig.Send(ExchangeCommand.Transfer(0, account, 1_000_000 * Bounds.Usd));

    private OrderStatus Leverage(int leverage, bool isCross, int account = Alice, long shortMilli = 0)
    {
        if (shortMilli > 0)
        {
            _rig.Buy(Carol, 60_000, shortMilli);
            _rig.Sell(account, 60_000, shortMilli);
        }

        return _rig.Send(ExchangeCommand.UpdateLeverage(account, Btc, leverage, isCross))[0].Status;
    }

    /// <summary>Alice buys from Bob at 60,000.</summary>
    private void Open(long milli)
    {
        _rig.Sell(Bob, 60_000, milli);
        Assert.Equal(OrderStatus.Filled, _rig.Buy(Alice, 60_000, milli).Status);
    }
}
