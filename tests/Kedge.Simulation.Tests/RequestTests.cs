using Kedge.Simulation.Faults;
using Kedge.Simulation.Network;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Tests;

/// <summary>A request has one outcome for its client; whether it landed is another matter.</summary>
public sealed class RequestTests
{
    private readonly World _world = new();
    private readonly List<(long AtMs, string Path)> _landed = [];
    private readonly List<(long AtMs, RequestResult Result, int Status)> _outcomes = [];

    [Fact]
    public void Without_faults_a_request_is_answered_after_a_round_trip()
    {
        Serve();
        Send();
        _world.Scheduler.RunUntilIdle();
        Assert.Equal([(10, "/info")], _landed);
        Assert.Equal([(20, RequestResult.Answered, 200)], _outcomes);
        Assert.Empty(_world.Faults);
        Assert.Equal(0, _world.Network.Requests.InFlight);
    }

    [Theory]
    [InlineData(FaultKind.RequestLost, 0, RequestResult.TimedOut, 1_000)]
    [InlineData(FaultKind.RequestReset, 0, RequestResult.Reset, 10)]
    [InlineData(FaultKind.ResponseLost, 1, RequestResult.TimedOut, 1_000)]
    [InlineData(FaultKind.ResponseReset, 1, RequestResult.Reset, 20)]
    public void A_fault_does_what_it_says_to_one_request(FaultKind kind, int landed, RequestResult result, long atMs)
    {
        Serve();
        _world.Network.Requests.FailNext("server/http", kind, 0, 1, "test");
        long number = Send();
        _world.Scheduler.RunUntilIdle();
        Assert.Equal(landed, _landed.Count);
        Assert.Equal([(atMs, result, 0)], _outcomes);
        Assert.Equal(number, _world.OnlyFault(kind, "client>server/http/info", "test").Amount);
        Send();
        _world.Scheduler.RunUntilIdle();
        Assert.Equal(RequestResult.Answered, _outcomes[1].Result);
        Assert.Single(_world.Faults);
        Assert.Equal(0, _world.Network.Requests.InFlight);
    }

    [Theory]
    [InlineData(FaultKind.RequestDelayed, 310)]
    [InlineData(FaultKind.ResponseDelayed, 10)]
    public void A_delay_within_the_clients_time_is_only_late(FaultKind kind, long landedMs)
    {
        Serve();
        _world.Network.Requests.FailNext("server/http", kind, 300, 1, "test");
        Send();
        _world.Scheduler.RunUntilIdle();
        Assert.Equal((landedMs, "/info"), Assert.Single(_landed));
        Assert.Equal([(320, RequestResult.Answered, 200)], _outcomes);
        _world.OnlyFault(kind, "client>server/http/info", "test");
    }

    [Theory]
    [InlineData(FaultKind.RequestDelayed, 600_010)]
    [InlineData(FaultKind.ResponseDelayed, 10)]
    public void A_request_delayed_past_the_clients_time_times_out_and_lands_all_the_same(FaultKind kind, long landedMs)
    {
        Serve();
        _world.Network.Requests.FailNext("server/http", kind, 600_000, 1, "test");
        Send();
        _world.Scheduler.RunUntilIdle();
        Assert.Equal((landedMs, "/info"), Assert.Single(_landed));
        Assert.Equal([(1_000, RequestResult.TimedOut, 0)], _outcomes);
        Assert.Equal(1, _world.Network.Requests.LateAnswers);
        Assert.Equal(0, _world.Network.Requests.InFlight);
    }

    [Fact]
    public void Nobody_serving_is_a_refusal_and_a_partition_loses_requests_and_answers()
    {
        Send();
        _world.Scheduler.RunUntilIdle();
        Serve();
        Send();
        _world.Scheduler.RunFor(15);
        _world.Network.Partition(_world.Client, _world.Server, 500, "test");
        Send();
        _world.Scheduler.RunUntilIdle();
        Assert.Equal([RequestResult.Refused, RequestResult.TimedOut, RequestResult.TimedOut], _outcomes.Select(o => o.Result));
        Assert.Single(_landed);
        _world.OnlyFault(FaultKind.Partitioned, "client|server", "test");
    }

    [Theory]
    [InlineData(KillKind.Process, RequestResult.Reset, RequestResult.Refused)]
    [InlineData(KillKind.Power, RequestResult.TimedOut, RequestResult.TimedOut)]
    public void A_server_killed_before_it_answers_never_does(KillKind kind, RequestResult landed, RequestResult next)
    {
        SimRequest? held = null;
        _world.Network.Requests.Serve(_world.Server, "server/http", request => held = request);
        Send();
        _world.Scheduler.RunFor(15);
        _world.Server.Kill(kind, "test");
        Send();
        _world.Scheduler.RunUntilIdle();
        Assert.Equal([landed, next], _outcomes.Select(o => o.Result));
        _world.Server.Start();
        held!.Respond(200, []);
        _world.Scheduler.RunUntilIdle();
        Assert.Equal(2, _outcomes.Count);
    }

    [Fact]
    public void A_killed_client_hears_nothing_and_what_it_sent_lands()
    {
        Serve();
        Send();
        _world.Client.Kill(KillKind.Process, "test");
        _world.Client.Start();
        _world.Scheduler.RunUntilIdle();
        Assert.Single(_landed);
        Assert.Empty(_outcomes);
        Assert.Equal(0, _world.Network.Requests.InFlight);
    }

    [Fact]
    public void At_the_limit_a_request_is_not_taken()
    {
        World world = new(options: new NetworkOptions { RequestsMax = 1 });
        Assert.Equal(1, world.Network.Requests.Send(world.Client, "a", "/", [], 100, (_, _) => { }));
        Assert.Equal(0, world.Network.Requests.Send(world.Client, "a", "/", [], 100, (_, _) => { }));
        world.Scheduler.RunUntilIdle();
        Assert.Equal(2, world.Network.Requests.Send(world.Client, "a", "/", [], 100, (_, _) => { }));
    }

    [Fact]
    public void Shares_give_about_that_share_and_each_outcome_has_its_cause_in_the_log()
    {
        RequestFaults faults = new()
        {
            RequestLostShare = 0.05,
            RequestResetShare = 0.05,
            RequestDelayedShare = 0.05,
            RequestDelayMs = new MsRange(100, 5_000),
            ResponseLostShare = 0.05,
            ResponseResetShare = 0.05,
            ResponseDelayedShare = 0.05,
            ResponseDelayMs = new MsRange(100, 5_000),
        };
        World world = new(11, new FaultPlan { Requests = faults }, new NetworkOptions());
        HashSet<string> landed = [];
        Dictionary<long, RequestResult> outcomes = [];
        world.Network.Requests.Serve(
            world.Server,
            "a",
            request =>
            {
                Assert.True(landed.Add(request.Path));
                request.Respond(200, request.Body.Span);
            }
        );
        for (int i = 1; i <= 4_000; i++)
        {
            world.Network.Requests.Send(
                world.Client,
                "a",
                $"/{i}",
                [1],
                1_000,
                (number, outcome) => outcomes.Add(number, outcome.Result)
            );
            world.Scheduler.RunFor(5);
        }

        world.Scheduler.RunUntilIdle();
        Dictionary<long, FaultKind> causes = world.Faults.ToDictionary(fault => fault.Amount, fault => fault.Kind);
        Assert.Equal(4_000, outcomes.Count);
        Assert.InRange(causes.Count, 900, 1_250);
        for (int i = 1; i <= 4_000; i++)
        {
            bool isFaulty = causes.TryGetValue(i, out FaultKind kind);
            bool lands = !isFaulty || kind is not (FaultKind.RequestLost or FaultKind.RequestReset);
            Assert.Equal(lands, landed.Contains($"/{i}"));
            RequestResult[] possible = !isFaulty
                ? [RequestResult.Answered]
                : kind switch
                {
                    FaultKind.RequestLost or FaultKind.ResponseLost => [RequestResult.TimedOut],
                    FaultKind.RequestReset or FaultKind.ResponseReset => [RequestResult.Reset],
                    _ => [RequestResult.Answered, RequestResult.TimedOut],
                };
            Assert.Contains(outcomes[i], possible);
        }
    }

    private void Serve() =>
        _world.Network.Requests.Serve(
            _world.Server,
            "server/http",
            request =>
            {
                _landed.Add((_world.Scheduler.NowUs / 1_000, request.Path));
                request.Respond(200, [1]);
            }
        );

    private long Send() =>
        _world.Network.Requests.Send(
            _world.Client,
            "server/http",
            "/info",
            [1, 2],
            1_000,
            (_, outcome) => _outcomes.Add((_world.Scheduler.NowUs / 1_000, outcome.Result, outcome.Status))
        );
}
