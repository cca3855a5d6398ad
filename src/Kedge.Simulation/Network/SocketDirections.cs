namespace Kedge.Simulation.Network;

/// <summary>Directions of a connection, seen from the end they are named at.</summary>
[Flags]
public enum SocketDirections
{
    /// <summary>Neither.</summary>
    None = 0,

    /// <summary>From this end to the peer.</summary>
    Outgoing = 1,

    /// <summary>From the peer to this end.</summary>
    Incoming = 2,

    /// <summary>Both.</summary>
    Both = Outgoing | Incoming,
}
