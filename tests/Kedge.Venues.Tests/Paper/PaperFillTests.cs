using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Kernel.Phases;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Paper;

namespace Kedge.Venues.Tests.Paper;

public sealed class PaperFillTests
{
    [Fact]
    public void A_fresh_quote_fills_a_buy_at_the_offer_and_a_sale_at_the_bid_with_the_taker_fee()
    {
        PaperRig rig = new();
        rig.Mid(2000.0);
        rig.Quote(1999.0, 2001.0);

        rig.Order(true, 1.5m, 2100m);
        rig.Order(false, 0.5m, 1900m);

        // 1.5 × 2001 = 3001.5; × 4.5 bp = 1.350675. 0.5 × 1999 × 4.5 bp = 0.449775; (1999 − 2001) × 0.5 = −1.
        Fill buy = rig.Fills[0];
        Fill sale = rig.Fills[1];
        Assert.Equal((2001m, 1.350675m, 0m, 0m, true), (buy.Price, buy.Fee, buy.ClosedPnl, buy.PositionBefore, buy.IsTaker));
        Assert.Equal((1999m, 0.449775m, -1m, 1.5m), (sale.Price, sale.Fee, sale.ClosedPnl, sale.PositionBefore));
        VenueEvent.OrderAcked acked = rig.Last<VenueEvent.OrderAcked>();
        Assert.Equal((OrderPhase.Filled, 0.5m, 1999m), (acked.Phase, acked.FilledSize, acked.AveragePrice));
        Assert.Equal(2, rig.Fills.Select(f => (f.TradeId, f.VenueOrderId)).Distinct().Count());
    }

    [Fact]
    public void Without_a_fresh_quote_the_mid_is_worsened_by_slippage_and_rounded_against_the_trader()
    {
        PaperRig rig = new();
        rig.Quote(1900.0, 1901.0);
        rig.Pass(15_001);
        rig.Mid(2000.5);

        rig.Order(true, 1m, 2100m);
        rig.Order(false, 1m, 1900m);

        // 2000.5 × 1.001 = 2002.5005 and × 0.999 = 1998.4995; five significant figures leave one decimal: up to 2002.6, down to 1998.4.
        Assert.Equal(2002.6m, rig.Fills[0].Price);
        Assert.Equal(1998.4m, rig.Fills[1].Price);
    }

    [Fact]
    public void Quotes_are_used_for_fifteen_seconds_and_mids_for_ten_and_then_nothing_fills()
    {
        PaperRig rig = new();
        rig.Quote(1999.0, 2001.0);
        rig.Pass(15_000);
        rig.Order(true, 1m, 2100m);
        Assert.Equal(2001m, rig.Fills.Single().Price);

        rig.Mid(2000.0);
        rig.Pass(10_001);
        rig.Order(true, 1m, 2100m);

        VenueEvent.OrderRejected refused = rig.Last<VenueEvent.OrderRejected>();
        Assert.Equal(RejectCode.NoMatch, refused.Code);
        Assert.Contains("10001 ms old", refused.Text, StringComparison.Ordinal);
        Assert.Single(rig.Fills);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    public void A_price_that_is_none_is_never_traded_on(double price)
    {
        PaperRig rig = new();
        rig.Mid(price);
        rig.Quote(price, price);
        rig.Order(true, 1m, 2100m);
        rig.Order(true, 1m, 1000m, TimeInForce.Gtc);
        rig.Pass(1);
        Assert.Empty(rig.Fills);
        Assert.Equal(2, rig.Events.OfType<VenueEvent.OrderRejected>().Count());
    }

    [Fact]
    public void An_immediate_order_never_fills_beyond_its_limit()
    {
        PaperRig rig = new();
        rig.Quote(1999.0, 2001.0);
        rig.Order(true, 1m, 2000.9m);
        Assert.Equal(RejectCode.NoMatch, rig.Last<VenueEvent.OrderRejected>().Code);
        Assert.Empty(rig.Fills);
    }

    [Fact]
    public void Price_fee_profit_and_entry_are_those_of_the_replay_bit_for_bit()
    {
        PaperRig rig = new();
        rig.Mid(1987.37);
        rig.Order(true, 0.7331m, 2100m);
        rig.Mid(2011.93);
        rig.Order(true, 0.4127m, 2100m);
        rig.Mid(1956.31);
        rig.Order(false, 0.9m, 1800m);

        (Account account, SymbolState state) = Replayed();

        Assert.Equal(account.Balance, rig.State!.Balance);
        Assert.Equal(account.Fees, rig.State.Fees);
        Assert.Equal(account.RealisedPnl, rig.State.RealisedPnl);
        Assert.Equal(account.Margin, rig.State.Margin);
        PaperHolding holding = rig.State.Holdings.Single();
        Assert.Equal(state.Position.EntryPrice, holding.EntryPrice);
        Assert.Equal(state.Position.Size, holding.Size);
        Assert.Equal(state.Position.EntryFees, holding.EntryFees);
    }

    private static unsafe (Account Account, SymbolState State) Replayed()
    {
        Account account = new(10_000.0);
        SymbolState state = default;
        Parameters parameters = default;
        parameters.Trade.SlippageBps = 10.0;
        parameters.Trade.TakerFeeBps = 4.5;
        foreach (
            (OrderAction action, double mid, double size) in new[]
            {
                (OrderAction.Open, 1987.37, 0.7331),
                (OrderAction.Add, 2011.93, 0.4127),
                (OrderAction.Reduce, 1956.31, 0.9),
            }
        )
        {
            KernelOrder order = default;
            order.Action = action;
            order.Side = Side.Long;
            order.Price = mid;
            order.Size = size;
            order.Leverage = 10.0;
            Orders.Price(ref order, parameters, PaperRig.Eth.ToTerms());
            Execution fill = Execution.Taker(size, order.ExpectedPrice, parameters);
            if (action == OrderAction.Reduce)
            {
                Bookkeeping.Decrease(&account, &state, order, fill, parameters, out _);
            }
            else
            {
                Bookkeeping.Increase(&account, &state, order, fill, true, out _);
            }
        }

        return (account, state);
    }

    [Fact]
    public void Margin_is_notional_by_leverage_and_what_exceeds_the_free_cash_is_refused()
    {
        PaperRig rig = new(new PaperOptions { StartingBalanceUsd = 1_000.0 });
        rig.Quote(2000.0, 2000.0);
        rig.Send(new VenueCommand.SetLeverage("ETH", 5, true));
        Assert.Equal(CommandOutcome.Done, rig.Last<VenueEvent.LeverageAnswered>().Outcome);

        // 2.5 × 2000 ÷ 5 = 1000 of margin leaves nothing for the fee of 2.25.
        rig.Order(true, 2.5m, 2000m);
        Assert.Equal(RejectCode.Margin, rig.Last<VenueEvent.OrderRejected>().Code);

        rig.Order(true, 2m, 2000m);
        rig.Quote(2010.0, 2010.0);
        VenueEvent.AccountAnswered account = rig.Account();

        // Fee 4000 × 4.5 bp = 1.8; profit 2 × 10 = 20.
        Assert.Equal(1000m - 1.8m + 20m, account.EquityUsd);
        Assert.Equal(800m, account.MarginUsedUsd);
        Assert.Equal(1000m - 1.8m + 20m - 800m, account.WithdrawableUsd);
        PositionReport position = account.Positions.Single();
        Assert.Equal(
            (2m, 2000m, 4020m, 20m, 5),
            (position.Size, position.EntryPrice, position.NotionalUsd, position.UnrealizedPnl, position.Leverage)
        );
    }

    [Fact]
    public void An_order_past_the_position_turns_it_round_in_one_fill()
    {
        PaperRig rig = new();
        rig.Quote(2000.0, 2000.0);
        rig.Order(true, 1m, 2000m);
        rig.Quote(2010.0, 2010.0);
        rig.Order(false, 3m, 2010m);

        Fill turn = rig.Fills[1];
        Assert.Equal((3m, 10m, 1m), (turn.Size, turn.ClosedPnl, turn.PositionBefore));
        Assert.Equal(3m * 2010m * 0.00045m, turn.Fee);
        PositionReport position = rig.Account().Positions.Single();
        Assert.Equal((-2m, 2010m), (position.Size, position.EntryPrice));
    }

    [Fact]
    public void Equity_below_maintenance_closes_the_position_by_force()
    {
        PaperRig rig = new(new PaperOptions { StartingBalanceUsd = 1_000.0, DefaultLeverage = 20 });
        rig.Quote(2000.0, 2000.0);
        rig.Order(true, 8m, 2000m);

        // Fee 7.2. At 1918: loss 656, equity 336.8, maintenance 8 × 1918 × 2 % = 306.88. At 1914: 304.8 under 306.24.
        rig.Quote(1918.0, 1918.0);
        rig.Pass(1);
        Assert.Single(rig.Fills);
        rig.Quote(1914.0, 1914.0);
        rig.Pass(1);
        Assert.True(rig.Fills[1].IsLiquidation);
        Assert.Empty(rig.Account().Positions);
    }

    [Fact]
    public void Money_moves_only_by_fees_and_funding()
    {
        Random random = new(20_260_701);
        PaperRig rig = new(new PaperOptions { StartingBalanceUsd = 100_000.0, DefaultLeverage = 3 });
        decimal funded = 0m;
        double price = 2000.0;
        decimal cash = 0m;
        for (int i = 0; i < 3_000; i++)
        {
            price = Math.Round(Math.Clamp(price * (1.0 + (random.NextDouble() - 0.5) * 0.004), 1500.0, 2600.0), 1);
            rig.Quote(price, price + 0.1);
            int seen = rig.Fills.Count;
            bool isBuy = random.Next(2) == 0;
            decimal size = random.Next(50, 20_000) / 10_000m;
            rig.Order(isBuy, size, isBuy ? 9000m : 100m, reduceOnly: random.Next(4) == 0);
            foreach (Fill fill in rig.Fills.Skip(seen))
            {
                cash += (fill.IsBuy ? -1m : 1m) * fill.Size * fill.Price - fill.Fee;
            }

            if (i % 100 == 0)
            {
                rig.Pass(PaperRigHour);
                rig.Quote(price, price + 0.1);
                int paid = rig.Events.OfType<VenueEvent.FundingPaid>().Count();
                rig.Give(PaperInput.FundingRates("ETH", [(rig.Now.WallMs - rig.Now.WallMs % PaperRigHour, 0.0001)]));
                funded += rig.Events.OfType<VenueEvent.FundingPaid>().Skip(paid).Sum(f => f.Payment.Usd);
            }

            // Bought and sold at what was paid, the position at the price: the account must come to the same by an independent sum.
            VenueEvent.AccountAnswered account = rig.Account();
            decimal held = account.Positions.Sum(p => p.Size) * ((decimal)price + 0.05m);
            Assert.Equal(100_000m + cash + funded + held, account.EquityUsd, 5);
            rig.Pass(1_000);
        }

        Assert.True(rig.Fills.Count > 1_000);
        Assert.NotEqual(0m, funded);
    }

    private const long PaperRigHour = 3_600_000;
}
