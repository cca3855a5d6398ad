using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Network;

/// <summary>
/// One end of a connection: an ordered stream of bytes each way, as TCP gives it. There is no half-close: a closed end hears nothing more, and
/// what still arrives there is dropped.
/// </summary>
public sealed class SimSocket
{
    internal SimSocket(SimNetwork network, SimProcess owner, string name, string address, ISocketHandler? handler)
    {
        Network = network;
        Owner = owner;
        Name = name;
        Address = address;
        Handler = handler;
        Life = owner.Starts;
    }

    /// <summary>Name in traces and the fault log: <c>client>address#n</c> at the end that connected, with <c>'</c> behind it at the other.</summary>
    public string Name { get; }

    /// <summary>The address it was connected to.</summary>
    public string Address { get; }

    /// <summary>The process at this end.</summary>
    public SimProcess Owner { get; }

    /// <summary>What this end knows.</summary>
    public SocketState State { get; internal set; }

    /// <summary>Bytes sent that the peer's machine has not acknowledged.</summary>
    public long UnacknowledgedBytes => Peer is null ? 0 : Outgoing.Unacknowledged;

    /// <summary>For the use of whoever holds the handler.</summary>
    public object? Tag { get; set; }

    internal SimNetwork Network { get; }

    internal ISocketHandler? Handler { get; set; }

    internal SimSocket? Peer { get; set; }

    internal BytePipe Outgoing { get; set; } = null!;

    internal int Life { get; }

    internal long Id { get; set; }

    internal long ConnectedUs { get; set; }

    internal SimEventHandle Timeout { get; set; }

    /// <summary>A reset from the middle is on its way to this end.</summary>
    internal bool IsDoomed { get; set; }

    internal int Place { get; set; } = -1;

    internal bool PeerWasTold { get; set; }

    internal bool IsClient { get; init; }

    /// <summary>Sends bytes: all of them are taken or none.</summary>
    public SendResult Send(ReadOnlySpan<byte> bytes) => State == SocketState.Open ? Outgoing.Send(bytes) : SendResult.NotOpen;

    /// <summary>Closes this end; the peer gets what was sent and is then told. The handler is not called.</summary>
    public void Close() => Network.Close(this);

    /// <summary>Resets the connection; what is on its way is lost. The handler is not called.</summary>
    public void Reset() => Network.Reset(this);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({State})";
}
