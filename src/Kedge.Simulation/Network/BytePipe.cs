using Kedge.Simulation.Faults;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Network;

/// <summary>
/// One direction of a connection: bytes in order, cut into segments that are due one after the other. Blocked, it keeps them; lost, it takes them
/// and they are gone, though the sender's machine goes on holding them as unacknowledged until it gives up.
/// </summary>
internal sealed class BytePipe : ISimActor
{
    private const int DeliverKind = 0;
    private const int GiveUpKind = 1;
    private const int ResumeKind = 2;

    private readonly SimNetwork _network;
    private readonly VirtualScheduler _scheduler;
    private readonly SimSocket _from;
    private readonly SimSource _source;
    private readonly PipeDice _dice;
    private readonly Queue<Segment> _segments = new();
    private byte[] _ring = new byte[256];
    private int _start;
    private int _buffered;
    private int _tailBytes;
    private bool _ends;
    private long _lastArrivalUs;
    private long _lineFreeUs;
    private long _stalledUntilUs;
    private long _unacknowledged;
    private long _acknowledged;
    private SimEventHandle _next;
    private SimEventHandle _giveUp;

    public BytePipe(SimNetwork network, SimSocket from, string name)
    {
        _network = network;
        _scheduler = network.Scheduler;
        _from = from;
        _source = _scheduler.AddSource(name, this);
        _dice = new PipeDice(_scheduler.Random.Fork($"pipe/{name}"));
    }

    private readonly record struct Segment(int Bytes, long ArrivalUs, bool End);

    /// <summary>Everything vanishes silently from now on.</summary>
    public bool IsLost { get; private set; }

    public long Unacknowledged => _unacknowledged;

    public bool IsBlocked => _stalledUntilUs > _scheduler.NowUs || _network.ArePartitioned(_from.Owner, _from.Peer!.Owner);

    public void NotBefore(long arrivalUs) => _lastArrivalUs = Math.Max(_lastArrivalUs, arrivalUs);

    public long DrawLatencyUs() => _network.LatencyOf(_from.Owner, _from.Peer!.Owner).DrawUs(_dice.Latency);

    public SendResult Send(ReadOnlySpan<byte> bytes)
    {
        if (_unacknowledged + bytes.Length > _network.Options.SendBufferBytesMax)
        {
            return SendResult.Full;
        }

        if (bytes.IsEmpty)
        {
            return SendResult.Taken;
        }

        Write(bytes);
        _unacknowledged += bytes.Length;
        long extraUs = 0;
        int pieces = 1;
        bool merge = false;
        PipeDice.Roll roll = _dice.Next(_network.Plan.Streams);
        if (_network.PlanIsActive && !IsLost)
        {
            merge = roll.Merge && _tailBytes > 0 && _segments.Count > 0;
            pieces = roll.Split && !merge && bytes.Length > 1 ? (int)_dice.Split.NextBetween(2, Math.Min(4, bytes.Length)) : 1;
            if (roll.Delay)
            {
                extraUs = _network.Plan.Streams.DelayMs.DrawUs(_dice.Delay);
                _scheduler.Faults.Add(FaultKind.SegmentDelayed, _from.Name, FaultLog.Plan, extraUs, _scheduler.NowUs + extraUs);
            }
        }

        if (merge)
        {
            MergeIntoTail(bytes.Length, extraUs);
        }
        else if (pieces > 1)
        {
            Cut(bytes.Length, pieces, extraUs);
        }
        else
        {
            Append(bytes.Length, extraUs);
        }

        Arm();
        WatchProgress();
        return SendResult.Taken;
    }

    /// <summary>The sender closed: the peer is told after the last byte.</summary>
    public void End()
    {
        if (!_ends)
        {
            _ends = true;
            _segments.Enqueue(new Segment(0, Arrival(0, 0), true));
            _tailBytes = 0;
            Arm();
        }
    }

    /// <summary>What was on its way is gone and nothing comes any more.</summary>
    public void Clear()
    {
        _scheduler.Cancel(_next);
        _scheduler.Cancel(_giveUp);
        _next = default;
        _giveUp = default;
        _segments.Clear();
        _buffered = 0;
        _start = 0;
        _tailBytes = 0;
        _ends = true;
    }

    public void Lose()
    {
        IsLost = true;
        WatchProgress();
    }

    public void Stall(long untilUs)
    {
        _stalledUntilUs = Math.Max(_stalledUntilUs, untilUs);
        if (untilUs != long.MaxValue)
        {
            _scheduler.Schedule(_source, untilUs, ResumeKind);
        }

        WatchProgress();
    }

    public void Resume()
    {
        _stalledUntilUs = 0;
        Arm();
    }

    /// <summary>A partition began or ended.</summary>
    public void Reconsider()
    {
        Arm();
        WatchProgress();
    }

    void ISimActor.Fire(int kind, long argument)
    {
        switch (kind)
        {
            case DeliverKind:
                _next = default;
                if (!IsBlocked)
                {
                    Deliver();
                    Arm();
                }

                break;
            case ResumeKind:
                Arm();
                break;
            default:
                _giveUp = default;
                if (_unacknowledged > 0 && _acknowledged == argument && _from.State == SocketState.Open)
                {
                    _from.Network.EndSilently(_from, SocketClose.TimedOut);
                }
                else
                {
                    WatchProgress();
                }

                break;
        }
    }

    string ISimActor.Describe(int kind) =>
        kind switch
        {
            DeliverKind => "deliver",
            ResumeKind => "resume",
            _ => "give up",
        };

    private void Deliver()
    {
        SimSocket to = _from.Peer!;
        Segment segment = _segments.Dequeue();
        if (_segments.Count == 0)
        {
            _tailBytes = 0;
        }

        if (segment.Bytes > 0)
        {
            ReadOnlySpan<byte> bytes = Read(segment.Bytes);
            bool arrives = !IsLost && to.Owner.HasPower;
            if (arrives && !to.Outgoing.IsLost)
            {
                _unacknowledged -= segment.Bytes;
                _acknowledged += segment.Bytes;
            }
            else
            {
                WatchProgress();
            }

            if (arrives)
            {
                _network.Arrived(to, bytes);
            }
        }
        else if (segment.End && !IsLost)
        {
            _network.Ended(to, SocketClose.ByPeer);
        }
    }

    /// <summary>The sender's machine waits for an acknowledgement that may not come.</summary>
    private void WatchProgress()
    {
        if (
            _giveUp.Sequence == 0
            && _unacknowledged > 0
            && _from.State == SocketState.Open
            && (IsLost || _from.Peer!.Outgoing.IsLost || !_from.Peer.Owner.HasPower || IsBlocked)
        )
        {
            _giveUp = _scheduler.Schedule(
                _source,
                _scheduler.NowUs + (_network.Options.GiveUpMs * 1_000),
                GiveUpKind,
                _acknowledged
            );
        }
    }

    private void Arm()
    {
        if (_next.Sequence == 0 && _segments.TryPeek(out Segment head) && !IsBlocked)
        {
            _next = _scheduler.Schedule(_source, head.ArrivalUs, DeliverKind, head.Bytes);
        }
    }

    private void Append(int bytes, long extraUs)
    {
        for (int left = bytes; left > 0; extraUs = 0)
        {
            int piece = Math.Min(left, _network.Options.SegmentBytesMax);
            Enqueue(piece, extraUs);
            left -= piece;
        }
    }

    private void Cut(int bytes, int pieces, long extraUs)
    {
        _scheduler.Faults.Add(FaultKind.SegmentSplit, _from.Name, FaultLog.Plan, pieces);
        for (int left = bytes; left > 0; pieces--, extraUs = 0)
        {
            // Every piece still to come keeps at least one byte.
            int piece = pieces == 1 ? left : (int)_dice.Split.NextBetween(1, left - (pieces - 1));
            Enqueue(piece, extraUs);
            left -= piece;
        }
    }

    private void Enqueue(int bytes, long extraUs)
    {
        _segments.Enqueue(new Segment(bytes, Arrival(bytes, extraUs), false));
        _tailBytes = bytes;
    }

    /// <summary>The last segment waits for these bytes and they arrive as one.</summary>
    private void MergeIntoTail(int bytes, long extraUs)
    {
        int others = _segments.Count - 1;
        Segment tail = default;
        for (int i = 0; i <= others; i++)
        {
            Segment segment = _segments.Dequeue();
            if (i < others)
            {
                _segments.Enqueue(segment);
            }
            else
            {
                tail = segment;
            }
        }

        _tailBytes = tail.Bytes + bytes;
        _segments.Enqueue(new Segment(_tailBytes, Arrival(bytes, extraUs), false));
        _scheduler.Faults.Add(FaultKind.SegmentMerged, _from.Name, FaultLog.Plan, _tailBytes);
        if (others == 0 && _scheduler.Cancel(_next))
        {
            _next = default;
        }
    }

    private long Arrival(int bytes, long extraUs)
    {
        long sentUs = _scheduler.NowUs;
        if (_network.Options.BytesPerSecond > 0)
        {
            _lineFreeUs = Math.Max(_lineFreeUs, sentUs) + (long)((Int128)bytes * 1_000_000 / _network.Options.BytesPerSecond);
            sentUs = _lineFreeUs;
        }

        return _lastArrivalUs = Math.Max(_lastArrivalUs, sentUs + DrawLatencyUs() + extraUs);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (_buffered + bytes.Length > _ring.Length)
        {
            byte[] grown = new byte[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(_buffered + bytes.Length))];
            Copy(grown, _buffered);
            _ring = grown;
            _start = 0;
        }

        int at = (_start + _buffered) & (_ring.Length - 1);
        int first = Math.Min(bytes.Length, _ring.Length - at);
        bytes[..first].CopyTo(_ring.AsSpan(at));
        bytes[first..].CopyTo(_ring);
        _buffered += bytes.Length;
    }

    /// <summary>Takes the oldest bytes, into the network's one scratch: a handler may send while it reads, and that may move the ring.</summary>
    private ReadOnlySpan<byte> Read(int count)
    {
        Span<byte> scratch = _network.Scratch(count);
        Copy(scratch, count);
        _start = (_start + count) & (_ring.Length - 1);
        _buffered -= count;
        return scratch;
    }

    private void Copy(Span<byte> target, int count)
    {
        int first = Math.Min(count, _ring.Length - _start);
        _ring.AsSpan(_start, first).CopyTo(target);
        _ring.AsSpan(0, count - first).CopyTo(target[first..]);
    }
}
