using Kedge.Model.Machines;

namespace Kedge.Data.Feed.Upkeep;

/// <summary>
/// How far the venue's clock is ahead of the local wall clock, a minute at a time. A stamp gives it less the message's journey, so that the largest
/// of a minute counts. Without stamps, minutes that form bound it: an update that brings a trade of a minute comes between its start and its end.
/// </summary>
internal sealed class ClockWatch(long limitMs)
{
    private const long WindowMs = 60_000;
    private const int InARow = 3;
    private const long MinuteMs = 60_000;
    private long _windowEndMs;
    private long _stamp = long.MinValue;
    private long _low = long.MinValue;
    private long _high = long.MaxValue;
    private int _against;

    /// <summary>Venue's time less local time, milliseconds; null before the first whole minute of evidence.</summary>
    public long? OffsetMs { get; private set; }

    /// <summary>The alert stands.</summary>
    public bool IsOff { get; private set; }

    /// <summary>A message said what time it was at the venue.</summary>
    public void Stamp(long venueMs, in Now now) => _stamp = Math.Max(_stamp, venueMs - now.WallMs);

    /// <summary>A minute gained trades as it formed.</summary>
    public void Formed(long openMs, in Now now)
    {
        _low = Math.Max(_low, openMs - now.WallMs);
        _high = Math.Min(_high, openMs + MinuteMs - now.WallMs);
    }

    /// <summary>Time goes on; true when <see cref="IsOff"/> has changed.</summary>
    public bool Tick(in Now now)
    {
        if (now.MonotonicMs < _windowEndMs)
        {
            return false;
        }

        bool isFirst = _windowEndMs == 0;
        _windowEndMs = now.MonotonicMs + WindowMs;
        long? seen = isFirst ? null : Estimate();
        _stamp = _low = long.MinValue;
        _high = long.MaxValue;
        if (seen is not long offset)
        {
            return false;
        }

        OffsetMs = offset;
        bool isOff = Math.Abs(offset) > limitMs;
        _against = isOff == IsOff ? 0 : _against + 1;
        if (_against < InARow)
        {
            return false;
        }

        _against = 0;
        IsOff = isOff;
        return true;
    }

    /// <summary>The smallest offset that agrees with what was seen; null when nothing was, or when it contradicts itself.</summary>
    private long? Estimate() =>
        _stamp != long.MinValue ? _stamp
        : _low == long.MinValue || _low > _high ? null
        : Math.Clamp(0, _low, _high);
}
