namespace Kedge.Data.Feed;

/// <summary>Open times as disjoint ascending ranges, at most <see cref="MaxRanges"/>; beyond that the oldest are forgotten.</summary>
internal sealed class RangeSet
{
    private const int MaxRanges = 4_096;
    private readonly List<OpenRange> _ranges = [];

    /// <summary>Is this open time in it?</summary>
    public bool Contains(long t)
    {
        int i = FirstEndingAfter(t);
        return i < _ranges.Count && _ranges[i].FromMs <= t;
    }

    /// <summary>Adds a range, overlapping or not.</summary>
    public void Add(long from, long to)
    {
        int i = FirstEndingAfter(from - 1);
        while (i < _ranges.Count && _ranges[i].FromMs <= to)
        {
            from = Math.Min(from, _ranges[i].FromMs);
            to = Math.Max(to, _ranges[i].ToMs);
            _ranges.RemoveAt(i);
        }

        _ranges.Insert(i, new OpenRange(from, to));
        if (_ranges.Count > MaxRanges)
        {
            _ranges.RemoveAt(0);
        }
    }

    /// <summary>Takes a range out.</summary>
    public void Remove(long from, long to)
    {
        int i = FirstEndingAfter(from);
        while (i < _ranges.Count && _ranges[i].FromMs < to)
        {
            OpenRange r = _ranges[i];
            _ranges.RemoveAt(i);
            if (r.ToMs > to)
            {
                _ranges.Insert(i, new OpenRange(to, r.ToMs));
            }

            if (r.FromMs < from)
            {
                _ranges.Insert(i, new OpenRange(r.FromMs, from));
                i++;
            }
        }
    }

    private int FirstEndingAfter(long t)
    {
        int low = 0;
        int high = _ranges.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_ranges[middle].ToMs > t)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
