namespace Kedge.Simulation.Network;

/// <summary>The connects of one process to one address: their number, and a stream of draws for each purpose.</summary>
internal sealed class ConnectLane(SimRandom random)
{
    public SimRandom Latency { get; } = random.Fork("latency");

    public SimRandom Refused { get; } = random.Fork("refused");

    public SimRandom Lost { get; } = random.Fork("lost");

    public int Connects { get; set; }
}
