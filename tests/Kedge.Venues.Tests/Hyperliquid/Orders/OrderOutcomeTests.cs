using System.Text.Json;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Venues.Tests.Hyperliquid.Orders;

/// <summary>Whatever becomes of a request, each order in it ends once, as acknowledged, refused or unknown, and refused only on evidence.</summary>
public sealed class OrderOutcomeTests
{
    [Theory]
    [InlineData("""{"resting":{"oid":77}}""", OrderPhase.Open, "0", null)]
    [InlineData("""{"filled":{"totalSz":"1.0","avgPx":"99.5","oid":77}}""", OrderPhase.Filled, "1", "99.5")]
    [InlineData("""{"filled":{"totalSz":"0.4","avgPx":"99.5","oid":77}}""", OrderPhase.Open, "0.4", "99.5")]
    [InlineData("\"waitingForFill\"", OrderPhase.Waiting, "0", null)]
    [InlineData("\"waitingForTrigger\"", OrderPhase.Waiting, "0", null)]
    public void What_the_venue_took_is_acknowledged(string status, OrderPhase phase, string filled, string? price)
    {
        using OrderRig rig = new();
        rig.Answer(rig.Place(1), OrderRig.Statuses(status));
        VenueEvent.OrderAcked ack = Assert.IsType<VenueEvent.OrderAcked>(Assert.Single(rig.Events));
        Assert.Equal(OrderRig.Id(1), ack.Id);
        Assert.Equal(phase, ack.Phase);
        Assert.Equal(decimal.Parse(filled, System.Globalization.CultureInfo.InvariantCulture), ack.FilledSize);
        Assert.Equal(price, ack.AveragePrice?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(status.StartsWith('{') ? 77 : null, ack.VenueId);
    }

    [Theory]
    [InlineData("Price must be divisible by tick size. asset=0", RejectCode.PriceGrid)]
    [InlineData("Order must have minimum value of $10.", RejectCode.MinNotional)]
    [InlineData("Insufficient margin to place order. asset=0", RejectCode.Margin)]
    [InlineData("Reduce only order would increase position. asset=0", RejectCode.ReduceOnly)]
    [InlineData("Post only order would have immediately matched, bbo was 1@2.", RejectCode.PostOnlyWouldMatch)]
    [InlineData("Order could not immediately match against any resting orders. asset=0", RejectCode.NoMatch)]
    [InlineData("Invalid TP/SL price. asset=0", RejectCode.BadTrigger)]
    [InlineData("No liquidity available for market order.", RejectCode.NoMatch)]
    [InlineData("Order would increase open interest while open interest is capped", RejectCode.OpenInterestCap)]
    [InlineData("Order would increase open interest too quickly", RejectCode.OpenInterestCap)]
    [InlineData("Order price too far from oracle", RejectCode.PriceBand)]
    [InlineData("Order would cause position to exceed margin tier limit at current leverage", RejectCode.LeverageTier)]
    [InlineData("Order has zero size.", RejectCode.LotGrid)]
    [InlineData("Too many open orders.", RejectCode.TooManyOrders)]
    [InlineData("Something new. asset=0", RejectCode.Other)]
    public void A_refusal_has_its_code_and_keeps_its_words(string text, RejectCode code)
    {
        using OrderRig rig = new();
        rig.Answer(rig.Place(1), OrderRig.Statuses($$"""{"error":"{{text}}"}"""));
        Assert.Equal(new VenueEvent.OrderRejected(OrderRig.Id(1), code, text), Assert.Single(rig.Events));
    }

    [Theory]
    [InlineData("User or API Wallet 0x1719884eb866cb12b2287399b15f7db5e7d775ea does not exist.", RejectCode.Signer)]
    [InlineData("Too many cumulative requests sent (10001 > 10000).", RejectCode.RateLimited)]
    [InlineData("Invalid nonce: too far from the time of the block", RejectCode.Nonce)]
    [InlineData("The request expired before it arrived", RejectCode.Expired)]
    public void One_refusal_of_the_request_is_the_end_of_each_order_in_it(string text, RejectCode code)
    {
        using OrderRig rig = new();
        rig.Answer(rig.Place(1, 2, 3), OrderRig.Err(text));
        Assert.Equal(
            [.. Enumerable.Range(1, 3).Select(i => new VenueEvent.OrderRejected(OrderRig.Id(i), code, text))],
            rig.Events
        );
        using OrderRig single = new();
        single.Answer(single.Place(1, 2), OrderRig.Statuses($$"""{"error":"{{text}}"}"""));
        Assert.Equal(2, single.Events.OfType<VenueEvent.OrderRejected>().Count(e => e.Code == code));
    }

    [Theory]
    [InlineData("Invalid nonce: duplicate nonce 1795000000000")]
    [InlineData("Order with this cloid already exists")]
    public void A_refusal_that_may_answer_a_second_copy_proves_nothing(string text)
    {
        using OrderRig rig = new();
        rig.Answer(rig.Place(1), OrderRig.Err(text));
        Assert.IsType<VenueEvent.OrderUnknown>(Assert.Single(rig.Events));
        using OrderRig part = new();
        part.Answer(part.Place(1), OrderRig.Statuses($$"""{"error":"{{text}}"}"""));
        Assert.IsType<VenueEvent.OrderUnknown>(Assert.Single(part.Events));
    }

    [Theory]
    [InlineData(429, RejectCode.RateLimited)]
    [InlineData(422, RejectCode.Other)]
    [InlineData(400, RejectCode.Other)]
    [InlineData(403, RejectCode.Other)]
    public void A_status_by_which_the_request_was_not_taken_is_a_refusal(int status, RejectCode code)
    {
        using OrderRig rig = new();
        rig.Answer(rig.Place(1), "Failed to deserialize the JSON body into the target type", status);
        Assert.Equal(code, Assert.IsType<VenueEvent.OrderRejected>(Assert.Single(rig.Events)).Code);
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(502, "<html>")]
    [InlineData(503, "")]
    [InlineData(504, "")]
    [InlineData(408, "")]
    [InlineData(302, "")]
    [InlineData(200, "")]
    [InlineData(200, "null")]
    [InlineData(200, "{\"status\":\"ok\",\"response\":{\"type\":\"order\",\"data\":{\"statuses\":[{\"rest")]
    [InlineData(200, "{\"status\":\"ok\",\"response\":{\"type\":\"default\"}}")]
    [InlineData(200, "{\"status\":\"ok\",\"response\":{\"type\":\"order\",\"data\":{\"statuses\":[]}}}")]
    [InlineData(
        200,
        "{\"status\":\"ok\",\"response\":{\"type\":\"order\",\"data\":{\"statuses\":[{\"resting\":{\"oid\":1}},{\"resting\":{\"oid\":2}}]}}}"
    )]
    [InlineData(200, "{\"status\":\"ok\",\"response\":{\"type\":\"cancel\",\"data\":{\"statuses\":[\"success\"]}}}")]
    [InlineData(
        200,
        "{\"status\":\"ok\",\"response\":{\"type\":\"order\",\"data\":{\"statuses\":[{\"resting\":{\"oid\":1,\"cloid\":\"0x00000000000000000000000000000009\"}}]}}}"
    )]
    public void An_answer_that_proves_nothing_leaves_the_order_unknown(int status, string body)
    {
        using OrderRig rig = new();
        rig.Answer(rig.Place(1), body, status);
        Assert.IsType<VenueEvent.OrderUnknown>(Assert.Single(rig.Events));
        Assert.Equal(1, rig.Desk.UnknownOrders);
    }

    [Fact]
    public void What_never_left_is_refused_and_what_may_have_left_is_unknown()
    {
        using OrderRig rig = new();
        rig.End(rig.Place(1), RequestAnswer.Failed(wasSent: false, "no route"));
        rig.End(rig.Place(2), RequestAnswer.Failed(wasSent: true, "connection reset"));
        rig.End(rig.Place(3), RequestAnswer.Dropped("waited too long"));
        rig.Network.IsFull = true;
        rig.Command(new VenueCommand.Place([OrderRig.Order(4)]));
        Assert.Equal(RejectCode.NotSent, Assert.IsType<VenueEvent.OrderRejected>(rig.Events[0]).Code);
        Assert.IsType<VenueEvent.OrderUnknown>(rig.Events[1]);
        Assert.Equal(RejectCode.NotSent, Assert.IsType<VenueEvent.OrderRejected>(rig.Events[2]).Code);
        Assert.Equal(RejectCode.NotSent, Assert.IsType<VenueEvent.OrderRejected>(rig.Events[3]).Code);
        Assert.Equal(4, rig.Events.Count);
    }

    [Fact]
    public void Every_order_expires_by_the_venues_clock_and_is_built_when_it_is_sent()
    {
        using OrderRig rig = new();
        rig.Command(new VenueCommand.Place([OrderRig.Order(1, reduceOnly: true)]));
        FakeRequestDesk.Request request = Assert.Single(rig.Network.Open);
        Assert.False(request.IsSent);
        Assert.Equal(
            (RequestClass.Exit, "/exchange", 1, 1),
            (request.Class, request.Path, request.Weight, request.AddressActions)
        );
        rig.Pass(4_000);
        rig.Sent("order");
        using JsonDocument body = JsonDocument.Parse(request.Body!);
        long expiry = body.RootElement.GetProperty("expiresAfter").GetInt64();
        Assert.Equal(rig.VenueMs + rig.Settings.OrderLifeMs, expiry);

        rig.Command(new VenueCommand.Cancel("BTC", OrderRig.Id(1)));
        using JsonDocument cancel = JsonDocument.Parse(rig.Sent("cancelByCloid").Body!);
        Assert.False(cancel.RootElement.TryGetProperty("expiresAfter", out _));
    }

    [Fact]
    public void Orders_that_cannot_be_sent_are_refused_here_and_the_others_go_unless_they_belong_together()
    {
        using OrderRig rig = new();
        ApprovedOrder[] orders = [OrderRig.Order(1), OrderRig.Order(2, symbol: "NOPE"), OrderRig.Order(3, size: 1.123456789m)];
        rig.Command(new VenueCommand.Place(orders));
        Assert.Equal(
            [RejectCode.UnknownSymbol, RejectCode.LotGrid],
            rig.Events.Cast<VenueEvent.OrderRejected>().Select(e => e.Code)
        );
        rig.Answer(rig.Sent("order"), OrderRig.Statuses("""{"resting":{"oid":1}}"""));
        Assert.IsType<VenueEvent.OrderAcked>(rig.Events[^1]);

        using OrderRig bracket = new();
        bracket.Command(new VenueCommand.Place(orders, OrderGrouping.Bracket));
        Assert.Equal(3, bracket.Events.OfType<VenueEvent.OrderRejected>().Count());
        Assert.Empty(bracket.Network.Open);
    }

    [Fact]
    public void An_id_is_never_sent_twice()
    {
        using OrderRig rig = new();
        rig.Answer(rig.Place(1), OrderRig.Statuses("""{"resting":{"oid":1}}"""));
        rig.Command(new VenueCommand.Place([OrderRig.Order(1)]));
        Assert.Equal(RejectCode.DuplicateId, Assert.IsType<VenueEvent.OrderRejected>(rig.Events[^1]).Code);
        Assert.Empty(rig.Network.Open);
    }

    [Fact]
    public void Without_the_venues_time_or_a_saved_block_orders_wait_and_then_are_refused_unsent()
    {
        using OrderRig rig = new(start: false);
        rig.Desk.Start(0, rig.Now, rig.Effects);
        rig.Command(new VenueCommand.Place([OrderRig.Order(1)]));
        rig.Pass(1_000);
        rig.AnswerTime();
        FakeRequestDesk.Request order = rig.Sent("order");
        rig.Answer(order, OrderRig.Statuses("""{"resting":{"oid":1}}"""));
        Assert.IsType<VenueEvent.OrderAcked>(Assert.Single(rig.Events));

        using OrderRig silent = new(start: false);
        silent.Desk.Start(0, silent.Now, silent.Effects);
        silent.Command(new VenueCommand.Place([OrderRig.Order(1)]));
        silent.Pass(silent.Settings.NonceWaitMs + 1);
        Assert.Equal(RejectCode.NotSent, Assert.IsType<VenueEvent.OrderRejected>(Assert.Single(silent.Events)).Code);
    }

    [Fact]
    public void Cancels_leverage_and_the_dead_mans_switch_end_once_too()
    {
        const string done = """{"status":"ok","response":{"type":"default"}}""";
        const string cancelled = """{"status":"ok","response":{"type":"cancel","data":{"statuses":["success"]}}}""";
        const string gone =
            """{"status":"ok","response":{"type":"cancel","data":{"statuses":[{"error":"Order was never placed, already canceled, or filled. asset=0"}]}}}""";
        using OrderRig rig = new();
        rig.Command(new VenueCommand.Cancel("BTC", OrderRig.Id(1)));
        rig.Answer(rig.Sent("cancelByCloid"), cancelled);
        rig.Command(new VenueCommand.CancelForeign("BTC", 12));
        rig.Answer(rig.Sent("cancel"), gone);
        rig.Command(new VenueCommand.Cancel("BTC", OrderRig.Id(2)));
        rig.End(rig.Sent("cancelByCloid"), RequestAnswer.Failed(wasSent: true, "timeout"));
        rig.Command(new VenueCommand.Cancel("NOPE", OrderRig.Id(2)));
        rig.Command(new VenueCommand.SetLeverage("BTC", 5, IsCross: true));
        rig.Answer(rig.Sent("updateLeverage"), done);
        rig.Command(new VenueCommand.SetLeverage("BTC", 500, IsCross: true));
        rig.Answer(rig.Sent("updateLeverage"), OrderRig.Err("Invalid leverage value"));
        rig.Command(new VenueCommand.ScheduleCancel(null));
        rig.Answer(rig.Sent("scheduleCancel"), done, 503);
        Assert.Equal(
            [
                CommandOutcome.Done,
                CommandOutcome.Refused,
                CommandOutcome.Unknown,
                CommandOutcome.Refused,
                CommandOutcome.Done,
                CommandOutcome.Refused,
                CommandOutcome.Unknown,
            ],
            rig.Events.Select(OutcomeOf)
        );
        Assert.Equal(RejectCode.NotLive, Assert.IsType<VenueEvent.CancelAnswered>(rig.Events[1]).Code);
    }

    [Fact]
    public void A_question_is_answered_found_not_found_or_with_the_reason()
    {
        using OrderRig rig = new();
        rig.Command(new VenueCommand.QueryOrder(OrderRig.Id(1)));
        rig.Answer(rig.Sent("orderStatus"), OrderRig.StatusJson(1, 5, "open"));
        rig.Command(new VenueCommand.QueryOrder(OrderRig.Id(1)));
        rig.Answer(rig.Sent("orderStatus"), """{"status":"unknownOid"}""");
        rig.Command(new VenueCommand.QueryOrder(OrderRig.Id(1)));
        rig.Answer(rig.Sent("orderStatus"), "", 500);
        VenueEvent.OrderStatusAnswered[] answers = [.. rig.Events.Cast<VenueEvent.OrderStatusAnswered>()];
        Assert.Equal(OrderPhase.Open, answers[0].Order!.Phase);
        Assert.Null(answers[1].Order);
        Assert.Null(answers[1].Error);
        Assert.NotNull(answers[2].Error);
        Assert.All(answers, a => Assert.False(a.IsProvenAbsent));
    }

    private static CommandOutcome OutcomeOf(VenueEvent e) =>
        e switch
        {
            VenueEvent.CancelAnswered cancel => cancel.Outcome,
            VenueEvent.LeverageAnswered leverage => leverage.Outcome,
            VenueEvent.ScheduleAnswered schedule => schedule.Outcome,
            _ => throw new InvalidOperationException(e.ToString()),
        };
}
