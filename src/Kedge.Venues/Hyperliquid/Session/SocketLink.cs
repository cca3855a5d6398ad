using Kedge.Model.Machines;

namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>
/// One socket at a time: opened, kept alive by pings that must be answered, and opened again after a pause when it ends. Messages leave at a bounded
/// rate; what waits is bounded by the number of subscriptions, and is forgotten with the socket.
/// </summary>
internal sealed class SocketLink(SessionSettings settings)
{
    private const long MinuteMs = 60_000;

    private static readonly byte[] Ping = """{"method":"ping"}"""u8.ToArray();

    private readonly Backoff backoff = new(
        settings.BackoffMinMs,
        settings.BackoffMaxMs,
        settings.MaxConnectionsPerMinute,
        settings.JitterSeed
    );
    private readonly Queue<long> sentAt = new();
    private long connection;
    private long dueMs = long.MaxValue; // Of the state: end of a pause, or of the patience with a connection that opens.
    private long pingDueMs = long.MaxValue;
    private long pongDueMs = long.MaxValue;

    /// <summary>Where it stands; open is told as <see cref="SessionState.CatchingUp"/>.</summary>
    public SessionState State { get; private set; } = SessionState.Idle;

    /// <summary>Sockets asked for.</summary>
    public long Connections => connection;

    /// <summary>When <see cref="Tick"/> is to be called next.</summary>
    public long NextDueMonotonicMs => Math.Min(dueMs, Math.Min(pingDueMs, pongDueMs));

    /// <summary>Opens a socket.</summary>
    public void Open(in Now now, IEffectSink<SessionEffect> effects)
    {
        connection++;
        backoff.Opened(now.MonotonicMs);
        State = SessionState.Connecting;
        dueMs = now.MonotonicMs + settings.ConnectTimeoutMs;
        effects.Add(new SessionEffect.OpenSocket(connection));
    }

    /// <summary>Whether something heard is of the socket that is open.</summary>
    public bool IsCurrent(long heardOf) => heardOf == connection && State == SessionState.CatchingUp;

    /// <summary>It opened; false when it is not the one that is awaited.</summary>
    public bool TryOpened(long heardOf, in Now now)
    {
        if (heardOf != connection || State != SessionState.Connecting)
        {
            return false;
        }

        State = SessionState.CatchingUp;
        dueMs = long.MaxValue;
        pingDueMs = now.MonotonicMs + settings.PingAfterMs;
        pongDueMs = long.MaxValue;
        return true;
    }

    /// <summary>A pong came.</summary>
    public void Pong() => pongDueMs = long.MaxValue;

    /// <summary>It has held for long enough.</summary>
    public void Held() => backoff.Reset();

    /// <summary>It ended by itself; false when that is no news.</summary>
    public bool IsLost(long heardOf) => heardOf == connection && State is SessionState.Connecting or SessionState.CatchingUp;

    /// <summary>Gives the socket up and says for how long it pauses.</summary>
    public long Drop(bool isClosed, in Now now, IEffectSink<SessionEffect> effects)
    {
        if (!isClosed)
        {
            effects.Add(new SessionEffect.CloseSocket(connection));
        }

        State = SessionState.Waiting;
        dueMs = backoff.NextMs(now.MonotonicMs);
        pingDueMs = long.MaxValue;
        pongDueMs = long.MaxValue;
        return dueMs - now.MonotonicMs;
    }

    /// <summary>What is due: a new socket is opened; or the reason to give this one up is told.</summary>
    public string? Tick(in Now now, IEffectSink<SessionEffect> effects)
    {
        if (now.MonotonicMs >= pongDueMs)
        {
            return "no answer to a ping";
        }

        if (now.MonotonicMs >= dueMs)
        {
            if (State == SessionState.Connecting)
            {
                return "no connection in time";
            }

            Open(now, effects);
        }

        if (now.MonotonicMs >= pingDueMs)
        {
            effects.Add(new SessionEffect.SendSocket(connection, Ping));
            Count(now);
            pingDueMs = now.MonotonicMs + settings.PingAfterMs;
            pongDueMs = Math.Min(pongDueMs, now.MonotonicMs + settings.PongTimeoutMs);
        }

        return null;
    }

    /// <summary>Messages that may be sent now.</summary>
    public int Room(in Now now)
    {
        while (sentAt.Count > 0 && sentAt.Peek() + MinuteMs <= now.MonotonicMs)
        {
            sentAt.Dequeue();
        }

        return Math.Max(0, settings.MaxMessagesPerMinute - sentAt.Count);
    }

    /// <summary>When there is room for another message.</summary>
    public long RoomAtMs => sentAt.Count > 0 ? sentAt.Peek() + MinuteMs : long.MinValue;

    /// <summary>Sends a message for which there is room.</summary>
    public void Send(ReadOnlyMemory<byte> text, in Now now, IEffectSink<SessionEffect> effects)
    {
        effects.Add(new SessionEffect.SendSocket(connection, text));
        Count(now);
    }

    private void Count(in Now now) => sentAt.Enqueue(now.MonotonicMs);
}
