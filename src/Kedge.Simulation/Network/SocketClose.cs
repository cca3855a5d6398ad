namespace Kedge.Simulation.Network;

/// <summary>Why a connection ended, as the end that is told sees it.</summary>
public enum SocketClose
{
    /// <summary>Nobody listens there, or the connect was refused.</summary>
    Refused,

    /// <summary>The connect was not answered, or sent bytes were not acknowledged for too long.</summary>
    TimedOut,

    /// <summary>The peer closed it; everything it had sent was delivered.</summary>
    ByPeer,

    /// <summary>It was reset; bytes on their way are lost.</summary>
    Reset,
}
