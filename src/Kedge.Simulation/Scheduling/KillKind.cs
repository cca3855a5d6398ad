namespace Kedge.Simulation.Scheduling;

/// <summary>How a process ends against its will.</summary>
public enum KillKind
{
    /// <summary>The process is killed and the machine lives on: bytes already sent are delivered, peers see the connections end, connects are refused.</summary>
    Process,

    /// <summary>The machine loses power: peers hear nothing, connects time out; after a restart what still arrives on old connections is answered by a reset.</summary>
    Power,
}
