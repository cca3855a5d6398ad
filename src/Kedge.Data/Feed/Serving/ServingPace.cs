namespace Kedge.Data.Feed.Serving;

/// <summary>Whether prices come as a trickle: fewer than so many a second, in the last window and in the one that has begun.</summary>
internal struct ServingPace(int below)
{
    private const long WindowMs = 20;
    private readonly double _limit = below * WindowMs / 1_000.0;
    private long _sinceMs;
    private double _before;
    private long _count;

    internal readonly bool IsTrickle => _before < _limit && _count < _limit;

    internal void Took(int count, long nowMs)
    {
        long passed = nowMs - _sinceMs;
        if (passed >= WindowMs)
        {
            _before = (double)_count * WindowMs / passed;
            (_sinceMs, _count) = (nowMs, 0);
        }

        _count += count;
    }
}
