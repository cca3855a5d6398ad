using Kedge.Model.Machines;

namespace Kedge.Data.Feed.Serving;

// Snapshots, polls and their answers, written as there is room.
public sealed partial class FeedServer
{
    /// <summary>The longest frame about health.</summary>
    private const int HealthBytes =
        FeedProtocol.FrameHeaderBytes
        + 512
        + FeedProtocol.MaxTextBytes
        + (64 * 10)
        + (FeedHealth.MaxStaleNamed * (10 + FeedProtocol.MaxSymbolBytes));
    private const int AnswerBytes = FeedProtocol.FrameHeaderBytes + 56;

    /// <summary>Writes what is asked for, in order; false when there was not room for all.</summary>
    private bool WriteJobs(FeedServerClient client, ref FrameWriter w, in Now now)
    {
        for (int i = 0; i < client.Jobs.Count; )
        {
            FeedServerJob job = client.Jobs[i];
            if (job.IsWaiting && !IsReady(job, now.MonotonicMs))
            {
                i++;
                continue;
            }

            job.IsWaiting = false;
            if (!Write(job, ref w, now))
            {
                return false;
            }

            client.Jobs.RemoveAt(i);
        }

        return true;
    }

    /// <summary>There is something newer than the client's cursors, its cursors mean nothing, or it has waited long enough.</summary>
    private bool IsReady(FeedServerJob job, long nowMs)
    {
        if (job.Reset != FeedChannels.None || IsNewer(job))
        {
            return true;
        }

        job.TimedOut = nowMs >= job.DueMs;
        return job.TimedOut;
    }

    private bool IsNewer(FeedServerJob job)
    {
        bool mids = (job.Channels & FeedChannels.Mids) != FeedChannels.None && _mids.Head > job.Known[0];
        bool quotes = (job.Channels & FeedChannels.Quotes) != FeedChannels.None && _quotes.Head > job.Known[1];
        bool candles = (job.Channels & FeedChannels.Candles) != FeedChannels.None && _candles.Head > job.Known[2];
        if (
            ((job.Channels & FeedChannels.Account) != FeedChannels.None && _accountHead > job.Known[3])
            || ((job.Channels & FeedChannels.Health) != FeedChannels.None && _health.Version > job.Known[4])
        )
        {
            return true;
        }

        if (job.Filter.IsAll || !(mids || quotes || candles))
        {
            return mids || quotes || candles;
        }

        for (int id = 0; id < _symbols.Count; id++)
        {
            if (
                job.Filter.Has(id)
                && (
                    (mids && _midStates[id].Sequence > job.Known[0])
                    || (quotes && _quoteStates[id].Sequence > job.Known[1])
                    || (candles && _tails[id] is { } tails && tails.Exists(t => t.Newest > job.Known[2]))
                )
            )
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Goes on with a job; false when there is not room for all of it.</summary>
    private bool Write(FeedServerJob job, ref FrameWriter w, in Now now)
    {
        if (job.Heads is null)
        {
            job.Heads = new long[FeedProtocol.Cursors];
            Heads(job.Heads);
        }

        for (; job.Stage < FeedProtocol.Cursors; job.Stage++)
        {
            FeedChannels channel = (FeedChannels)(1 << job.Stage);
            bool isDone =
                (job.Channels & channel) == FeedChannels.None
                || channel switch
                {
                    FeedChannels.Mids => WritePrices(job, ref w, FeedMessage.Mids, FeedProtocol.MidBytes, _midStates),
                    FeedChannels.Quotes => WritePrices(job, ref w, FeedMessage.Quotes, FeedProtocol.QuoteBytes, _quoteStates),
                    FeedChannels.Candles => WriteTails(job, ref w),
                    FeedChannels.Account => WriteEvents(job, ref w),
                    _ => WriteHealth(job, ref w, now),
                };
            if (!isDone)
            {
                return false;
            }

            (job.At, job.Series) = (0, 0);
        }

        if (job.Request == 0 || job.Kind == FeedMessage.AskHealth)
        {
            return true;
        }

        if (w.Room < AnswerBytes)
        {
            return false;
        }

        w.Begin(FeedMessage.Answer, 0, job.Request);
        w.U8((byte)job.Kind);
        w.U8((byte)job.Channels);
        w.U8((byte)job.Reset);
        w.U8((byte)(job.TimedOut ? 1 : 0));
        w.U32(0);
        w.U64(_instance);
        foreach (long head in job.Heads)
        {
            w.I64(head);
        }

        w.End(1);
        return true;
    }

    private bool WritePrices(FeedServerJob job, ref FrameWriter w, FeedMessage kind, int bytes, PriceState[] states)
    {
        long known = job.Known[job.Stage];
        while (job.At < _symbols.Count && known != long.MaxValue)
        {
            if (w.Room < FeedProtocol.FrameHeaderBytes + bytes)
            {
                return false;
            }

            w.Begin(kind, FeedProtocol.SnapshotFlag, job.Request);
            int count = 0;
            for (; job.At < _symbols.Count && w.Room >= bytes; job.At++)
            {
                ref PriceState state = ref states[job.At];
                if (state.Sequence == 0 || state.Sequence <= known || !job.Filter.Has((int)job.At))
                {
                    continue;
                }

                count++;
                if (kind == FeedMessage.Mids)
                {
                    Records.Mid(w.Take(bytes), (int)job.At, in state);
                }
                else
                {
                    Records.Quote(w.Take(bytes), (int)job.At, in state);
                }
            }

            Finish(ref w, count);
        }

        return true;
    }

    /// <summary>A series is written whole or later.</summary>
    private bool WriteTails(FeedServerJob job, ref FrameWriter w)
    {
        long known = job.Known[job.Stage];
        for (; job.At < _symbols.Count && known != long.MaxValue; job.At++, job.Series = 0)
        {
            if (_tails[job.At] is not { } tails || !job.Filter.Has((int)job.At))
            {
                continue;
            }

            for (; job.Series < tails.Count; job.Series++)
            {
                BarTail tail = tails[job.Series];
                int first = Math.Max(0, tail.Count - job.Bars);
                if (w.Room < FeedProtocol.FrameHeaderBytes + ((tail.Count - first) * FeedProtocol.CandleBytes))
                {
                    return false;
                }

                w.Begin(FeedMessage.Candles, FeedProtocol.SnapshotFlag, job.Request);
                int count = 0;
                for (int i = first; i < tail.Count; i++)
                {
                    ReadOnlySpan<byte> record = tail.At(i);
                    if (BarTail.Sequence(record) > known)
                    {
                        record.CopyTo(w.Take(FeedProtocol.CandleBytes));
                        count++;
                    }
                }

                Finish(ref w, count);
            }
        }

        return true;
    }

    private bool WriteEvents(FeedServerJob job, ref FrameWriter w)
    {
        long known = job.Known[job.Stage];
        if (known == long.MaxValue)
        {
            return true;
        }

        if (known >= 0 && known < AccountFloor)
        {
            job.Reset |= FeedChannels.Account;
        }

        job.At = Math.Max(Math.Max(job.At, known), AccountFloor);
        long head = job.Heads![3];
        while (job.At < head)
        {
            long written = WriteAccount(ref w, job.At, FeedProtocol.SnapshotFlag, job.Request, head);
            if (written == job.At)
            {
                return false;
            }

            job.At = written;
        }

        return true;
    }

    private bool WriteHealth(FeedServerJob job, ref FrameWriter w, in Now now)
    {
        if (job.Kind == FeedMessage.Subscribe || (job.Kind == FeedMessage.Poll && _health.Version <= job.Known[4]))
        {
            return true;
        }

        if (w.Room < HealthBytes)
        {
            return false;
        }

        WriteHealth(ref w, job.Request, now);
        return true;
    }

    private static void Finish(ref FrameWriter w, int count)
    {
        if (count == 0)
        {
            w.Undo();
        }
        else
        {
            w.End(count);
        }
    }
}
