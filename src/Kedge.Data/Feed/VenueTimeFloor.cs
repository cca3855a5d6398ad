using Kedge.Model.Machines;

namespace Kedge.Data.Feed;

/// <summary>
/// A moment the venue's clock has certainly reached, from the open times of bars it tells and from stamps. Carried on by the monotonic clock, so that
/// steps of the local clock do no harm; a share is taken off for clocks that run at different speeds. Evidence that the venue's own clock was set
/// back lowers it.
/// </summary>
internal sealed class VenueTimeFloor
{
    /// <summary>One part in this many is taken off what passes without evidence: 200 ppm, more than crystals differ.</summary>
    private const long DriftShare = 5_000;

    private const long FirstMaxErrorMs = 86_400_000;
    private const long MaxJumpMs = 300_000;
    private const int StrikesToBelieve = 10;
    private const int OldUpdatesToLower = 3;
    private long? _offset;
    private long _atMs;
    private long _newestOpen;
    private int _strikes;
    private int _oldUpdates;

    /// <summary>The moment, UTC epoch milliseconds; null before the first evidence.</summary>
    public long? At(long monotonicMs) => _offset is long o ? o + monotonicMs - ((monotonicMs - _atMs) / DriftShare) : null;

    /// <summary>
    /// The venue's clock had reached a moment. False when that cannot be believed: far ahead of everything else, and not often enough in a row.
    /// </summary>
    public bool Saw(long venueMs, in Now now)
    {
        long? floor = At(now.MonotonicMs);
        bool plausible = floor is long f ? venueMs <= f + MaxJumpMs : Math.Abs(venueMs - now.WallMs) <= FirstMaxErrorMs;
        if (!plausible && (floor is null || ++_strikes < StrikesToBelieve))
        {
            return false;
        }

        if (!plausible || floor is null || venueMs > floor - MaxJumpMs)
        {
            _strikes = 0;
        }

        if (floor is null || venueMs > floor)
        {
            _offset = venueMs - now.MonotonicMs;
            _atMs = now.MonotonicMs;
        }

        return true;
    }

    /// <summary>A stream told a minute that was forming when it was sent: the venue's clock may not be far beyond it.</summary>
    /// <param name="openMs">Open time of the minute.</param>
    /// <param name="latestMs">A later time than this the venue cannot have when it sends in time.</param>
    /// <param name="now">Now.</param>
    public void SawForming(long openMs, long latestMs, in Now now)
    {
        if (openMs >= _newestOpen)
        {
            _newestOpen = openMs;
            _oldUpdates = 0;
        }
        else if (++_oldUpdates < OldUpdatesToLower)
        {
            return;
        }

        if (At(now.MonotonicMs) is long floor && floor > latestMs)
        {
            _offset = latestMs - now.MonotonicMs;
            _atMs = now.MonotonicMs;
            _newestOpen = openMs;
            _oldUpdates = 0;
        }
    }
}
