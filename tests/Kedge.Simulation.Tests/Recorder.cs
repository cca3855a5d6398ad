using Kedge.Model.Machines;
using Kedge.Simulation.Network;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Tests;

/// <summary>Writes down what an end of a connection hears, and when.</summary>
internal sealed class Recorder(VirtualScheduler scheduler, bool echo = false) : ISocketHandler
{
    public List<byte> Bytes { get; } = [];

    public List<(long AtMs, int Bytes)> Pieces { get; } = [];

    public SimSocket? Socket { get; private set; }

    public SocketClose? Reason { get; private set; }

    public long ClosedAtMs { get; private set; }

    public bool IsOpen { get; private set; }

    public ISocketHandler Accept(SimSocket socket)
    {
        Socket = socket;
        return this;
    }

    public void Opened(SimSocket socket)
    {
        Assert.Null(Reason);
        Socket = socket;
        IsOpen = true;
    }

    public void Received(SimSocket socket, ReadOnlySpan<byte> bytes)
    {
        Assert.Null(Reason);
        Assert.False(bytes.IsEmpty);
        Bytes.AddRange(bytes);
        Pieces.Add((scheduler.NowUs / 1_000, bytes.Length));
        if (echo)
        {
            socket.Send(bytes);
        }
    }

    public void Closed(SimSocket socket, SocketClose reason)
    {
        Assert.Null(Reason);
        Reason = reason;
        ClosedAtMs = scheduler.NowUs / 1_000;
    }
}

/// <summary>Counts what it is asked to do; its only input and effect is a number.</summary>
internal sealed class Counter : IMachine<int, int>
{
    public List<(int Input, Now Now)> Seen { get; } = [];

    public void Handle(in int input, in Now now, IEffectSink<int> effects)
    {
        Seen.Add((input, now));
        effects.Add(input);
    }
}
