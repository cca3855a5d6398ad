using System.Text.Json;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Paper;

namespace Kedge.Venues.Tests.Paper;

public sealed class PaperOrderTests
{
    [Fact]
    public void A_resting_order_fills_at_its_limit_as_maker_when_the_other_side_comes_to_it()
    {
        PaperRig rig = new();
        rig.Quote(1999.0, 2001.0);
        ClientOrderId id = rig.Order(true, 1m, 1990m, TimeInForce.Alo);
        Assert.Equal(OrderPhase.Open, rig.Last<VenueEvent.OrderAcked>().Phase);

        rig.Quote(1989.0, 1991.0);
        Assert.Empty(rig.Fills);
        rig.Quote(1988.0, 1989.5);

        Fill fill = rig.Fills.Single();
        Assert.Equal((id, 1990m, false), (fill.Id, fill.Price, fill.IsTaker));
        Assert.Equal(1990m * 0.00015m, fill.Fee);
        Assert.Equal(OrderPhase.Filled, rig.Last<VenueEvent.OrderChanged>().Order.Phase);
    }

    [Fact]
    public void A_post_only_order_that_would_take_is_refused()
    {
        PaperRig rig = new();
        rig.Quote(1999.0, 2001.0);
        rig.Order(true, 1m, 2001m, TimeInForce.Alo);
        Assert.Equal(RejectCode.PostOnlyWouldMatch, rig.Last<VenueEvent.OrderRejected>().Code);
    }

    [Fact]
    public void A_stop_fires_on_the_mid_and_trades_at_the_bid()
    {
        PaperRig rig = new();
        rig.Mid(2000.0);
        rig.Quote(1999.0, 2001.0);
        rig.Order(true, 1m, 2100m);
        rig.Order(false, 1m, 1700m, TimeInForce.Gtc, true, TriggerKind.StopLoss, 1950m);
        Assert.Equal(OrderPhase.Waiting, rig.Last<VenueEvent.OrderAcked>().Phase);

        rig.Mid(1951.0);
        Assert.Single(rig.Fills);
        rig.Quote(1948.0, 1952.0);
        rig.Mid(1950.0);

        Assert.Equal((1948m, true), (rig.Fills[1].Price, rig.Fills[1].IsTaker));
        Assert.Empty(rig.Account().Positions);
    }

    [Fact]
    public void A_trigger_on_the_wrong_side_is_refused()
    {
        PaperRig rig = new();
        rig.Mid(2000.0);
        rig.Order(false, 1m, 1700m, TimeInForce.Gtc, true, TriggerKind.StopLoss, 2050m);
        Assert.Equal(RejectCode.BadTrigger, rig.Last<VenueEvent.OrderRejected>().Code);
    }

    [Theory]
    [InlineData("0.00001", "2100", RejectCode.LotGrid)]
    [InlineData("1", "2100.55", RejectCode.PriceGrid)]
    [InlineData("0.004", "2100", RejectCode.MinNotional)]
    public void The_rules_of_the_instrument_hold(string size, string limit, RejectCode code)
    {
        PaperRig rig = new();
        rig.Quote(1999.0, 2001.0);
        rig.Order(true, decimal.Parse(size), decimal.Parse(limit));
        Assert.Equal(code, rig.Last<VenueEvent.OrderRejected>().Code);
    }

    [Fact]
    public void Reduce_only_never_opens_and_takes_no_more_than_there_is()
    {
        PaperRig rig = new();
        rig.Quote(2000.0, 2000.0);
        rig.Order(false, 1m, 2000m, reduceOnly: true);
        Assert.Equal(RejectCode.ReduceOnly, rig.Last<VenueEvent.OrderRejected>().Code);

        rig.Order(true, 1m, 2000m);
        rig.Order(false, 5m, 2000m, reduceOnly: true);
        Assert.Equal(1m, rig.Fills[1].Size);
        Assert.Empty(rig.Account().Positions);
    }

    [Fact]
    public void A_full_close_is_not_refused_for_being_small()
    {
        PaperRig rig = new();
        rig.Quote(2000.0, 2000.0);
        rig.Order(true, 0.005m, 2000m);
        rig.Quote(1000.0, 1000.0);
        rig.Order(false, 0.005m, 1000m, reduceOnly: true);
        Assert.Equal(2, rig.Fills.Count);
    }

    [Fact]
    public void An_id_that_is_live_is_refused_and_one_that_ended_can_be_asked_about()
    {
        PaperRig rig = new();
        rig.Quote(1999.0, 2001.0);
        ClientOrderId id = rig.Order(true, 1m, 1990m, TimeInForce.Gtc);
        rig.Send(PaperRig.Placing(new OrderIntent(id, "ETH", true, 1m, 1990m, TimeInForce.Gtc, false)));
        Assert.Equal(RejectCode.DuplicateId, rig.Last<VenueEvent.OrderRejected>().Code);

        rig.Send(new VenueCommand.Cancel("ETH", id));
        Assert.Equal(CommandOutcome.Done, rig.Last<VenueEvent.CancelAnswered>().Outcome);
        rig.Send(new VenueCommand.QueryOrder(id));
        Assert.Equal(OrderPhase.Cancelled, rig.Last<VenueEvent.OrderStatusAnswered>().Order!.Phase);
        rig.Send(new VenueCommand.QueryOrder(new ClientOrderId(99)));
        Assert.True(rig.Last<VenueEvent.OrderStatusAnswered>().IsProvenAbsent);
        rig.Send(new VenueCommand.ResolveOrder(id, "ETH", 0));
        Assert.Equal(OrderPhase.Cancelled, rig.Last<VenueEvent.OrderStatusAnswered>().Order!.Phase);
        rig.Send(new VenueCommand.ResolveOrder(new ClientOrderId(99), "ETH", 0));
        Assert.True(rig.Last<VenueEvent.OrderStatusAnswered>().IsProvenAbsent);
        rig.Send(new VenueCommand.Cancel("ETH", id));
        Assert.Equal(RejectCode.NotLive, rig.Last<VenueEvent.CancelAnswered>().Code);
    }

    [Fact]
    public void A_modify_that_is_refused_leaves_the_old_order_live()
    {
        PaperRig rig = new();
        rig.Quote(1999.0, 2001.0);
        ClientOrderId id = rig.Order(true, 1m, 1990m, TimeInForce.Gtc);
        ClientOrderId next = new(77);
        OrderIntent bad = new(next, "ETH", true, 0.00001m, 1980m, TimeInForce.Gtc, false);
        rig.Send(new VenueCommand.Modify(id, ApprovedOrder.From(bad, RiskReceipt.ByOperator("test", "test"))));
        Assert.Equal(RejectCode.LotGrid, rig.Last<VenueEvent.OrderRejected>().Code);
        Assert.Equal(id, Open(rig).Single().Id);

        rig.Send(new VenueCommand.Modify(id, ApprovedOrder.From(bad with { Size = 2m }, RiskReceipt.ByOperator("test", "test"))));
        Assert.Equal((next, 2m), (Open(rig).Single().Id, Open(rig).Single().RemainingSize));
    }

    [Fact]
    public void The_dead_mans_switch_cancels_everything_at_its_moment()
    {
        PaperRig rig = new();
        rig.Quote(1999.0, 2001.0);
        rig.Order(true, 1m, 1990m, TimeInForce.Gtc);
        rig.Send(new VenueCommand.ScheduleCancel(rig.Now.WallMs + 4_999));
        Assert.Equal(CommandOutcome.Refused, rig.Last<VenueEvent.ScheduleAnswered>().Outcome);
        rig.Send(new VenueCommand.ScheduleCancel(rig.Now.WallMs + 5_000));
        rig.Pass(4_999);
        Assert.Single(Open(rig));
        rig.Pass(1);
        Assert.Empty(Open(rig));
        Assert.Equal("scheduledCancel", rig.Last<VenueEvent.OrderChanged>().Order.Status);
    }

    [Fact]
    public void Funding_is_paid_on_what_was_held_at_the_hour_once_its_rate_is_known()
    {
        PaperRig rig = new();
        rig.Quote(2000.0, 2000.0);
        rig.Order(true, 2m, 2000m);
        rig.Pass(3_540_000 - 1);
        Assert.Empty(rig.Asked);
        rig.Pass(1);
        PaperEffect.AskFunding ask = rig.Asked.Single();
        Assert.Equal((PaperRig.Hour + 3_600_000, PaperRig.Hour + 7_200_000), (ask.FromMs, ask.ToMs));

        // What is sold after the hour still owes for it; the wrong hour pays nothing; the same rate twice pays once.
        rig.Quote(2000.0, 2000.0);
        rig.Order(false, 2m, 2000m, reduceOnly: true);
        rig.Give(PaperInput.FundingRates("ETH", [(PaperRig.Hour + 5, 0.5)]));
        Assert.Empty(rig.Events.OfType<VenueEvent.FundingPaid>());
        rig.Give(PaperInput.FundingRates("ETH", [(PaperRig.Hour + 3_600_007, 0.0000125)]));
        rig.Give(PaperInput.FundingRates("ETH", [(PaperRig.Hour + 3_600_007, 0.0000125)]));

        // −2 × 2000 × 0.0000125.
        FundingReport paid = rig.Events.OfType<VenueEvent.FundingPaid>().Single().Payment;
        Assert.Equal((-0.05m, 2m, PaperRig.Hour + 3_600_000), (paid.Usd, paid.Size, paid.TimeMs));
    }

    [Fact]
    public void A_restart_from_saved_state_goes_on_where_it_stopped_and_tells_what_was_not_kept_once()
    {
        PaperRig rig = new();
        rig.Quote(2000.0, 2000.0);
        rig.Order(true, 1m, 2000m);
        AccountCursor kept = rig.Last<VenueEvent.Filled>().Cursor;
        rig.Order(true, 2m, 2000m);
        rig.Order(true, 1m, 1900m, TimeInForce.Gtc);
        VenueEvent.AccountAnswered before = rig.Account();

        PaperState state = JsonSerializer.Deserialize<PaperState>(JsonSerializer.Serialize(rig.State))!;
        PaperRig again = new(null, state);
        again.Give(PaperInput.Started(kept));

        Fill told = again.Fills.Single();
        Assert.Equal(rig.Fills[1], told);
        again.Quote(2000.0, 2000.0);
        VenueEvent.AccountAnswered after = again.Account();
        Assert.Equal((before.EquityUsd, before.MarginUsedUsd), (after.EquityUsd, after.MarginUsedUsd));
        Assert.Equal(before.Positions, after.Positions);
        Assert.Single(Open(again));

        again.Send(new VenueCommand.CursorKept(again.Last<VenueEvent.Filled>().Cursor));
        PaperRig third = new(null, again.State);
        third.Give(PaperInput.Started(null));
        Assert.Empty(third.Fills);
        third.Quote(2000.0, 2000.0);
        third.Order(true, 0.1m, 2000m);
        Assert.DoesNotContain(third.Fills.Single().TradeId, rig.Fills.Select(f => f.TradeId));
    }

    private static IReadOnlyList<OrderReport> Open(PaperRig rig)
    {
        rig.Send(new VenueCommand.QueryOpenOrders());
        return rig.Last<VenueEvent.OpenOrdersAnswered>().Orders;
    }
}
