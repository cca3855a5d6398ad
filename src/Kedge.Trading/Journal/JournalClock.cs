using Kedge.Model.Machines;

namespace Kedge.Trading.Journal;

/// <summary>Moments as differences to the one before: two bytes for most. Starts anew with each segment.</summary>
internal struct JournalClock
{
    private long _monotonicMs;
    private long _offsetMs;

    /// <summary>The last moment.</summary>
    public readonly Now Now => new(_monotonicMs, _monotonicMs + _offsetMs);

    /// <summary>What to write for a moment.</summary>
    public (long Elapsed, long Step) Move(in Now now)
    {
        long elapsed = now.MonotonicMs - _monotonicMs;
        long step = now.WallMs - now.MonotonicMs - _offsetMs;
        _monotonicMs = now.MonotonicMs;
        _offsetMs = now.WallMs - now.MonotonicMs;
        return (elapsed, step);
    }

    /// <summary>The moment that was written.</summary>
    public Now Follow(long elapsed, long step)
    {
        _monotonicMs += elapsed;
        _offsetMs += step;
        return Now;
    }
}
