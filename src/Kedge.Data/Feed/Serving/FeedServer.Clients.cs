using System.Buffers.Binary;
using Kedge.Model.Machines;

namespace Kedge.Data.Feed.Serving;

// Connections, what they ask, and what they are refused.
public sealed partial class FeedServer
{
    private const long CloseWithinMs = 1_000;
    private const long NoRoomMs = 50;
    private const long ShedWindowMs = 60_000;
    private readonly Dictionary<int, FeedServerClient> _clients = [];

    /// <summary>Connections the server holds, refused ones that are about to end included.</summary>
    public int Connections => _clients.Count;

    /// <summary>Somebody connected.</summary>
    /// <param name="connection">The driver's number for it; never used before.</param>
    /// <param name="isSameUser">It runs as the user the server runs as.</param>
    /// <param name="now">The moment.</param>
    public void Connected(int connection, bool isSameUser, in Now now)
    {
        FeedServerClient client = new(connection, now.MonotonicMs);
        int live = LiveClients();
        _clients.Add(connection, client);
        if (!isSameUser)
        {
            End(client, FeedRefusal.OtherUser, "this feed serves programs of its own user alone", now);
        }
        else if (live >= _settings.MaxClients)
        {
            End(client, FeedRefusal.TooManyClients, $"{live} clients are connected, which is the limit; end one of them", now);
        }
    }

    /// <summary>A connection ended.</summary>
    public void Disconnected(int connection) => _clients.Remove(connection);

    /// <summary>Bytes came, in any pieces.</summary>
    public void Received(int connection, ReadOnlySpan<byte> bytes, in Now now)
    {
        if (!_clients.TryGetValue(connection, out FeedServerClient? client))
        {
            return;
        }

        if (client.HalfLength == 0)
        {
            bytes = TakeWhole(client, bytes, now);
        }

        while (!bytes.IsEmpty && client.ClosingMs == 0)
        {
            bytes = Complete(client, bytes, now);
        }
    }

    /// <summary>The server stops: clients are told. Ask for their bytes once more.</summary>
    public void Stop(in Now now)
    {
        foreach (FeedServerClient client in _clients.Values)
        {
            if (client.ClosingMs == 0)
            {
                End(client, FeedRefusal.Stopping, "the feed stops", now);
            }
        }
    }

    /// <summary>Nothing more comes for a connection: it is to be closed when what was handed out is sent.</summary>
    public bool IsOver(int connection) =>
        !_clients.TryGetValue(connection, out FeedServerClient? client)
        || client.IsDead
        || (client.ClosingMs != 0 && client.AnswerBytes == 0);

    /// <summary>A connection is to be closed, whether or not what was handed out is sent.</summary>
    public bool IsDead(int connection) => !_clients.TryGetValue(connection, out FeedServerClient? client) || client.IsDead;

    /// <summary>What is due by now: clients that let the server wait too long.</summary>
    public void Tick(in Now now)
    {
        foreach (FeedServerClient client in _clients.Values)
        {
            Tick(client, now);
        }
    }

    /// <summary>When <see cref="Tick(in Now)"/> or a client's bytes are due next, monotonic; null when never.</summary>
    public long? NextDueMs(in Now now)
    {
        long due = long.MaxValue;
        foreach (FeedServerClient client in _clients.Values)
        {
            due = Math.Min(due, NextDueMs(client, now.MonotonicMs));
        }

        return due == long.MaxValue ? null : due;
    }

    private void Tick(FeedServerClient client, in Now now)
    {
        long nowMs = now.MonotonicMs;
        if (client.ClosingMs != 0)
        {
            client.IsDead |= nowMs - client.ClosingMs >= CloseWithinMs;
        }
        else if (!client.IsGreeted && nowMs - client.ConnectedMs >= _settings.GreetingMs)
        {
            End(client, FeedRefusal.GreetingTimeout, "no greeting came", now);
        }
        else if (client.HalfLength > 0 && nowMs - client.HalfSinceMs >= _settings.HalfMessageMs)
        {
            End(client, FeedRefusal.HalfMessage, "a message was begun and not finished", now);
        }
        else if (HasPending(client) && nowMs - client.RoomMs >= _settings.StallMs)
        {
            // There is no room to tell it.
            _health.Refuse(FeedRefusal.Stalled);
            client.ClosingMs = nowMs;
            client.IsDead = true;
        }
        else if (IsIdle(client) && nowMs - client.HeardMs >= _settings.IdleMs)
        {
            End(client, FeedRefusal.Idle, "nothing was asked and nothing is subscribed", now);
        }
    }

    private long NextDueMs(FeedServerClient client, long nowMs)
    {
        if (client.IsDead)
        {
            return nowMs;
        }

        if (client.ClosingMs != 0)
        {
            return client.ClosingMs + CloseWithinMs;
        }

        if (!client.IsGreeted)
        {
            return client.ConnectedMs + _settings.GreetingMs;
        }

        long due = client.HalfLength > 0 ? client.HalfSinceMs + _settings.HalfMessageMs : long.MaxValue;
        due = HasPending(client) ? Math.Min(due, client.RoomMs + _settings.StallMs) : due;
        due = IsIdle(client) ? Math.Min(due, client.HeardMs + _settings.IdleMs) : due;
        long write = client.Subscribed != FeedChannels.None ? client.WroteMs + _settings.BeatMs : long.MaxValue;
        write = client.Wants(FeedChannels.Health) ? Math.Min(write, client.HealthMs + _settings.HealthEveryMs) : write;
        foreach (FeedServerJob job in client.Jobs)
        {
            write = job.IsWaiting ? Math.Min(write, job.DueMs) : write;
        }

        // What is due and not written has no room; the driver asks again when there is some.
        return Math.Min(due, write <= nowMs ? nowMs + NoRoomMs : write);
    }

    private static bool IsIdle(FeedServerClient client) => client.Subscribed == FeedChannels.None && client.Jobs.Count == 0;

    private int LiveClients()
    {
        int live = 0;
        foreach (FeedServerClient client in _clients.Values)
        {
            live += client.ClosingMs == 0 ? 1 : 0;
        }

        return live;
    }

    /// <summary>Handles the messages that are whole; what is left begins another.</summary>
    private ReadOnlySpan<byte> TakeWhole(FeedServerClient client, ReadOnlySpan<byte> bytes, scoped in Now now)
    {
        while (bytes.Length >= 4 && client.ClosingMs == 0)
        {
            int length = LengthOf(client, bytes, now);
            if (length == 0 || length > bytes.Length)
            {
                break;
            }

            Handle(client, bytes[..length], now);
            bytes = bytes[length..];
        }

        return bytes;
    }

    /// <summary>Adds to a message that is not whole, and handles it when it is; gives back what is left.</summary>
    private ReadOnlySpan<byte> Complete(FeedServerClient client, ReadOnlySpan<byte> bytes, scoped in Now now)
    {
        if (client.HalfLength == 0)
        {
            client.HalfSinceMs = now.MonotonicMs;
        }

        int wanted = client.HalfLength < 4 ? 4 : LengthOf(client, client.Half, now);
        if (wanted == 0)
        {
            return default;
        }

        if (client.Half.Length < wanted)
        {
            byte[] larger = new byte[Math.Max(wanted, 64)];
            client.Half.AsSpan(0, client.HalfLength).CopyTo(larger);
            client.Half = larger;
        }

        int taken = Math.Min(wanted - client.HalfLength, bytes.Length);
        bytes[..taken].CopyTo(client.Half.AsSpan(client.HalfLength));
        client.HalfLength += taken;
        bytes = bytes[taken..];
        if (client.HalfLength == 4)
        {
            // Its length is known by now, and wrong ones are refused at once.
            return LengthOf(client, client.Half, now) == 0 ? default : bytes;
        }

        if (client.HalfLength == wanted)
        {
            byte[] whole = client.Half;
            (client.Half, client.HalfLength) = ([], 0);
            Handle(client, whole.AsSpan(0, wanted), now);
            return TakeWhole(client, bytes, now);
        }

        return bytes;
    }

    /// <summary>Length of the message that begins here; 0 when it cannot be one, and then the connection ends.</summary>
    private int LengthOf(FeedServerClient client, ReadOnlySpan<byte> bytes, in Now now)
    {
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (length is >= FeedProtocol.RequestHeaderBytes and <= FeedProtocol.MaxRequestBytes)
        {
            return (int)length;
        }

        End(
            client,
            FeedRefusal.BadLength,
            $"a message of {length} bytes; {FeedProtocol.RequestHeaderBytes} to {FeedProtocol.MaxRequestBytes} are possible",
            now
        );
        return 0;
    }

    /// <summary>Refuses one request.</summary>
    private void Refuse(FeedServerClient client, uint request, FeedRefusal reason, string text, in Now now)
    {
        client.Refusals++;
        if (client.Refusals > _settings.MaxRefusals)
        {
            End(client, FeedRefusal.TooManyRefusals, $"{_settings.MaxRefusals} requests were refused", now);
            return;
        }

        _health.Refuse(reason);
        WriteRefusal(client, request, reason, text, isEnd: false, now);
    }

    /// <summary>Tells why and ends the connection.</summary>
    private void End(FeedServerClient client, FeedRefusal reason, string text, in Now now)
    {
        if (client.ClosingMs != 0)
        {
            return;
        }

        _health.Refuse(reason);
        WriteRefusal(client, 0, reason, text, isEnd: true, now);
        client.ClosingMs = Math.Max(1, now.MonotonicMs);
        client.Jobs.Clear();
        (client.Half, client.HalfLength) = ([], 0);
    }

    private void WriteRefusal(FeedServerClient client, uint request, FeedRefusal reason, string text, bool isEnd, in Now now)
    {
        FrameWriter w = Answer(client, FeedProtocol.FrameHeaderBytes + 6 + FeedProtocol.MaxTextBytes, now, isEnd);
        if (w.Room == 0)
        {
            return;
        }

        w.Begin(FeedMessage.Refused, 0, request);
        w.U16((int)reason);
        w.U8((byte)(isEnd ? 1 : 0));
        w.U8(0);
        w.Text(text);
        w.End(1);
        client.AnswerBytes += w.Length;
    }

    private void Tell(FeedServerClient client, in FeedShed shed, in Now now)
    {
        FrameWriter w = Answer(client, FeedProtocol.FrameHeaderBytes + 32, now, isLast: false);
        if (w.Room > 0)
        {
            WriteShed(ref w, shed);
            client.AnswerBytes += w.Length;
        }
    }

    /// <summary>Room for a short answer; none when too many wait, and then the connection ends.</summary>
    private FrameWriter Answer(FeedServerClient client, int bytes, in Now now, bool isLast)
    {
        int limit = _settings.MaxAnswerBytes + (isLast ? 512 : 0);
        if (client.AnswerBytes + bytes > limit)
        {
            if (!isLast)
            {
                End(client, FeedRefusal.TooManyAnswers, "too many answers wait to be read", now);
            }

            return new FrameWriter(default, now);
        }

        if (client.Answers.Length < client.AnswerBytes + bytes)
        {
            byte[] larger = new byte[Math.Min(_settings.MaxAnswerBytes + 512, Math.Max(1_024, 2 * (client.AnswerBytes + bytes)))];
            client.Answers.AsSpan(0, client.AnswerBytes).CopyTo(larger);
            client.Answers = larger;
        }

        return new FrameWriter(client.Answers.AsSpan(client.AnswerBytes, bytes), now);
    }

    private static void WriteShed(ref FrameWriter w, in FeedShed shed)
    {
        w.Begin(FeedMessage.Shed);
        w.U8((byte)shed.Channel);
        w.U8((byte)shed.Reason);
        w.Take(6).Clear();
        w.I64(shed.Count);
        w.I64(shed.FromSequence);
        w.I64(shed.ToSequence);
        w.End(1);
    }

    /// <summary>The current values of a channel are written for a client that lacks some.</summary>
    private void Resync(FeedServerClient client, FeedChannels channel)
    {
        if (channel is FeedChannels.Account or FeedChannels.Health)
        {
            return;
        }

        foreach (FeedServerJob job in client.Jobs)
        {
            if (job.Kind == FeedMessage.None && job.Channels == channel && job.Stage == 0 && job.At == 0)
            {
                return;
            }
        }

        client.Jobs.RemoveAll(job => job.Kind == FeedMessage.None && job.Channels == channel);
        client.Jobs.Add(
            new FeedServerJob
            {
                Kind = FeedMessage.None,
                Channels = channel,
                Filter = client.Filters[FilterOf(channel)],
                Bars = _settings.RecentBars,
            }
        );
    }

    private static int FilterOf(FeedChannels channel) =>
        channel switch
        {
            FeedChannels.Mids => 0,
            FeedChannels.Quotes => 1,
            _ => 2,
        };
}
