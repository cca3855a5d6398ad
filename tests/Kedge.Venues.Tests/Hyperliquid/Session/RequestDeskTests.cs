using Kedge.Model.Machines;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Venues.Tests.Hyperliquid.Session;

/// <summary>The budgets hold whatever is asked, and the urgent comes first.</summary>
public sealed class RequestDeskTests
{
    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(2, 1.0)]
    [InlineData(3, 0.2)]
    public void No_minute_of_the_venue_sees_more_weight_than_the_share(int seed, double share)
    {
        Random random = new(seed);
        SessionSettings settings = new() { WeightShare = share };
        RequestDesk desk = new(settings);
        Wire wire = new();
        List<(long AtMs, int Weight)> seen = [];
        for (long now = 0; now < 600_000; now += random.Next(1, 400))
        {
            for (int i = random.Next(3); i > 0; i--)
            {
                int items = random.Next(2) * random.Next(101);
                int actual = random.Next(items + 1);
                RequestClass cls = (RequestClass)random.Next(6);
                int weight = random.Next(4) == 0 ? 20 : 2;
                desk.Ask(
                    cls,
                    "/info",
                    weight,
                    items,
                    0,
                    10_000,
                    60_000,
                    _ => new byte[] { (byte)weight, (byte)actual },
                    (in RequestAnswer _, in Now _, IEffectSink<SessionEffect> _) => desk.Settle(actual)
                );
            }

            desk.Pump(new Now(now, now), wire);
            foreach (SessionEffect.SendHttp sent in wire.Take())
            {
                // The venue counts it at any moment between sending and answer.
                long answeredAt = now + random.Next(1, 5_000);
                seen.Add((random.NextInt64(now, answeredAt + 1), sent.Body.Span[0] + sent.Body.Span[1]));
                wire.Pending.Add((answeredAt, sent.Request));
            }

            foreach ((long at, long request) in wire.Pending.Where(p => p.AtMs <= now).ToArray())
            {
                wire.Pending.Remove((at, request));
                desk.Answered(new SessionInput.HttpAnswered(request, 200, default), new Now(now, now), wire);
            }
        }

        Assert.True(seen.Count > 100);
        long budget = (long)(1_200 * share);
        foreach ((long start, _) in seen)
        {
            Assert.True(seen.Where(s => s.AtMs >= start && s.AtMs < start + 60_000).Sum(s => s.Weight) <= budget);
        }
    }

    [Fact]
    public void A_cancel_within_its_extra_budget_leaves_the_next_exit_its_action()
    {
        ActionBudget budget = new(reserve: 200);
        budget.Learn(used: 10_000, capNow: 10_000, surplus: 0);
        budget.Take(RequestClass.Cancel, 1, 1_000);
        Assert.True(budget.Fits(RequestClass.Exit, 1, 1_000));
        budget.Take(RequestClass.Exit, 1, 1_000);
        Assert.False(budget.Fits(RequestClass.Exit, 1, 10_999));
        Assert.True(budget.Fits(RequestClass.Exit, 1, 11_000));
    }

    [Fact]
    public void Under_a_drained_budget_exits_and_cancels_still_go()
    {
        RequestDesk desk = new(new SessionSettings());
        Wire wire = new();
        for (int i = 0; i < 100; i++)
        {
            Ask(desk, RequestClass.Query, 20);
        }

        Drain(desk, wire, 0);
        Assert.Equal(480, desk.WeightUsed); // 600 less a fifth.
        Ask(desk, RequestClass.Order, 1, actions: 1);
        Ask(desk, RequestClass.Cancel, 1, actions: 1, name: 2);
        Ask(desk, RequestClass.Exit, 1, actions: 1, name: 1);
        desk.Pump(new Now(1_000, 0), wire);
        Assert.Equal([1, 2], wire.Take().Select(s => s.Body.Span[0]));
    }

    [Fact]
    public void After_too_many_requests_everything_pauses_and_the_urgent_goes_first()
    {
        RequestDesk desk = new(new SessionSettings());
        Wire wire = new();
        Ask(desk, RequestClass.Query, 2);
        desk.Pump(new Now(0, 0), wire);
        long first = wire.Take().Single().Request;
        desk.Answered(new SessionInput.HttpAnswered(first, 429, default), new Now(10, 0), wire);
        Ask(desk, RequestClass.Query, 2, name: 9);
        Ask(desk, RequestClass.Cancel, 1, name: 2);
        Ask(desk, RequestClass.Exit, 1, name: 1);
        desk.Pump(new Now(500, 0), wire);
        Assert.Empty(wire.Take());
        Assert.InRange(desk.NextDueMonotonicMs, 501, 1_010);
        desk.Pump(new Now(1_010, 0), wire);
        SessionEffect.SendHttp only = Assert.Single(wire.Take());
        Assert.Equal(1, only.Body.Span[0]);
        desk.Answered(new SessionInput.HttpAnswered(only.Request, 200, default), new Now(1_100, 0), wire);
        desk.Pump(new Now(1_100, 0), wire);
        Assert.Equal([2, 9], wire.Take().Select(s => s.Body.Span[0]));
        Assert.Equal(1, desk.RateLimited);
    }

    [Fact]
    public void An_exit_waits_neither_for_questions_that_hang_nor_for_a_long_pause_after_too_many_requests()
    {
        RequestDesk desk = new(new SessionSettings());
        Wire wire = new();
        for (int i = 0; i < 10; i++)
        {
            Ask(desk, RequestClass.Query, 2);
        }

        desk.Pump(new Now(0, 0), wire);
        long[] questions = [.. wire.Take().Select(s => s.Request)];
        for (int i = 0; i < 6; i++)
        {
            desk.Answered(new SessionInput.HttpAnswered(questions[i], 429, default), new Now(i, 0), wire); // 30 seconds for questions.
        }

        Ask(desk, RequestClass.Query, 2, name: 9);
        Ask(desk, RequestClass.Exit, 1, name: 1);
        Ask(desk, RequestClass.Exit, 1, name: 2);
        desk.Pump(new Now(100, 0), wire);
        Assert.Empty(wire.Take());
        Assert.InRange(desk.NextDueMonotonicMs, 101, 1_005);
        desk.Pump(new Now(1_005, 0), wire); // Four questions still hang.
        Assert.Equal([1], wire.Take().Select(s => s.Body.Span[0]));
    }

    [Fact]
    public void Questions_about_orders_may_use_half_of_the_weight_that_other_questions_must_leave()
    {
        // 1,200 a minute, one half of it ours, one fifth of that in reserve: 480 for all, 540 for what became of orders, 600 for exits.
        RequestDesk desk = new(new SessionSettings());
        Wire wire = new();
        Ask(desk, RequestClass.Query, 480, name: 1);
        desk.Pump(new Now(1_000, 0), wire);
        Ask(desk, RequestClass.Status, 2, name: 2);
        Ask(desk, RequestClass.Query, 20, name: 3);
        Ask(desk, RequestClass.Status, 58, name: 4);
        Ask(desk, RequestClass.Status, 2, name: 5);
        desk.Pump(new Now(1_001, 0), wire);
        Assert.Equal([1, 2, 4], wire.Take().Select(s => s.Body.Span[0]));
        Ask(desk, RequestClass.Exit, 60, name: 6);
        desk.Pump(new Now(1_002, 0), wire);
        Assert.Equal([6], wire.Take().Select(s => s.Body.Span[0]));
    }

    [Fact]
    public void The_accounts_actions_keep_a_reserve_for_exits_and_cancels()
    {
        RequestDesk desk = new(new SessionSettings { ActionReserve = 100 });
        Wire wire = new();
        List<RequestEnd> ends = [];
        desk.Actions.Learn(used: 9_900, capNow: 10_000, surplus: 0);
        Ask(desk, RequestClass.Order, 1, actions: 1, ends: ends);
        Ask(desk, RequestClass.Exit, 1, actions: 100, name: 1);
        desk.Pump(new Now(20_000, 0), wire);
        Assert.Equal([RequestEnd.Dropped], ends);
        Assert.Equal([1], wire.Take().Select(s => s.Body.Span[0]));
        Assert.Equal(0, desk.Actions.Left);

        // Nothing is left: one exit in ten seconds; cancels have a budget of their own.
        Ask(desk, RequestClass.Exit, 1, actions: 1, name: 2);
        Ask(desk, RequestClass.Exit, 1, actions: 1, name: 3);
        Ask(desk, RequestClass.Cancel, 1, actions: 1, name: 4);
        desk.Pump(new Now(20_001, 0), wire);
        Assert.Equal([2, 4], wire.Take().Select(s => s.Body.Span[0]));
        desk.Pump(new Now(30_001, 0), wire);
        Assert.Empty(wire.Take()); // It waited for longer than its time.
    }

    [Fact]
    public void Every_request_ends_once_and_strays_are_counted()
    {
        RequestDesk desk = new(new SessionSettings { MaxQueued = 2 });
        Wire wire = new();
        List<RequestEnd> ends = [];
        Assert.True(Ask(desk, RequestClass.Query, 2, ends: ends));
        Assert.True(Ask(desk, RequestClass.Query, 2, ends: ends));
        Assert.False(Ask(desk, RequestClass.Query, 2, ends: ends));
        desk.Pump(new Now(0, 0), wire);
        long[] sent = [.. wire.Take().Select(s => s.Request)];
        desk.Failed(new SessionInput.HttpFailed(sent[0], WasSent: true, "reset"), new Now(5, 0), wire);
        desk.Failed(new SessionInput.HttpFailed(sent[0], WasSent: true, "reset"), new Now(5, 0), wire);
        desk.Answered(new SessionInput.HttpAnswered(999, 200, default), new Now(5, 0), wire);
        desk.Pump(new Now(60_000, 0), wire); // The driver forgot the second.
        Assert.Equal([RequestEnd.Failed, RequestEnd.Failed], ends);
        Assert.Equal(2, desk.StrayAnswers);
        Assert.Equal(0, desk.InFlight);
    }

    private static bool Ask(
        RequestDesk desk,
        RequestClass cls,
        int weight,
        int actions = 0,
        byte name = 0,
        List<RequestEnd>? ends = null
    ) =>
        desk.Ask(
            cls,
            "/info",
            weight,
            actions,
            5_000,
            _ => new[] { name },
            (in RequestAnswer answer, in Now _, IEffectSink<SessionEffect> _) => ends?.Add(answer.End)
        );

    private static void Drain(RequestDesk desk, Wire wire, long nowMs)
    {
        while (true)
        {
            desk.Pump(new Now(nowMs, 0), wire);
            SessionEffect.SendHttp[] sent = wire.Take();
            if (sent.Length == 0)
            {
                return;
            }

            foreach (SessionEffect.SendHttp one in sent)
            {
                desk.Answered(new SessionInput.HttpAnswered(one.Request, 200, default), new Now(nowMs, 0), wire);
            }
        }
    }

    private sealed class Wire : IEffectSink<SessionEffect>
    {
        private readonly List<SessionEffect.SendHttp> sent = [];

        public List<(long AtMs, long Request)> Pending { get; } = [];

        public void Add(in SessionEffect effect) => sent.Add(Assert.IsType<SessionEffect.SendHttp>(effect));

        public SessionEffect.SendHttp[] Take()
        {
            SessionEffect.SendHttp[] taken = [.. sent];
            sent.Clear();
            return taken;
        }
    }
}
