namespace Kedge.Simulation.Network;

/// <summary>Hears what happens at one end of a connection. Always called from an event of the network, never from within a call to it.</summary>
public interface ISocketHandler
{
    /// <summary>The connect came through. Only at the end that connected.</summary>
    void Opened(SimSocket socket);

    /// <summary>Bytes arrived, in order. The piece says nothing of how they were sent.</summary>
    /// <param name="socket">This end.</param>
    /// <param name="bytes">At least one; valid during the call.</param>
    void Received(SimSocket socket, ReadOnlySpan<byte> bytes);

    /// <summary>The connection ended, not by this end. The last call for this socket.</summary>
    void Closed(SimSocket socket, SocketClose reason);
}
