namespace Kedge.Simulation.Network;

/// <summary>What one end of a connection knows of it.</summary>
public enum SocketState
{
    /// <summary>The connect is on its way.</summary>
    Connecting,

    /// <summary>Bytes can be sent.</summary>
    Open,

    /// <summary>It is over for this end.</summary>
    Closed,
}
