using System.Text;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Gateways.Hyperliquid.Faults;

namespace Kedge.Exchange.Tests.Faults;

/// <summary>What each fault of requests, of the clock and of the operator does, alone.</summary>
public sealed class RequestFaultTests
{
    private readonly FaultRig _rig = new();

    [Fact]
    public void A_lost_response_is_of_an_action_that_was_carried_out()
    {
        _rig.Inject(FaultKind.ResponseLost, lastsMs: 8_000);
        _rig.Act(nonce: 42);
        Assert.Single(Actions());
        _rig.Wait(8_000);
        Assert.Equal(1, _rig.Aborts.Single().Request);
        Assert.Empty(_rig.Answers);
        Told("fault.response_lost", "order nonce=42 cloid=0xabc", "cloid=0xabc nonce=42");
    }

    [Fact]
    public void A_lost_request_never_arrives()
    {
        _rig.Inject(FaultKind.RequestLost, lastsMs: 8_000);
        _rig.Act();
        _rig.Wait(8_000);
        Assert.Empty(Actions());
        Assert.Single(_rig.Aborts);
        Assert.Empty(_rig.Answers);
        Told("fault.request_lost", "not carried out");
    }

    [Fact]
    public void A_late_request_arrives_when_its_caller_no_longer_waits()
    {
        _rig.Inject(FaultKind.RequestLate, lastsMs: 2_000);
        _rig.Act();
        _rig.Wait(1_999);
        Assert.Empty(Actions());
        _rig.Wait(1);
        Assert.Single(Actions());
        Assert.Single(_rig.Aborts);
        Assert.Empty(_rig.Answers);
        Told("fault.request_late", "after 2000 ms");
    }

    [Fact]
    public void Only_actions_are_lost_and_only_those_that_match()
    {
        _rig.Inject(FaultKind.RequestLost, match: "cancel");
        _rig.Act();
        _rig.Request("/info", """{"type":"cancel"}""");
        Assert.Equal(2, _rig.Answers.Count());
        _rig.Request("/exchange", """{"action":{"type":"cancel"},"nonce":3}""");
        Assert.Equal(2, _rig.Answers.Count());
    }

    [Fact]
    public void An_order_that_exists_is_not_found()
    {
        _rig.Inject(FaultKind.OrderNotFound);
        _rig.Venue.Information = """{"status":"unknownOid"}""";
        Query();
        Assert.Empty(_rig.Log);
        _rig.Venue.Information = """{"status":"order","order":{"order":{"oid":5},"status":"open"}}""";
        Query();
        Query();
        Assert.Equal(
            ["""{"status":"unknownOid"}""", """{"status":"unknownOid"}""", _rig.Venue.Information],
            _rig.Answers.Select(answer => Encoding.UTF8.GetString(answer.Body.Span))
        );
        Told("fault.order_not_found", "oid=5");
    }

    [Fact]
    public void A_nonce_is_refused_and_nothing_carried_out()
    {
        _rig.Inject(FaultKind.NonceRefused);
        _rig.Act();
        Assert.Empty(Actions());
        GatewayOutput.HttpResponded answer = _rig.Answers.Single();
        Assert.Equal((200, true), (answer.Status, answer.IsJson));
        Assert.StartsWith(
            """{"status":"err","response":"Invalid nonce""",
            Encoding.UTF8.GetString(answer.Body.Span),
            StringComparison.Ordinal
        );
        Told("fault.nonce_refused");
    }

    [Fact]
    public void A_burst_of_429_answers_everything_and_carries_nothing_out()
    {
        _rig.Inject(FaultKind.RateLimited, count: 2);
        _rig.Act();
        Query();
        _rig.Act();
        Assert.Equal([429, 429, 200], _rig.Answers.Select(answer => answer.Status));
        Assert.False(_rig.Answers.First().IsJson);
        Assert.Single(Actions());
        Told("fault.rate_limited");
    }

    [Fact]
    public void A_burst_of_5xx_says_which_actions_were_carried_out_all_the_same()
    {
        _rig.Inject(FaultKind.ServerError, count: 100);
        for (int i = 0; i < 100; i++)
        {
            _rig.Act();
        }

        Assert.All(_rig.Answers, answer => Assert.True(answer is { Status: 500 or 502 or 503, IsJson: false }));
        Assert.Equal(100, _rig.Answers.Count());
        int landed = _rig.Log.Count(entry => !entry.Detail.Contains("not carried out", StringComparison.Ordinal));
        Assert.InRange(landed, 25, 75);
        Assert.Equal(landed, Actions().Count());
        Told("fault.server_error");
    }

    [Fact]
    public void A_burst_that_a_draw_began_lasts_its_time()
    {
        FaultRig rig = new(Plan(FaultKind.RateLimited, new FaultRate(1, Lasts: new DurationRange(1_000, 1_000))));
        rig.Act();
        rig.Stop();
        rig.Act();
        Assert.Equal([429, 200], rig.Answers.Select(answer => answer.Status));
    }

    [Fact]
    public void The_clock_steps_and_steps_back()
    {
        _rig.Inject(FaultKind.ClockStepped, lastsMs: 60_000);
        VenueOperation.StepClock step = Assert.IsType<VenueOperation.StepClock>(_rig.Venue.Operations.Single());
        Assert.InRange(Math.Abs(step.ByMs), 100, 30_000);
        _rig.Wait(60_000);
        Assert.Equal(new VenueOperation.StepClock(-step.ByMs), _rig.Venue.Operations.Last());
        Told("fault.clock_stepped");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_step_in_force_when_the_venue_was_saved_is_set_back_in_its_next_life(bool isStopped)
    {
        FaultRig rig = new(clockMs: 5_000);
        Assert.Empty(rig.Venue.Operations);
        if (isStopped)
        {
            rig.Stop();
        }
        else
        {
            rig.Wait(600_000);
        }

        Assert.Equal([new VenueOperation.StepClock(-5_000)], rig.Venue.Operations);
    }

    [Fact]
    public void The_operators_faults_are_done_by_the_venue()
    {
        VenueOperation[] expected =
        [
            new VenueOperation.FillThenCancel(FixedTargets.Alice, 77, 0),
            new VenueOperation.Liquidate(FixedTargets.Alice),
            new VenueOperation.Deleverage(FixedTargets.Alice, 1, 5),
            new VenueOperation.Delist(1),
            new VenueOperation.ChangeLotSize(1, 3),
            new VenueOperation.ReviseCandle(1, 60_000, 500),
        ];
        FaultKind[] kinds =
        [
            FaultKind.PartialFillCancel,
            FaultKind.Liquidation,
            FaultKind.Deleveraging,
            FaultKind.Delisting,
            FaultKind.LotChanged,
            FaultKind.CandleRevised,
        ];
        Array.ForEach(kinds, kind => _rig.Inject(kind));
        Assert.Equal(expected, _rig.Venue.Operations);
        Assert.Equal(kinds.Select(kind => "fault." + FaultWords.Word(kind)), _rig.Log.Select(entry => entry.Code));
    }

    [Fact]
    public void What_finds_no_target_waits_for_one()
    {
        _rig.Targets.IsEmpty = true;
        _rig.Inject(FaultKind.Liquidation);
        Assert.Empty(_rig.Venue.Operations);
        _rig.Targets.IsEmpty = false;
        _rig.Wait(100);
        _rig.Act();
        Assert.Single(_rig.Venue.Operations);
    }

    [Fact]
    public void Kinds_counted_by_days_come_about_as_often_as_the_plan_says()
    {
        FaultRig rig = new(Plan(FaultKind.Liquidation, new FaultRate(0, PerDay: 200)));
        rig.Wait(10L * 86_400_000);
        // 2,000 gaps, each even between nothing and twice the mean: three deviations are 3 × 2,000^½ / 3^½ = 77.
        Assert.InRange(rig.Gateway.Count(FaultKind.Liquidation), 1_900, 2_100);
    }

    private static ExchangeFaultPlan Plan(FaultKind kind, FaultRate rate) =>
        new() { Rates = new Dictionary<FaultKind, FaultRate> { [kind] = rate } };

    private IEnumerable<GatewayInput.HttpRequested> Actions() =>
        _rig.Venue.Heard.OfType<GatewayInput.HttpRequested>().Where(request => request.Path == "/exchange");

    private void Query() => _rig.Request("/info", """{"type":"orderStatus","user":"0x1","oid":5}""");

    private void Told(string code, params string[] anyOf)
    {
        Assert.NotEmpty(_rig.Log);
        Assert.All(_rig.Log, entry => Assert.Equal(code, entry.Code));
        Assert.True(
            anyOf.Length == 0 || anyOf.Any(text => _rig.Log.Any(entry => entry.Detail.Contains(text, StringComparison.Ordinal)))
        );
    }
}
