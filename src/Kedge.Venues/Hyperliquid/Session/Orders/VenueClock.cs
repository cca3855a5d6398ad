using Kedge.Model.Machines;

namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>
/// The venue's clock as far as it was told: the last time heard, carried forward by our monotonic clock. It never runs ahead of the venue by more
/// than the drift of that clock, because a time is heard after it was told.
/// </summary>
internal sealed class VenueClock
{
    /// <summary>A time this little behind the estimate was late on its way and does not set it back, milliseconds.</summary>
    private const long LatenessMs = 5_000;

    private long _heardMs;
    private long _offsetMs;

    /// <summary>Whether any time was heard.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>The last time that was heard, as it was told; 0 for none.</summary>
    public long HeardMs => _heardMs;

    /// <summary>The first time that was heard: not before this life began; 0 for none.</summary>
    public long FirstMs { get; private set; }

    /// <summary>The venue told its time.</summary>
    public void Hear(long venueMs, in Now now)
    {
        long offset = venueMs - now.MonotonicMs;
        if (!IsKnown || offset > _offsetMs || offset < _offsetMs - LatenessMs)
        {
            _offsetMs = offset;
        }

        FirstMs = IsKnown ? FirstMs : venueMs;
        _heardMs = venueMs;
        IsKnown = true;
    }

    /// <summary>The venue's time now, or ours when none was heard.</summary>
    public long At(in Now now) => IsKnown ? now.MonotonicMs + _offsetMs : now.WallMs;
}
