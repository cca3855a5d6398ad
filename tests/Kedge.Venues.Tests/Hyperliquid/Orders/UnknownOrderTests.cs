using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Venues.Tests.Hyperliquid.Orders;

/// <summary>An order of unknown outcome stays unknown until the venue proves what became of it.</summary>
public sealed class UnknownOrderTests
{
    [Fact]
    public void Found_by_a_question()
    {
        using OrderRig rig = Lost();
        rig.Pass(300);
        rig.Answer(rig.Sent("orderStatus"), OrderRig.StatusJson(1, 5, "open"));
        Assert.Equal(OrderPhase.Open, Settled(rig).Order!.Phase);
        Assert.Equal(0, rig.Desk.UnknownOrders);
    }

    [Fact]
    public void Found_by_the_stream_before_or_after_the_request_failed()
    {
        using OrderRig rig = Lost();
        rig.Update(1, 5, "open");
        Assert.Equal(5, Settled(rig).Order!.VenueId);

        using OrderRig early = new();
        FakeRequestDesk.Request request = early.Place(1);
        early.Update(1, 5, "open");
        early.End(request, RequestAnswer.Failed(wasSent: true, "timeout"));
        Assert.Equal(5, Settled(early).Order!.VenueId);
        Assert.Single(early.Events.OfType<VenueEvent.OrderUnknown>());
    }

    [Fact]
    public void Found_by_its_fills()
    {
        using OrderRig rig = Lost();
        rig.Fill(1, 5, 0.4m);
        Assert.Empty(rig.Events.OfType<VenueEvent.OrderStatusAnswered>());
        rig.Fill(1, 5, 0.6m);
        Assert.Equal(OrderPhase.Filled, Settled(rig).Order!.Phase);
    }

    [Fact]
    public void Partly_filled_it_is_never_absent()
    {
        using OrderRig rig = Lost();
        rig.Fill(1, 5, 0.4m);
        rig.Pass(300_000, () => rig.KnowNothing());
        Assert.Empty(rig.Events.OfType<VenueEvent.OrderStatusAnswered>());
        Assert.Equal(1, rig.Desk.UnknownOrders);
    }

    [Fact]
    public void Not_found_proves_nothing_before_the_expiry_by_the_venues_own_clock()
    {
        using OrderRig rig = Lost();
        long expiry = rig.VenueMs + rig.Settings.OrderLifeMs;
        rig.Pass(rig.Settings.OrderLifeMs + rig.Settings.VenueClockStepMs, () => rig.KnowNothing());
        Assert.Empty(rig.Events.OfType<VenueEvent.OrderStatusAnswered>());

        // It landed at the last moment and was not told of before.
        rig.Pass(1_000);
        rig.Answer(rig.Sent("orderStatus"), OrderRig.StatusJson(1, 5, "filled", 0m));
        Assert.Equal(OrderPhase.Filled, Settled(rig).Order!.Phase);
        Assert.True(rig.VenueMs > expiry);
    }

    [Fact]
    public void Absent_after_expiry_repeated_questions_live_orders_and_a_page_of_fills_together()
    {
        using OrderRig rig = Lost();
        int asked = 0;
        rig.Pass(
            60_000,
            () =>
            {
                asked += rig.Network.Open.Count;
                rig.KnowNothing();
            }
        );
        VenueEvent.OrderStatusAnswered answer = Settled(rig);
        Assert.True(answer.IsProvenAbsent);
        Assert.Null(answer.Order);
        Assert.Equal(0, rig.Desk.UnknownOrders);
        Assert.InRange(asked, 5, 40);
    }

    [Theory]
    [InlineData(1_000, 30_000)]
    [InlineData(12_500, 30_000)]
    [InlineData(44_000, 30_000)]
    [InlineData(1_000, -30_000)]
    [InlineData(12_500, -30_000)]
    [InlineData(46_500, -30_000)]
    [InlineData(100_000, -30_000)]
    public void A_step_of_the_venues_clock_by_half_a_minute_makes_no_order_absent_that_may_still_come(int atMs, int stepMs)
    {
        using OrderRig rig = Lost();
        long expiry = rig.VenueMs + rig.Settings.OrderLifeMs;
        long sent = rig.Now.MonotonicMs;
        bool isStepped = false;
        while (!rig.Events.OfType<VenueEvent.OrderStatusAnswered>().Any())
        {
            rig.Pass(100, () => rig.KnowNothing());
            if (!isStepped && rig.Now.MonotonicMs - sent >= atMs)
            {
                rig.VenueMs += stepMs;
                isStepped = true;
            }

            Assert.InRange(rig.Now.MonotonicMs - sent, 0, 55_000);
        }

        Assert.True(Settled(rig).IsProvenAbsent);
        Assert.True(rig.VenueMs - (isStepped ? 0 : 30_000) > expiry, "a step that is still to come revives it");
    }

    [Fact]
    public void An_order_of_an_earlier_life_is_absent_after_what_was_sent_at_this_ones_start_has_expired()
    {
        using OrderRig rig = new();
        long start = rig.Now.MonotonicMs;
        rig.Pass(5_000);
        rig.Command(new VenueCommand.ResolveOrder(OrderRig.Id(1), "BTC", OrderRig.StartMs - 60_000));
        rig.Command(new VenueCommand.ResolveOrder(OrderRig.Id(1), "BTC", OrderRig.StartMs - 60_000));
        rig.Pass(start + rig.Settings.OrderLifeMs + rig.Settings.VenueClockStepMs - rig.Now.MonotonicMs, () => rig.KnowNothing());
        Assert.Empty(rig.Events.OfType<VenueEvent.OrderStatusAnswered>());
        rig.Pass(10_000, () => rig.KnowNothing());
        Assert.True(Settled(rig).IsProvenAbsent);

        rig.Command(new VenueCommand.ResolveOrder(OrderRig.Id(1), "BTC", OrderRig.StartMs - 60_000));
        Assert.Equal(2, rig.Events.OfType<VenueEvent.OrderStatusAnswered>().Count(answer => answer.IsProvenAbsent));
    }

    [Fact]
    public void An_order_of_an_earlier_life_that_the_venue_has_is_told_and_not_absent()
    {
        using OrderRig rig = new();
        rig.Command(new VenueCommand.ResolveOrder(OrderRig.Id(1), "BTC", OrderRig.StartMs));
        rig.Pass(10_000, () => rig.KnowNothing());
        Assert.Empty(rig.Events.OfType<VenueEvent.OrderStatusAnswered>());
        rig.Update(1, 5, "open");
        Assert.Equal((5, OrderPhase.Open), (Settled(rig).Order!.VenueId, Settled(rig).Order!.Phase));
    }

    [Fact]
    public void Many_unknown_orders_share_one_list_of_live_orders_and_one_reading_of_the_fills()
    {
        using OrderRig rig = new();
        for (int i = 1; i <= 20; i++)
        {
            rig.End(rig.Place(i), RequestAnswer.Failed(wasSent: true, "timeout"));
        }

        int searches = 0;
        rig.Pass(
            60_000,
            () =>
            {
                searches += rig.Network.Open.Count(request => request.Class == RequestClass.Query);
                rig.KnowNothing();
            }
        );
        Assert.Equal(20, rig.Events.OfType<VenueEvent.OrderStatusAnswered>().Count(answer => answer.IsProvenAbsent));
        Assert.InRange(searches, 2, 8);
    }

    [Fact]
    public void Not_absent_while_the_venues_clock_is_not_heard_or_stands_still()
    {
        using OrderRig rig = Lost();
        long frozen = rig.VenueMs;
        rig.Pass(
            120_000,
            () =>
            {
                long venue = rig.VenueMs;
                rig.VenueMs = frozen;
                rig.KnowNothing();
                rig.VenueMs = venue;
            }
        );
        Assert.Empty(rig.Events.OfType<VenueEvent.OrderStatusAnswered>());
    }

    [Fact]
    public void Not_absent_when_the_page_of_fills_holds_it_or_cannot_be_read()
    {
        string fill =
            $$"""[{"coin":"BTC","px":"100.0","sz":"1.0","side":"B","time":{{OrderRig.StartMs}},"startPosition":"0.0","dir":"Open Long","closedPnl":"0.0","hash":"0x00","oid":5,"crossed":true,"fee":"0.1","feeToken":"USDC","tid":9,"cloid":"{{OrderRig.Id(1)}}"}]""";
        foreach (string page in (string[])[fill, "[{\"coin\"", "null"])
        {
            using OrderRig rig = Lost();
            rig.Pass(180_000, () => rig.KnowNothing(page));
            Assert.Empty(rig.Events.OfType<VenueEvent.OrderStatusAnswered>());
            Assert.Equal(1, rig.Desk.UnknownOrders);
        }
    }

    [Fact]
    public void Not_absent_when_the_list_of_live_orders_holds_it_or_cannot_be_read()
    {
        using OrderRig rig = Lost();
        rig.Pass(60_000, () => rig.KnowNothing(open: $"[{OrderRig.OrderJson(1, 5, 1m)}]"));
        Assert.Equal((5, OrderPhase.Open), (Settled(rig).Order!.VenueId, Settled(rig).Order!.Phase));

        using OrderRig unread = Lost();
        unread.Pass(60_000, () => unread.KnowNothing(open: "[{"));
        Assert.Empty(unread.Events.OfType<VenueEvent.OrderStatusAnswered>());
    }

    [Fact]
    public void Errors_only_slow_the_questions_down_and_it_is_never_given_up()
    {
        using OrderRig rig = Lost();
        int asked = 0;
        rig.Pass(
            3_600_000,
            () =>
            {
                foreach (FakeRequestDesk.Request request in rig.Network.Open.ToArray())
                {
                    asked++;
                    request.Send(rig.Now);
                    rig.Answer(request, "", 502);
                }
            }
        );
        Assert.Empty(rig.Events.OfType<VenueEvent.OrderStatusAnswered>());
        Assert.InRange(asked, 240, 700);
        rig.Pass(rig.Settings.LongestPauseMs);
        rig.Answer(rig.Sent("orderStatus"), OrderRig.StatusJson(1, 5, "canceled"));
        Assert.Equal(OrderPhase.Cancelled, Settled(rig).Order!.Phase);
    }

    [Fact]
    public void After_a_reconnect_it_is_asked_about_at_once()
    {
        using OrderRig rig = Lost();
        rig.Pass(
            60_000,
            () =>
            {
                foreach (FakeRequestDesk.Request request in rig.Network.Open.ToArray())
                {
                    request.Send(rig.Now);
                    rig.Answer(request, "", 500);
                }
            }
        );
        rig.Desk.SessionLost(rig.Now, rig.Effects);
        Assert.Empty(rig.Network.Open);
        rig.Desk.SessionUp(rig.Now, rig.Effects);
        rig.Answer(rig.Sent("orderStatus"), OrderRig.StatusJson(1, 5, "open"));
        Settled(rig);
    }

    [Fact]
    public void An_order_that_ended_is_not_revived_by_what_was_under_way()
    {
        using OrderRig rig = new();
        rig.Answer(rig.Place(1), OrderRig.Statuses("""{"resting":{"oid":5}}"""));
        rig.Update(1, 5, "canceled", 1m, OrderRig.StartMs + 10);
        rig.Update(1, 5, "open", 1m, OrderRig.StartMs);
        rig.Update(1, 5, "canceled", 1m, OrderRig.StartMs + 10);
        VenueEvent.OrderChanged change = Assert.Single(rig.Events.OfType<VenueEvent.OrderChanged>());
        Assert.Equal(OrderPhase.Cancelled, change.Order.Phase);

        // A question asked before, answered after.
        rig.Command(new VenueCommand.QueryOrder(OrderRig.Id(1)));
        rig.Answer(rig.Sent("orderStatus"), OrderRig.StatusJson(1, 5, "open"));
        Assert.Equal(OrderPhase.Cancelled, Settled(rig).Order!.Phase);
    }

    [Fact]
    public void Repeated_and_older_news_is_not_told_again()
    {
        using OrderRig rig = new();
        rig.Answer(rig.Place(1), OrderRig.Statuses("""{"resting":{"oid":5}}"""));
        rig.Update(1, 5, "open", 0.4m, OrderRig.StartMs + 5);
        rig.Update(1, 5, "open", 0.4m, OrderRig.StartMs + 5);
        rig.Update(1, 5, "open", 1m, OrderRig.StartMs);
        Assert.Equal(0.4m, Assert.Single(rig.Events.OfType<VenueEvent.OrderChanged>()).Order.RemainingSize);
    }

    [Fact]
    public void A_refusal_of_an_order_the_venue_told_of_is_no_refusal()
    {
        using OrderRig rig = new();
        FakeRequestDesk.Request request = rig.Place(1);
        rig.Update(1, 5, "open");
        rig.Answer(request, OrderRig.Statuses("""{"error":"Insufficient margin to place order."}"""));
        Assert.Empty(rig.Events.OfType<VenueEvent.OrderRejected>());
        Assert.Equal(OrderPhase.Open, Settled(rig).Order!.Phase);
    }

    [Fact]
    public void A_replacement_has_an_outcome_and_the_old_order_is_told_of()
    {
        using OrderRig rig = new();
        rig.Answer(rig.Place(1), OrderRig.Statuses("""{"resting":{"oid":5}}"""));
        rig.Command(new VenueCommand.Modify(OrderRig.Id(1), OrderRig.Order(2)));
        rig.Answer(rig.Sent("batchModify"), OrderRig.Statuses("""{"error":"Insufficient margin to place order."}"""));
        Assert.Equal(RejectCode.Margin, Assert.IsType<VenueEvent.OrderRejected>(rig.Events[^1]).Code);
        rig.Pass(300);
        rig.Answer(rig.Sent("orderStatus"), OrderRig.StatusJson(1, 5, "canceled"));
        OrderReport old = Assert.IsType<VenueEvent.OrderChanged>(rig.Events[^1]).Order;
        Assert.Equal((OrderRig.Id(1), OrderPhase.Cancelled), (old.Id, old.Phase));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_replacement_answered_without_an_id_is_told_by_the_stream_in_either_order(bool isOldFirst)
    {
        using OrderRig rig = new();
        rig.Answer(rig.Place(1), OrderRig.Statuses("""{"resting":{"oid":5}}"""));
        rig.Command(new VenueCommand.Modify(OrderRig.Id(1), OrderRig.Order(2)));
        rig.Answer(rig.Sent("batchModify"), """{"status":"ok","response":{"type":"default"}}""");
        VenueEvent.OrderAcked ack = Assert.IsType<VenueEvent.OrderAcked>(rig.Events[^1]);
        Assert.Equal((OrderRig.Id(2), null), (ack.Id, ack.VenueId));
        rig.Update(isOldFirst ? 1 : 2, isOldFirst ? 5 : 6, isOldFirst ? "canceled" : "open");
        rig.Update(isOldFirst ? 2 : 1, isOldFirst ? 6 : 5, isOldFirst ? "open" : "canceled");
        Dictionary<long, OrderPhase> told = rig
            .Events.OfType<VenueEvent.OrderChanged>()
            .ToDictionary(e => e.Order.VenueId, e => e.Order.Phase);
        Assert.Equal(OrderPhase.Cancelled, told[5]);
        Assert.Equal(OrderPhase.Open, told[6]);
    }

    [Fact]
    public void More_unknown_orders_than_can_be_tracked_are_not_taken_and_exits_have_a_reserve()
    {
        using OrderRig rig = new(s => s with { MaxUnsettled = 8 });
        for (int i = 1; i <= 6; i++)
        {
            rig.End(rig.Place(i), RequestAnswer.Failed(wasSent: true, "timeout"));
        }

        rig.Command(new VenueCommand.Place([OrderRig.Order(7)]));
        Assert.Equal(RejectCode.NotSent, Assert.IsType<VenueEvent.OrderRejected>(rig.Events[^1]).Code);
        rig.Command(new VenueCommand.Place([OrderRig.Order(8, reduceOnly: true)]));
        Assert.Equal(RequestClass.Exit, rig.Sent("order").Class);
        Assert.Equal(6, rig.Desk.UnknownOrders);
    }

    [Fact]
    public void What_ended_is_forgotten_after_a_while_and_beyond_a_bound()
    {
        using OrderRig rig = new(s => s with { MaxEnded = 10 });
        for (int i = 1; i <= 100; i++)
        {
            rig.Answer(rig.Place(i), OrderRig.Statuses($$$"""{"resting":{"oid":{{{i}}}}}"""));
            rig.Update(i, i, "canceled");
        }

        Assert.InRange(rig.Desk.Remembered, 1, 30);
        rig.Pass(rig.Settings.EndedMemoryMs + 1);
        rig.Desk.Tick(rig.Now, rig.Effects);
        Assert.Equal(0, rig.Desk.Remembered);
    }

    private static OrderRig Lost()
    {
        OrderRig rig = new();
        rig.End(rig.Place(1), RequestAnswer.Failed(wasSent: true, "timeout"));
        Assert.IsType<VenueEvent.OrderUnknown>(Assert.Single(rig.Events));
        return rig;
    }

    private static VenueEvent.OrderStatusAnswered Settled(OrderRig rig) =>
        Assert.Single(rig.Events.OfType<VenueEvent.OrderStatusAnswered>());
}
