using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;

namespace Kedge.Trading.Tests.Live;

/// <summary>Whose a fill is.</summary>
public sealed class FillMatchingTests
{
    private static LedgerRow.FillBooked Last(LiveDesk desk) => desk.Rows.OfType<LedgerRow.FillBooked>().Last();

    [Fact]
    public void A_fill_is_found_by_our_id_and_without_it_by_the_venues()
    {
        using LiveDesk desk = new(new LiveSettings { GuessesFills = true });
        OrderIntent order = desk.Buy("BTC", 1.0);
        desk.Fill(order, 7, 0.5m);
        Assert.Equal("client_order_id", Last(desk).MatchedVia);

        // Before any answer: the fill itself told the venue's id.
        desk.Fill(order, 7, 0.5m, id: default(ClientOrderId));
        Assert.Equal("exchange_order_id", Last(desk).MatchedVia);
        Assert.Equal((IntentStatus.Filled, 7L), (desk.Intent(order.Id).Status, desk.Intent(order.Id).VenueOrderId));
        Assert.DoesNotContain(desk.Alerts, a => a.Code.StartsWith("fill_", StringComparison.Ordinal));
    }

    [Fact]
    public void The_venues_word_on_an_order_is_enough_for_fills_without_our_id()
    {
        using LiveDesk desk = new(new LiveSettings { GuessesFills = true });
        OrderIntent order = desk.Buy("BTC", 1.0);
        desk.Tell(new VenueEvent.OrderUnknown(order.Id, "timeout"));
        desk.Tell(new VenueEvent.OrderChanged(desk.Report(order, 9, OrderPhase.Open)));
        desk.Fill(order, 9, id: default(ClientOrderId));
        Assert.Equal("exchange_order_id", Last(desk).MatchedVia);
    }

    [Fact]
    public void A_fill_without_any_id_is_guessed_only_for_the_one_order_it_can_be_of_and_that_is_flagged_and_told()
    {
        using LiveDesk desk = new(new LiveSettings { GuessesFills = true });
        OrderIntent order = desk.Buy("BTC", 1.0);
        desk.Tell(new VenueEvent.OrderUnknown(order.Id, "timeout"));
        desk.Fill(order, 9, 0.4m, id: default(ClientOrderId));
        Assert.Equal("time_proximity", Last(desk).MatchedVia);
        Assert.Contains(desk.Alerts, a => a.Code == "fill_guessed");
        Assert.Contains(desk.Sent, s => s is VenueCommand.QueryOrder q && q.Id == order.Id);

        // The next of the same order stays a guess until the venue has said which order it is.
        desk.Fill(order, 9, 0.4m, id: default(ClientOrderId));
        Assert.Equal("time_proximity", Last(desk).MatchedVia);
        desk.Tell(new VenueEvent.OrderStatusAnswered(order.Id, desk.Report(order, 9, OrderPhase.Open, 0.8m), false, null));
        desk.Fill(order, 9, 0.2m, id: default(ClientOrderId));
        Assert.Equal("exchange_order_id", Last(desk).MatchedVia);
        Assert.Equal(IntentStatus.Filled, desk.Intent(order.Id).Status);
        Assert.Empty(desk.CheckLedger());
    }

    [Fact]
    public void Where_the_venues_fills_bear_our_ids_one_without_is_somebody_elses()
    {
        using LiveDesk desk = new();
        OrderIntent order = desk.Buy("BTC", 1.0);
        desk.Tell(new VenueEvent.OrderUnknown(order.Id, "timeout"));
        desk.Fill(order, 9, id: default(ClientOrderId));
        Assert.Equal((null, AdjustmentKind.Foreign), (Last(desk).IntentId, Last(desk).Adjustment!.Value));
        Assert.DoesNotContain(desk.Alerts, a => a.Code == "fill_guessed");
    }

    [Theory]
    [InlineData(1.5, 100.0, 0, "size")]
    [InlineData(1.0, 102.0, 0, "price behind its limit")]
    [InlineData(1.0, 100.0, 700_000, "ten minutes later")]
    public void What_size_price_or_time_rule_out_is_nobodys(double size, double price, long laterMs, string why)
    {
        using LiveDesk desk = new(new LiveSettings { GuessesFills = true });
        OrderIntent order = desk.Buy("BTC", 1.0);
        desk.Tell(new VenueEvent.OrderUnknown(order.Id, why));
        desk.Wait(laterMs);
        desk.Fill(order, 9, (decimal)size, id: default(ClientOrderId), price: (decimal)price);
        Assert.Equal((null, AdjustmentKind.Foreign), (Last(desk).IntentId, Last(desk).Adjustment!.Value));
        Assert.Equal((0m, (decimal)size), (desk.Engine.OwnOf(0), desk.Engine.ForeignOf(0)));
    }

    [Fact]
    public void Two_orders_that_could_be_meant_are_both_left_alone_and_so_is_one_whose_venue_id_is_known()
    {
        using LiveDesk desk = new(new LiveSettings { GuessesFills = true });
        desk.Place("p1", "BTC", isBuy: true, 1m, limit: 100m);
        desk.Tell(new VenueEvent.OrderUnknown(desk.LastOrder.Id, "timeout"));
        OrderIntent known = desk.LastOrder;
        desk.Place("p2", "ETH", isBuy: true, 1m, limit: 100m);
        desk.Ack(desk.LastOrder, 5);
        desk.Fill(desk.LastOrder, 99, id: default(ClientOrderId));
        Assert.Null(Last(desk).IntentId);
        desk.Fill(known, 98, 1m, id: new ClientOrderId(77));
        Assert.Null(Last(desk).IntentId);
        Assert.DoesNotContain(desk.Alerts, a => a.Code == "fill_guessed");
    }

    [Fact]
    public void A_guess_the_venue_denies_is_told_and_positions_are_right_all_the_same()
    {
        using LiveDesk desk = new(new LiveSettings { GuessesFills = true });
        OrderIntent order = desk.Buy("BTC", 1.0);
        desk.Tell(new VenueEvent.OrderUnknown(order.Id, "timeout"));
        desk.Fill(order, 9, 0.5m, id: default(ClientOrderId));
        desk.Tell(new VenueEvent.OrderStatusAnswered(order.Id, desk.Report(order, 11, OrderPhase.Open), false, null));
        Assert.Contains(desk.Alerts, a => a.Code == "guess_wrong");
        desk.Fill(order, 11, 1m);
        Assert.Contains(desk.Alerts, a => a.Code == "fill_contradicts");
        Assert.Equal(1.5m, desk.Engine.OwnOf(0) + desk.Engine.ForeignOf(0));
        Assert.Empty(desk.CheckLedger());
    }

    [Fact]
    public void A_liquidation_is_nobodys_intent_even_when_it_looks_like_one()
    {
        using LiveDesk desk = new(new LiveSettings { GuessesFills = true });
        OrderIntent order = desk.Buy("BTC", 1.0);
        desk.Ack(order, 7);
        desk.Fill(order, 7);
        desk.Tell(
            new VenueEvent.Filled(
                new Fill(500, 600, default, "BTC", false, 90m, 1m, 0m, -10m, 1m, true, true, desk.NowMs),
                AccountCursor.StartingAt(desk.NowMs)
            )
        );
        Assert.Equal((null, AdjustmentKind.Liquidation), (Last(desk).IntentId, Last(desk).Adjustment!.Value));
        Assert.Equal(0m, desk.Engine.OwnOf(0));
        Assert.Contains(desk.Alerts, a => a.Code == "liquidation");
    }
}
