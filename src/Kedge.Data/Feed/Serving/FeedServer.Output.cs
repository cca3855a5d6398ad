using System.Buffers.Binary;
using Kedge.Model.Machines;

namespace Kedge.Data.Feed.Serving;

// Bytes for connections, made when there is room for them.
public sealed partial class FeedServer
{
    /// <summary>Bytes a buffer for <see cref="Fill"/> must have; no frame is longer.</summary>
    public const int FillBytes = FeedProtocol.MaxFrameBytes;

    /// <summary>Writes what a connection is to be sent next; whole frames. Ask again until it is nothing.</summary>
    /// <param name="connection">Connection, which has sent all it was given before.</param>
    /// <param name="to">At least <see cref="FillBytes"/>.</param>
    /// <param name="now">The moment; ages are as of it.</param>
    /// <returns>Bytes written; 0 when there is nothing for now.</returns>
    public int Fill(int connection, Span<byte> to, in Now now)
    {
        if (!_clients.TryGetValue(connection, out FeedServerClient? client) || client.IsDead)
        {
            return 0;
        }

        client.RoomMs = now.MonotonicMs;
        FrameWriter w = new(to, now);
        client.Answers.AsSpan(0, client.AnswerBytes).CopyTo(w.Take(client.AnswerBytes));
        client.AnswerBytes = 0;
        if (client.IsLive && (client.Subscribed != FeedChannels.None || client.Jobs.Count > 0))
        {
            WriteData(client, ref w, now);
            if (client.AnswerBytes > 0 && w.Room >= client.AnswerBytes)
            {
                client.Answers.AsSpan(0, client.AnswerBytes).CopyTo(w.Take(client.AnswerBytes));
                client.AnswerBytes = 0;
            }
        }

        if (w.Length > 0)
        {
            client.WroteMs = now.MonotonicMs;
        }

        return w.Length;
    }

    private void WriteData(FeedServerClient client, ref FrameWriter w, in Now now)
    {
        if (!WriteSymbols(client, ref w))
        {
            return;
        }

        CatchUp(client, ref w, now);
        if (!client.IsLive || !WriteJobs(client, ref w, now))
        {
            return;
        }

        if (client.Wants(FeedChannels.Account))
        {
            client.Cursors[3] = WriteAccount(ref w, client.Cursors[3], flags: 0, request: 0, _accountHead);
        }

        if (client.Wants(FeedChannels.Candles))
        {
            WriteRing(ref w, _candles, FeedMessage.Candles, symbolAt: 76, ref client.Cursors[2], client.Filters[2]);
        }

        if (client.Wants(FeedChannels.Health))
        {
            WriteHealth(client, ref w, now);
        }

        if (client.Wants(FeedChannels.Quotes))
        {
            WriteRing(ref w, _quotes, FeedMessage.Quotes, symbolAt: 44, ref client.Cursors[1], client.Filters[1]);
        }

        if (client.Wants(FeedChannels.Mids))
        {
            WriteRing(ref w, _mids, FeedMessage.Mids, symbolAt: 36, ref client.Cursors[0], client.Filters[0]);
        }

        if (w.Length == 0 && client.Subscribed != FeedChannels.None && now.MonotonicMs - client.WroteMs >= _settings.BeatMs)
        {
            w.Begin(FeedMessage.Beat);
            foreach (long cursor in client.Cursors)
            {
                w.I64(cursor);
            }

            w.End(1);
        }
    }

    /// <summary>Names of symbols before anything refers to them; false when there was not room for all.</summary>
    private bool WriteSymbols(FeedServerClient client, ref FrameWriter w)
    {
        const int Longest = 1 + FeedProtocol.MaxSymbolBytes;
        while (client.SymbolsKnown < _symbols.Count)
        {
            if (w.Room < FeedProtocol.FrameHeaderBytes + 2 + Longest)
            {
                return false;
            }

            w.Begin(FeedMessage.Symbols);
            w.U16(client.SymbolsKnown);
            int count = 0;
            while (client.SymbolsKnown < _symbols.Count && w.Room >= Longest)
            {
                w.Name(_symbols.Name(client.SymbolsKnown++));
                count++;
            }

            w.End(count);
        }

        return true;
    }

    /// <summary>A client that is too far behind goes on with the current values, and is told what it lacks.</summary>
    private void CatchUp(FeedServerClient client, ref FrameWriter w, in Now now)
    {
        Span<long> heads = stackalloc long[FeedProtocol.Cursors];
        Heads(heads);
        for (int i = 0; i < client.Cursors.Length; i++)
        {
            FeedChannels channel = (FeedChannels)(1 << i);
            if (!client.Wants(channel) || client.Cursors[i] >= FloorOf(channel) || w.Room < 64)
            {
                continue;
            }

            long last = channel == FeedChannels.Account ? AccountFloor : heads[i];
            WriteShed(
                ref w,
                new FeedShed(channel, FeedShedReason.TooSlow, last - client.Cursors[i], client.Cursors[i] + 1, last)
            );
            client.Cursors[i] = last;
            Resync(client, channel);
            _health.Sheds++;
            if (now.MonotonicMs - client.ShedsSinceMs >= ShedWindowMs)
            {
                (client.Sheds, client.ShedsSinceMs) = (0, now.MonotonicMs);
            }

            if (++client.Sheds > _settings.MaxShedsPerMinute)
            {
                End(client, FeedRefusal.TooSlow, $"values were left out {client.Sheds} times within a minute", now);
                return;
            }
        }
    }

    /// <summary>Writes records after a cursor, as far as there is room.</summary>
    private static void WriteRing(
        ref FrameWriter w,
        RecordRing ring,
        FeedMessage kind,
        int symbolAt,
        ref long cursor,
        SymbolFilter filter
    )
    {
        int room = (w.Room - FeedProtocol.FrameHeaderBytes) / ring.RecordBytes;
        if (cursor >= ring.Head || room <= 0)
        {
            return;
        }

        if (filter.IsAll)
        {
            int count = (int)Math.Min(Math.Min(ring.Head - cursor, room), ushort.MaxValue);
            w.Begin(kind);
            ring.Copy(cursor + 1, count, w.Take(count * ring.RecordBytes));
            w.End(count);
            cursor += count;
            return;
        }

        w.Begin(kind);
        int written = 0;
        while (cursor < ring.Head && written < room)
        {
            ReadOnlySpan<byte> record = ring.At(++cursor);
            if (filter.Has(BinaryPrimitives.ReadUInt16LittleEndian(record[symbolAt..])))
            {
                record.CopyTo(w.Take(ring.RecordBytes));
                written++;
            }
        }

        if (written == 0)
        {
            w.Undo();
        }
        else
        {
            w.End(written);
        }
    }

    /// <summary>Writes events of the account after a cursor, as far as there is room; gives back the new cursor.</summary>
    private long WriteAccount(ref FrameWriter w, long cursor, byte flags, uint request, long head)
    {
        if (cursor >= head || w.Room < FeedProtocol.FrameHeaderBytes + _account[AccountPlace(cursor + 1)].Length)
        {
            return cursor;
        }

        w.Begin(FeedMessage.Account, flags, request);
        int count = 0;
        while (cursor < head && _account[AccountPlace(cursor + 1)] is { } record && w.Room >= record.Length)
        {
            record.CopyTo(w.Take(record.Length));
            cursor++;
            count++;
        }

        w.End(count);
        return cursor;
    }

    /// <summary>How the feed and its serving stand.</summary>
    public FeedHealth Health(in Now now)
    {
        Span<long> heads = stackalloc long[FeedProtocol.Cursors];
        Heads(heads);
        return _health.Snapshot(now.MonotonicMs, LiveClients(), _symbols.Count, heads[..4]);
    }

    private void WriteHealth(FeedServerClient client, ref FrameWriter w, in Now now)
    {
        bool isDue = client.HealthVersion != _health.Version || now.MonotonicMs - client.HealthMs >= _settings.HealthEveryMs;
        if (isDue && w.Room >= HealthBytes)
        {
            WriteHealth(ref w, request: 0, now);
            (client.HealthVersion, client.HealthMs) = (_health.Version, now.MonotonicMs);
        }
    }

    private void WriteHealth(ref FrameWriter w, uint request, in Now now)
    {
        Span<long> heads = stackalloc long[FeedProtocol.Cursors];
        Heads(heads);
        _health.Write(ref w, request, now.MonotonicMs, LiveClients(), _symbols.Count, heads[..4]);
    }

    private bool HasPending(FeedServerClient client)
    {
        if (client.AnswerBytes > 0)
        {
            return true;
        }

        foreach (FeedServerJob job in client.Jobs)
        {
            if (!job.IsWaiting)
            {
                return true;
            }
        }

        return (client.Wants(FeedChannels.Mids) && client.Cursors[0] < _mids.Head)
            || (client.Wants(FeedChannels.Quotes) && client.Cursors[1] < _quotes.Head)
            || (client.Wants(FeedChannels.Candles) && client.Cursors[2] < _candles.Head)
            || (client.Wants(FeedChannels.Account) && client.Cursors[3] < _accountHead);
    }
}
