using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Trading.Tests.Live;

/// <summary>An account has one position in a symbol. What the lane and somebody else would hold against each other does not exist at the venue.</summary>
public sealed class OppositePositionTests
{
    [Theory]
    [InlineData(1.0, 0.0, 0.0)]
    [InlineData(0.4, 0.6, 0.0)]
    [InlineData(1.5, 0.0, -0.5)]
    public void An_entry_that_fills_against_somebody_elses_position_holds_what_the_venue_holds(
        double sold,
        double own,
        double foreign
    )
    {
        using LiveDesk desk = new(stop: 5.0);
        OrderIntent order = desk.Buy("BTC", 1.0);
        desk.Ack(order, 7);
        desk.Tell(desk.Filled(default, 900, "BTC", isBuy: false, (decimal)sold, 100m));
        desk.Fill(order, 7);
        AssertHolds(desk, (decimal)own, (decimal)foreign);
        Assert.Contains(desk.Alerts, a => a.Code == "position_netted");

        desk.Restart();
        AssertHolds(desk, (decimal)own, (decimal)foreign);

        // Where nothing is left there is nothing to close, however far the price falls.
        int before = desk.Orders.Count();
        desk.Connect([
            .. new[] { (decimal)(own + foreign) }
                .Where(net => net != 0m)
                .Select(net => new PositionReport("BTC", net, 100m, 100m * net, 0m, 0m, 3, true, null)),
        ]);
        desk.Price("BTC", 90.0);
        Assert.Equal(own > 0.0 ? 1 : 0, desk.Orders.Count() - before);
        Assert.Empty(desk.CheckLedger());
    }

    [Fact]
    public void An_exit_that_closes_more_than_the_lane_has_left_takes_the_rest_from_the_others()
    {
        using LiveDesk desk = Held();
        desk.Price("BTC", 90.0);
        OrderIntent exit = desk.LastOrder;
        Assert.True(exit.ReduceOnly);

        // Somebody bought, and sold, while the exit of 1 was on its way: of the lane's 1 there is 0.5, of theirs 0.5.
        desk.Tell(desk.Filled(default, 900, "BTC", isBuy: true, 1m, 90m));
        desk.Tell(desk.Filled(default, 901, "BTC", isBuy: false, 1m, 90m));
        AssertHolds(desk, 0.5m, 0.5m);
        desk.Ack(exit, 8);
        desk.Fill(exit, 8, price: 90m);
        AssertHolds(desk, 0m, 0m);
        desk.Restart();
        AssertHolds(desk, 0m, 0m);
        Assert.Empty(desk.CheckLedger());
    }

    [Fact]
    public void Exits_the_venue_refuses_because_there_is_nothing_to_reduce_wait_for_its_account_and_go_on()
    {
        using LiveDesk desk = Held();
        desk.Price("BTC", 90.0);
        int before = desk.Orders.Count();
        int asked = desk.Sent.OfType<VenueCommand.QueryAccount>().Count();
        for (int second = 0; second < 60; second++)
        {
            if (desk.Intent(desk.LastOrder.Id).Status == IntentStatus.Submitting)
            {
                desk.Tell(
                    new VenueEvent.OrderRejected(
                        desk.LastOrder.Id,
                        RejectCode.ReduceOnly,
                        "Reduce only order would increase position."
                    )
                );
            }

            desk.MoveTo(desk.NowMs + 1_000);
            desk.Price("BTC", 90.0);
        }

        // 0.5, 1, 2 and 4 s, then one each 8 s: 4 + 6 or 7.
        Assert.InRange(desk.Orders.Count() - before, 9, 12);
        Assert.InRange(desk.Sent.OfType<VenueCommand.QueryAccount>().Count() - asked, 6, 12);

        // The venue shows the position after all: the exit waits no longer.
        desk.MoveTo(desk.NowMs + 100);
        before = desk.Orders.Count();
        desk.Account();
        desk.Price("BTC", 90.0);
        Assert.Equal(1, desk.Orders.Count() - before);
    }

    private static LiveDesk Held()
    {
        LiveDesk desk = new(stop: 5.0);
        OrderIntent order = desk.Buy("BTC", 1.0);
        desk.Ack(order, 7);
        desk.Fill(order, 7);
        AssertHolds(desk, 1m, 0m);
        return desk;
    }

    private static void AssertHolds(LiveDesk desk, decimal own, decimal foreign)
    {
        Assert.Equal((own, foreign), (desk.Engine.OwnOf(0), desk.Engine.ForeignOf(0)));
        Assert.Equal((double)own, desk.Engine.StateOf(0).Position.Size);
    }
}
