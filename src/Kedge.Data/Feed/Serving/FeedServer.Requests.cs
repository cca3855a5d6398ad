using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using System.Text.Unicode;
using Kedge.Model.Machines;

namespace Kedge.Data.Feed.Serving;

// What clients ask for.
public sealed partial class FeedServer
{
    private void Handle(FeedServerClient client, ReadOnlySpan<byte> message, in Now now)
    {
        client.HeardMs = now.MonotonicMs;
        FeedMessage kind = (FeedMessage)message[4];
        uint request = BinaryPrimitives.ReadUInt32LittleEndian(message[8..]);
        WireReader body = new(message[FeedProtocol.RequestHeaderBytes..]);
        bool isPlain = message[5..8].IndexOfAnyExcept((byte)0) < 0 && message[12..16].IndexOfAnyExcept((byte)0) < 0;
        if (!client.IsGreeted)
        {
            Greet(client, isPlain ? kind : FeedMessage.None, request, ref body, now);
        }
        else if (!isPlain)
        {
            Refuse(client, request, FeedRefusal.BadRequest, "a reserved byte of the header is not zero", now);
        }
        else
        {
            Handle(client, kind, request, ref body, now);
        }
    }

    private void Handle(FeedServerClient client, FeedMessage kind, uint request, ref WireReader body, in Now now)
    {
        switch (kind)
        {
            case FeedMessage.Subscribe:
            case FeedMessage.Snapshot:
            case FeedMessage.Poll:
                OnData(client, kind, request, ref body, now);
                break;
            case FeedMessage.Unsubscribe:
                OnUnsubscribe(client, request, ref body, now);
                break;
            case FeedMessage.AskHealth when body.IsWhole:
                Add(client, FeedServerJob.Plain(kind, request, FeedChannels.Health), now);
                break;
            case FeedMessage.Bye when body.IsWhole:
                client.ClosingMs = Math.Max(1, now.MonotonicMs);
                client.Jobs.Clear();
                break;
            case FeedMessage.AskHealth:
            case FeedMessage.Bye:
                Refuse(client, request, FeedRefusal.BadRequest, $"{kind} has no content", now);
                break;
            default:
                Refuse(client, request, FeedRefusal.UnknownRequest, $"there is no request 0x{(byte)kind:x2}", now);
                break;
        }
    }

    private void Greet(FeedServerClient client, FeedMessage kind, uint request, ref WireReader body, in Now now)
    {
        uint magic = body.U32();
        int version = body.U16();
        ReadOnlySpan<byte> name = body.Name();
        if (kind != FeedMessage.Hello || body.IsBad || magic != FeedProtocol.Magic)
        {
            End(client, FeedRefusal.BadGreeting, "the first message is no greeting of this protocol", now);
            return;
        }

        // Later versions may append to the greeting; all begin alike, so that each can be told which is spoken here.
        if (version != FeedProtocol.Version)
        {
            End(client, FeedRefusal.BadVersion, $"version {version} is not spoken; {FeedProtocol.Version} is", now);
            return;
        }

        if (!body.IsWhole || name.Length > FeedProtocol.MaxNameBytes || !Utf8.IsValid(name))
        {
            End(client, FeedRefusal.BadGreeting, $"a client's name has at most {FeedProtocol.MaxNameBytes} bytes of UTF-8", now);
            return;
        }

        client.Name = Encoding.UTF8.GetString(name);
        client.IsGreeted = true;
        FrameWriter w = Answer(client, FeedProtocol.FrameHeaderBytes + 128, now, isLast: false);
        w.Begin(FeedMessage.Welcome, 0, request);
        w.U32(FeedProtocol.Magic);
        w.U16(FeedProtocol.Version);
        w.U16(0);
        w.U64(_instance);
        w.I64(_startedMs);
        w.U32(FeedProtocol.MaxRequestBytes);
        w.U32((uint)_settings.BeatMs);
        byte[] venue = Encoding.UTF8.GetBytes(_settings.Venue);
        w.Name(venue.AsSpan(0, Math.Min(venue.Length, FeedProtocol.MaxNameBytes)));
        w.End(1);
        client.AnswerBytes += w.Length;
    }

    /// <summary>Subscribe, snapshot and poll begin alike: channels, symbols, and how far the client has come.</summary>
    private void OnData(FeedServerClient client, FeedMessage kind, uint request, ref WireReader body, in Now now)
    {
        FeedChannels channels = (FeedChannels)body.U8();
        int flags = body.U8();
        int bars = body.U16();
        uint count = body.U32();
        bool hasCursors = kind != FeedMessage.Snapshot;
        ulong instance = hasCursors ? body.U64() : 0;
        long[] known = [-1, -1, -1, -1, -1];
        for (int i = 0; hasCursors && i < known.Length; i++)
        {
            known[i] = body.I64();
        }

        uint timeoutMs = kind == FeedMessage.Poll ? body.U32() : 0;
        if (kind == FeedMessage.Poll)
        {
            body.Zero(4);
        }

        if (ReadNames(client, request, channels, flags, count, isAdded: true, ref body, now) is not { } names)
        {
            return;
        }

        SymbolFilter filter = new() { IsAll = (flags & 1) != 0 };
        foreach (string name in names)
        {
            filter.Add(name, _symbols);
        }

        FeedServerJob job = new()
        {
            Kind = kind,
            Request = request,
            Channels = channels,
            Filter = filter,
            Bars = Math.Min(bars, _settings.RecentBars),
            Known = known,
            DueMs = now.MonotonicMs + Math.Clamp(timeoutMs, FeedProtocol.MinPollMs, FeedProtocol.MaxPollMs),
            IsWaiting = kind == FeedMessage.Poll,
            Reset = hasCursors && instance == _instance ? FeedChannels.None : channels,
        };
        if (kind == FeedMessage.Poll)
        {
            ResetLost(job);
            Add(client, job, now);
        }
        else if (kind == FeedMessage.Snapshot)
        {
            Add(client, job, now);
        }
        else if (Add(client, job, now))
        {
            OnSubscribe(client, job, names, now);
        }
    }

    /// <summary>A cursor of another life, or beyond what there is, means nothing.</summary>
    private void ResetLost(FeedServerJob job)
    {
        Span<long> heads = stackalloc long[FeedProtocol.Cursors];
        Heads(heads);
        for (int i = 0; i < heads.Length; i++)
        {
            FeedChannels channel = (FeedChannels)(1 << i);
            long known = job.Known[i];
            if (known < 0 || known > heads[i])
            {
                job.Reset |= channel & job.Channels;
            }

            if ((job.Reset & channel) != FeedChannels.None)
            {
                job.Known[i] = -1;
            }
        }
    }

    private void OnSubscribe(FeedServerClient client, FeedServerJob job, List<string> names, in Now now)
    {
        FeedChannels anew = job.Channels & ~client.Subscribed;
        ResetLost(job);
        foreach (
            FeedChannels channel in (ReadOnlySpan<FeedChannels>)[FeedChannels.Mids, FeedChannels.Quotes, FeedChannels.Candles]
        )
        {
            if ((job.Channels & channel) != FeedChannels.None)
            {
                SymbolFilter filter = client.Filters[FilterOf(channel)];
                filter.IsAll |= job.Filter.IsAll;
                foreach (string name in names)
                {
                    filter.Add(name, _symbols);
                }
            }
        }

        Span<long> heads = stackalloc long[FeedProtocol.Cursors];
        Heads(heads);
        FeedChannels toWrite = FeedChannels.None;
        for (int i = 0; i < client.Cursors.Length; i++)
        {
            FeedChannels channel = (FeedChannels)(1 << i);
            if ((job.Channels & channel) == FeedChannels.None)
            {
                continue;
            }

            if ((anew & channel) == FeedChannels.None)
            {
                // More symbols of a channel that flows already: what is known of them is written, the rest comes with the flow.
                toWrite |= channel;
                continue;
            }

            long floor = FloorOf(channel);
            bool isResumed = (job.Reset & channel) == FeedChannels.None && job.Known[i] >= floor;
            client.Cursors[i] = isResumed ? job.Known[i] : heads[i];
            if (isResumed)
            {
                continue;
            }

            toWrite |= channel;
            if ((job.Reset & channel) == FeedChannels.None)
            {
                // Of the account all that is held is written, of the others what is current.
                long last = channel == FeedChannels.Account ? floor : heads[i];
                Tell(client, new FeedShed(channel, FeedShedReason.Away, last - job.Known[i], job.Known[i] + 1, last), now);
            }

            job.Reset |= channel;
        }

        client.Subscribed |= job.Channels;
        if (client.Wants(FeedChannels.Health) && (anew & FeedChannels.Health) != FeedChannels.None)
        {
            client.HealthVersion = -1;
        }

        job.Heads = [client.Cursors[0], client.Cursors[1], client.Cursors[2], client.Cursors[3], heads[4]];
        for (int i = 0; i < FeedProtocol.Cursors; i++)
        {
            // What is resumed is not written as a snapshot.
            job.Known[i] = (toWrite & (FeedChannels)(1 << i)) != FeedChannels.None ? -1 : long.MaxValue;
        }
    }

    private void OnUnsubscribe(FeedServerClient client, uint request, ref WireReader body, in Now now)
    {
        FeedChannels channels = (FeedChannels)body.U8();
        int flags = body.U8();
        body.Zero(2);
        uint count = body.U32();
        if (ReadNames(client, request, channels, flags, count, isAdded: false, ref body, now) is not { } names)
        {
            return;
        }

        foreach (
            FeedChannels channel in (ReadOnlySpan<FeedChannels>)[FeedChannels.Mids, FeedChannels.Quotes, FeedChannels.Candles]
        )
        {
            if ((channels & channel) == FeedChannels.None)
            {
                continue;
            }

            SymbolFilter filter = client.Filters[FilterOf(channel)];
            if ((flags & 1) != 0)
            {
                filter.Clear();
            }

            foreach (string name in names)
            {
                filter.Remove(name, _symbols);
            }

            if (filter.IsEmpty)
            {
                client.Subscribed &= ~channel;
            }
        }

        client.Subscribed &= ~(channels & (FeedChannels.Account | FeedChannels.Health));
        Add(client, FeedServerJob.Plain(FeedMessage.Unsubscribe, request, FeedChannels.None), now);
    }

    /// <summary>Names of symbols at the end of a request; null when it was refused.</summary>
    private List<string>? ReadNames(
        FeedServerClient client,
        uint request,
        FeedChannels channels,
        int flags,
        uint count,
        bool isAdded,
        ref WireReader body,
        in Now now
    )
    {
        if (count > _settings.MaxNamed)
        {
            Refuse(client, request, FeedRefusal.TooManySymbols, $"{count} symbols; {_settings.MaxNamed} may be named", now);
            return null;
        }

        List<string> names = [];
        for (uint i = 0; i < count && !body.IsBad; i++)
        {
            ReadOnlySpan<byte> name = body.Name();
            if (name.Length is 0 or > FeedProtocol.MaxSymbolBytes || !Utf8.IsValid(name))
            {
                body.Refuse();
                break;
            }

            names.Add(Encoding.UTF8.GetString(name));
        }

        bool isAll = (flags & 1) != 0;
        if (
            !body.IsWhole
            || channels == FeedChannels.None
            || (channels & ~FeedChannels.All) != FeedChannels.None
            || flags > 1
            || (isAll && count > 0)
        )
        {
            Refuse(client, request, FeedRefusal.BadRequest, "the content does not have the form of this request", now);
            return null;
        }

        int each = BitOperations.PopCount((uint)(channels & (FeedChannels.Mids | FeedChannels.Quotes | FeedChannels.Candles)));
        int named = client.Filters[0].Named + client.Filters[1].Named + client.Filters[2].Named + (names.Count * each);
        if (isAdded && named > _settings.MaxNamed)
        {
            Refuse(
                client,
                request,
                FeedRefusal.TooManySymbols,
                $"more than {_settings.MaxNamed} symbols named, all channels together",
                now
            );
            return null;
        }

        return names;
    }

    private bool Add(FeedServerClient client, FeedServerJob job, in Now now)
    {
        int open = 0;
        foreach (FeedServerJob other in client.Jobs)
        {
            open += other.Kind != FeedMessage.None ? 1 : 0;
        }

        if (open >= _settings.MaxRequests)
        {
            Refuse(client, job.Request, FeedRefusal.TooManyRequests, $"{open} requests are not answered yet", now);
            return false;
        }

        client.Jobs.Add(job);
        return true;
    }

    private long FloorOf(FeedChannels channel) =>
        channel switch
        {
            FeedChannels.Mids => _mids.Floor,
            FeedChannels.Quotes => _quotes.Floor,
            FeedChannels.Candles => _candles.Floor,
            _ => AccountFloor,
        };

    private void Heads(Span<long> heads)
    {
        heads[0] = _mids.Head;
        heads[1] = _quotes.Head;
        heads[2] = _candles.Head;
        heads[3] = _accountHead;
        heads[4] = _health.Version;
    }
}
