namespace Kedge.Kernel;

/// <summary>One moment of the timeline: everything that closed at or before it is known, nothing later.</summary>
public struct Tick
{
    /// <summary>The moment, UTC epoch milliseconds: a close time (open time + interval).</summary>
    public long TimeMs;

    /// <summary>Length of a main bar in milliseconds.</summary>
    public long MainIntervalMs;

    /// <summary>Builds a tick.</summary>
    public Tick(long timeMs, long mainIntervalMs)
    {
        TimeMs = timeMs;
        MainIntervalMs = mainIntervalMs;
    }
}
