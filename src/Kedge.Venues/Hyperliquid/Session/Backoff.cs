namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>
/// Pauses between connections: each up to twice the one before, with jitter from a seed between half and all of it, and never more connections a
/// minute than the budget.
/// </summary>
internal sealed class Backoff(int minMs, int maxMs, int perMinute, ulong seed)
{
    private const long MinuteMs = 60_000;

    private readonly Queue<long> opened = new();
    private ulong state = seed;
    private int failures;

    /// <summary>A connection held: the next pause is short again.</summary>
    public void Reset() => failures = 0;

    /// <summary>When the next connection may be opened after a failure now.</summary>
    public long NextMs(long nowMs)
    {
        long pause = Math.Min(maxMs, (long)minMs << Math.Min(failures, 20));
        failures++;
        return Allowed(nowMs + (pause / 2) + (long)(Next() % (ulong)((pause / 2) + 1)));
    }

    /// <summary>A connection is opened.</summary>
    public void Opened(long nowMs)
    {
        opened.Enqueue(nowMs);
        while (opened.Count > perMinute)
        {
            opened.Dequeue();
        }
    }

    private long Allowed(long atMs) => opened.Count < perMinute ? atMs : Math.Max(atMs, opened.Peek() + MinuteMs);

    /// <summary>SplitMix64 (Steele, Lea and Flood, 2014).</summary>
    private ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
