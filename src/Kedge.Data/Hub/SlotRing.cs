using Kedge.Model.Market;
using Kedge.Model.Venues;

namespace Kedge.Data.Hub;

/// <summary>The newest bars of a series with what is known of each: a ring that begins somewhere and moves on.</summary>
internal sealed class SlotRing(long intervalMs, int capacity, long firstMs)
{
    private readonly VenueCandle[] _bars = new VenueCandle[capacity];
    private readonly SlotState[] _states = new SlotState[capacity];
    private readonly HubSource[] _sources = new HubSource[capacity];
    private readonly long[] _sequences = new long[capacity];
    private readonly long[] _asOf = new long[capacity];

    /// <summary>Open time of the first bar that is held.</summary>
    public long FirstMs { get; private set; } = firstMs;

    /// <summary>Bars that open from here on have not been touched.</summary>
    public long HeadMs { get; private set; } = firstMs;

    /// <summary>Whether a bar is within reach: neither forgotten nor beyond the head.</summary>
    public bool Holds(long t) => t >= FirstMs && t < HeadMs;

    public SlotState this[long t]
    {
        get => _states[Index(t)];
        set => _states[Index(t)] = value;
    }

    public ref VenueCandle Bar(long t) => ref _bars[Index(t)];

    public ref HubSource Source(long t) => ref _sources[Index(t)];

    public ref long Sequence(long t) => ref _sequences[Index(t)];

    /// <summary>When a bar was known to be so, monotonic.</summary>
    public ref long AsOf(long t) => ref _asOf[Index(t)];

    /// <summary>Moves the head beyond a bar; the oldest are forgotten where there is no room.</summary>
    public void Reach(long t)
    {
        if (t < HeadMs)
        {
            return;
        }

        long head = t + intervalMs;
        if (head - HeadMs >= capacity * intervalMs)
        {
            Array.Clear(_states);
            HeadMs = head;
            FirstMs = Math.Max(FirstMs, head - (capacity * intervalMs));
            return;
        }

        for (long slot = HeadMs; slot < head; slot += intervalMs)
        {
            _states[Index(slot)] = SlotState.Unknown;
        }

        HeadMs = head;
        FirstMs = Math.Max(FirstMs, head - (capacity * intervalMs));
    }

    /// <summary>What is held came from elsewhere than the feed that is connected now: its sequences mean nothing any more.</summary>
    public void ForgetSequences()
    {
        for (int i = 0; i < _sources.Length; i++)
        {
            if (_sources[i] == HubSource.Feed)
            {
                _sources[i] = HubSource.Sqlite;
            }
        }

        Array.Clear(_sequences);
    }

    private long Index(long t) => (t / intervalMs) % capacity;
}
