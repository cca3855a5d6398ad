using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Network;

/// <summary>Who listens at an address, in one life of a process.</summary>
internal sealed record Listener(SimProcess Owner, int Life, Func<SimSocket, ISocketHandler?> Accept)
{
    public bool IsLive => Owner.IsRunning && Owner.Starts == Life;
}
