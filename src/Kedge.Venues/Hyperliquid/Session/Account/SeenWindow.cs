namespace Kedge.Venues.Hyperliquid.Session.Account;

/// <summary>
/// Which records of a history were delivered. Everything before the floor is settled; from the floor on each delivered record is known by its key.
/// The floor follows, at the distance of the overlap, what an answer of the venue has proven complete, never what merely arrived: a record that a
/// stream loses stays deliverable until a complete answer has shown it.
/// </summary>
/// <typeparam name="TKey">What tells records apart.</typeparam>
internal sealed class SeenWindow<TKey>
    where TKey : notnull
{
    /// <summary>How many times the bound one millisecond may fill before the floor rises over it all the same.</summary>
    private const int HardBound = 4;

    private readonly Dictionary<TKey, long> times = [];
    private readonly PriorityQueue<TKey, long> byTime = new(); // Holds a key twice when its time was learned: the entry that is true counts.
    private readonly HashSet<TKey> timeless = [];
    private readonly KeyLog<TKey> log = new();
    private readonly int overlapMs;
    private readonly int maxKeys;

    /// <summary>A window that begins at a cursor.</summary>
    /// <param name="floorMs">Everything before was delivered or does not matter.</param>
    /// <param name="keys">Delivered records from the floor on.</param>
    /// <param name="overlapMs">Distance of the floor from what is proven.</param>
    /// <param name="untilMs">
    /// The cursor does not tell the times of its keys. Each is learned when the record comes again; a key whose record does not come again is
    /// forgotten when the floor has passed this moment, which must lie after all of them.
    /// </param>
    /// <param name="maxKeys">Keys at most; at more the floor rises over the oldest millisecond, though never over one that is still being told.</param>
    public SeenWindow(long floorMs, IEnumerable<TKey> keys, int overlapMs, long untilMs, int maxKeys)
    {
        this.overlapMs = overlapMs;
        this.maxKeys = maxKeys;
        FloorMs = floorMs;
        foreach (TKey key in keys)
        {
            Remember(key, Math.Max(floorMs, untilMs));
            timeless.Add(key);
        }
    }

    /// <summary>Records before it are settled.</summary>
    public long FloorMs { get; private set; }

    /// <summary>Delivered records from the floor on, and a few older ones; a copy that does not change.</summary>
    public ArraySegment<TKey> Keys => log.Copy();

    /// <summary>Records that came from before the floor and were not delivered.</summary>
    public long TooLate { get; private set; }

    /// <summary>Records that came again.</summary>
    public long Repeated { get; private set; }

    /// <summary>Whether a record is to be delivered now; it is then remembered.</summary>
    public bool IsNew(TKey key, long timeMs)
    {
        if (times.ContainsKey(key))
        {
            Learn(key, timeMs);
            Repeated++;
            return false;
        }

        if (timeMs < FloorMs)
        {
            TooLate++;
            return false;
        }

        Remember(key, timeMs);
        while (
            times.Count > maxKeys
            && byTime.TryPeek(out _, out long oldest)
            && (oldest < timeMs || times.Count > (long)HardBound * maxKeys)
        )
        {
            RaiseTo(oldest + 1);
        }

        return true;
    }

    /// <summary>Everything up to a moment is delivered, as an answer of the venue proves.</summary>
    public void Proven(long timeMs) => RaiseTo(timeMs - overlapMs);

    private void Learn(TKey key, long timeMs)
    {
        if (timeless.Remove(key))
        {
            times[key] = Math.Max(timeMs, FloorMs);
            byTime.Enqueue(key, times[key]);
        }
    }

    private void Remember(TKey key, long timeMs)
    {
        if (times.TryAdd(key, timeMs))
        {
            byTime.Enqueue(key, timeMs);
            log.Add(key);
        }
    }

    private void RaiseTo(long floorMs)
    {
        if (floorMs <= FloorMs)
        {
            return;
        }

        FloorMs = floorMs;
        while (byTime.TryPeek(out TKey? key, out long timeMs) && timeMs < floorMs)
        {
            byTime.Dequeue();
            if (times.TryGetValue(key, out long known) && known == timeMs)
            {
                times.Remove(key);
                timeless.Remove(key);
            }
        }

        log.Trim(times);
    }
}
