using Kedge.Simulation.Network;

namespace Kedge.Simulation.Tests;

/// <summary>A server may end a request without an answer.</summary>
public sealed class RequestAbortTests
{
    [Fact]
    public void The_client_sees_a_reset_and_nothing_after_it()
    {
        World world = new();
        SimRequest? taken = null;
        List<RequestOutcome> outcomes = [];
        world.Network.Requests.Serve(world.Server, "server/http", request => taken = request);
        world.Network.Requests.Send(world.Client, "server/http", "/info", "?"u8, 5_000, (_, outcome) => outcomes.Add(outcome));
        world.Scheduler.RunFor(10);
        taken!.Abort();
        Assert.Throws<InvalidOperationException>(() => taken.Respond(200, "late"u8));
        world.Scheduler.RunFor(10);
        Assert.Equal(RequestResult.Reset, Assert.Single(outcomes).Result);
        world.Scheduler.RunFor(10_000);
        Assert.Single(outcomes);
        Assert.Equal(0, world.Network.Requests.InFlight);
    }
}
