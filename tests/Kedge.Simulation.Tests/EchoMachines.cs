using System.Buffers.Binary;
using Kedge.Model.Machines;
using Kedge.Simulation.Network;

namespace Kedge.Simulation.Tests;

/// <summary>What an echo machine hears: a number of the connection tells old ones from the present one.</summary>
internal abstract record EchoInput
{
    internal sealed record Started : EchoInput;

    internal sealed record Opened(int Connection) : EchoInput;

    internal sealed record Bytes(int Connection, byte[] Data) : EchoInput;

    internal sealed record Closed(int Connection, SocketClose Reason) : EchoInput;

    internal sealed record Timer(long Id) : EchoInput;
}

/// <summary>What an echo machine asks for.</summary>
internal abstract record EchoEffect
{
    internal sealed record Connect(int Connection) : EchoEffect;

    internal sealed record Send(int Connection, byte[] Data) : EchoEffect;

    internal sealed record Close(int Connection) : EchoEffect;

    internal sealed record SetTimer(long Id, long DueMonotonicMs) : EchoEffect;

    internal sealed record CancelTimer(long Id) : EchoEffect;

    /// <summary>Something that outlives the machine: the highest number echoed.</summary>
    internal sealed record Save(int Echoed) : EchoEffect;
}

/// <summary>Numbers from 1, four bytes each; 0 is a heartbeat. Cut anywhere on the way.</summary>
internal sealed class EchoFrames
{
    private readonly byte[] _partial = new byte[4];
    private int _have;

    public static byte[] Write(int number)
    {
        byte[] frame = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(frame, number);
        return frame;
    }

    public IEnumerable<int> Read(byte[] bytes)
    {
        foreach (byte one in bytes)
        {
            _partial[_have++] = one;
            if (_have == 4)
            {
                _have = 0;
                yield return BinaryPrimitives.ReadInt32LittleEndian(_partial);
            }
        }
    }
}

/// <summary>Sends every frame back.</summary>
internal sealed class EchoServer : IMachine<EchoInput, EchoEffect>
{
    private readonly Dictionary<int, EchoFrames> _connections = [];

    public void Handle(in EchoInput input, in Now now, IEffectSink<EchoEffect> effects)
    {
        switch (input)
        {
            case EchoInput.Opened opened:
                _connections.Add(opened.Connection, new EchoFrames());
                break;
            case EchoInput.Closed closed:
                _connections.Remove(closed.Connection);
                break;
            case EchoInput.Bytes bytes:
                foreach (int number in _connections[bytes.Connection].Read(bytes.Data))
                {
                    effects.Add(new EchoEffect.Send(bytes.Connection, EchoFrames.Write(number)));
                }

                break;
            default:
                break;
        }
    }
}

/// <summary>
/// Wants a number echoed every 200 ms, in order, and goes on with the one after the last that was. Heartbeats each second; three seconds of
/// silence or a close mean a new connection, after a pause that doubles.
/// </summary>
internal sealed class EchoClient(int echoed) : IMachine<EchoInput, EchoEffect>
{
    private const int SendTimer = 1;
    private const int BeatTimer = 2;
    private const int SilenceTimer = 3;
    private const int RetryTimer = 4;

    private EchoFrames _frames = new();
    private int _connection;
    private int _sent;
    private long _pauseMs;
    private bool _isOpen;

    public int Echoed { get; private set; } = echoed;

    public void Handle(in EchoInput input, in Now now, IEffectSink<EchoEffect> effects)
    {
        switch (input)
        {
            case EchoInput.Started:
            case EchoInput.Timer { Id: RetryTimer }:
                effects.Add(new EchoEffect.Connect(++_connection));
                effects.Add(new EchoEffect.SetTimer(SilenceTimer, now.MonotonicMs + 3_000));
                break;
            case EchoInput.Opened opened when opened.Connection == _connection:
                _isOpen = true;
                _pauseMs = 0;
                _frames = new EchoFrames();
                _sent = Echoed;
                effects.Add(new EchoEffect.SetTimer(SendTimer, now.MonotonicMs));
                effects.Add(new EchoEffect.SetTimer(BeatTimer, now.MonotonicMs + 1_000));
                break;
            case EchoInput.Bytes bytes when bytes.Connection == _connection:
                effects.Add(new EchoEffect.SetTimer(SilenceTimer, now.MonotonicMs + 3_000));
                Take(bytes.Data, effects);
                break;
            case EchoInput.Closed closed when closed.Connection == _connection:
                Retry(now, effects);
                break;
            case EchoInput.Timer { Id: SilenceTimer }:
                effects.Add(new EchoEffect.Close(_connection));
                Retry(now, effects);
                break;
            case EchoInput.Timer { Id: SendTimer } when _isOpen:
                effects.Add(new EchoEffect.Send(_connection, EchoFrames.Write(++_sent)));
                effects.Add(new EchoEffect.SetTimer(SendTimer, now.MonotonicMs + 200));
                break;
            case EchoInput.Timer { Id: BeatTimer } when _isOpen:
                effects.Add(new EchoEffect.Send(_connection, EchoFrames.Write(0)));
                effects.Add(new EchoEffect.SetTimer(BeatTimer, now.MonotonicMs + 1_000));
                break;
            default:
                break;
        }
    }

    private void Take(byte[] bytes, IEffectSink<EchoEffect> effects)
    {
        foreach (int number in _frames.Read(bytes).Where(number => number != 0))
        {
            Assert.Equal(Echoed + 1, number);
            Echoed = number;
            effects.Add(new EchoEffect.Save(number));
        }
    }

    private void Retry(in Now now, IEffectSink<EchoEffect> effects)
    {
        _isOpen = false;
        _pauseMs = Math.Clamp(_pauseMs * 2, 100, 5_000);
        effects.Add(new EchoEffect.CancelTimer(SilenceTimer));
        effects.Add(new EchoEffect.SetTimer(RetryTimer, now.MonotonicMs + _pauseMs));
    }
}
