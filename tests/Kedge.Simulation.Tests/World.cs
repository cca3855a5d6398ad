using Kedge.Simulation.Faults;
using Kedge.Simulation.Network;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Tests;

/// <summary>A client, a server, and a wire of 10 ms without jitter.</summary>
internal sealed class World
{
    public World(ulong seed = 1, FaultPlan? plan = null, NetworkOptions? options = null, SchedulerOptions? scheduler = null)
    {
        Scheduler = new VirtualScheduler(seed, scheduler);
        Network = new SimNetwork(Scheduler, plan, options ?? new NetworkOptions { Latency = new LatencyModel(10_000, 0) });
        Client = Scheduler.AddProcess("client");
        Server = Scheduler.AddProcess("server");
        Client.Start();
        Server.Start();
        Here = new Recorder(Scheduler);
        There = new Recorder(Scheduler);
    }

    public VirtualScheduler Scheduler { get; }

    public SimNetwork Network { get; }

    public SimProcess Client { get; }

    public SimProcess Server { get; }

    public Recorder Here { get; }

    public Recorder There { get; }

    public FaultLog Faults => Scheduler.Faults;

    /// <summary>Listens and connects; open at both ends after 20 ms.</summary>
    public SimSocket Open()
    {
        Network.Listen(Server, "server/tcp", There.Accept);
        SimSocket socket = Network.Connect(Client, "server/tcp", Here);
        Scheduler.RunFor(20);
        Assert.True(Here.IsOpen);
        return socket;
    }

    public InjectedFault OnlyFault(FaultKind kind, string target, string cause)
    {
        InjectedFault fault = Assert.Single(Faults);
        Assert.Equal((kind, target, cause), (fault.Kind, fault.Target, fault.Cause));
        return fault;
    }
}
