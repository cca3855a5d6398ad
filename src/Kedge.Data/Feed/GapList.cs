namespace Kedge.Data.Feed;

/// <summary>
/// What a series lacks, as disjoint ascending ranges with the state of asking. What is older than the venue keeps is taken out, so that there are at
/// most half as many as bars are kept.
/// </summary>
internal sealed class GapList
{
    private readonly List<Gap> _gaps = [];

    /// <summary>All of them, oldest first.</summary>
    public IReadOnlyList<Gap> All => _gaps;

    /// <summary>Is this bar lacking?</summary>
    public bool Contains(long t) => Overlaps(t, t + 1);

    /// <summary>Is a bar of the range lacking?</summary>
    public bool Overlaps(long from, long to)
    {
        int i = FirstEndingAfter(from);
        return i < _gaps.Count && _gaps[i].FromMs < to;
    }

    /// <summary>The newest that is due and reaches into a range, those that were never asked for before those that an answer lacked.</summary>
    public Gap? NewestDue(long from, long to, long nowMs)
    {
        Gap? again = null;
        for (int i = _gaps.Count - 1; i >= 0 && _gaps[i].ToMs > from; i--)
        {
            Gap g = _gaps[i];
            if (g.DueMs > nowMs || g.FromMs >= to)
            {
                continue;
            }

            if (g.Attempts == 0)
            {
                return g;
            }

            again ??= g;
        }

        return again;
    }

    /// <summary>Open time of the oldest that is due in a range; the end of the range when there is none.</summary>
    public long OldestDue(long from, long to, long nowMs)
    {
        for (int i = FirstEndingAfter(from); i < _gaps.Count && _gaps[i].FromMs < to; i++)
        {
            if (_gaps[i].DueMs <= nowMs)
            {
                return _gaps[i].FromMs;
            }
        }

        return to;
    }

    /// <summary>Adds bars that were not asked for yet, or shall be asked for anew.</summary>
    public void Add(long from, long to, long dueMs)
    {
        if (from >= to)
        {
            return;
        }

        Remove(from, to);
        Insert(new Gap(from, to, 0, dueMs, 0));
    }

    /// <summary>These bars are there, or no longer wanted.</summary>
    public void Remove(long from, long to)
    {
        int i = FirstEndingAfter(from);
        while (i < _gaps.Count && _gaps[i].FromMs < to)
        {
            Gap g = _gaps[i];
            _gaps.RemoveAt(i);
            if (g.ToMs > to)
            {
                _gaps.Insert(i, g with { FromMs = to });
            }

            if (g.FromMs < from)
            {
                _gaps.Insert(i, g with { ToMs = from });
                i++;
            }
        }
    }

    /// <summary>Asks for what lacks of a range at once.</summary>
    public void Hurry(long from, long to, long dueMs)
    {
        for (int i = FirstEndingAfter(from); i < _gaps.Count && _gaps[i].FromMs < to; i++)
        {
            _gaps[i] = _gaps[i] with { DueMs = Math.Min(_gaps[i].DueMs, dueMs) };
        }
    }

    /// <summary>
    /// An answer about a range came and these bars were not in it. Those that were missing often enough for long enough are settled as empty: they are
    /// taken out and returned.
    /// </summary>
    /// <param name="from">Open time of the first bar the answer was about.</param>
    /// <param name="to">Bars that open before this.</param>
    /// <param name="nowMs">Monotonic.</param>
    /// <param name="proof">What it takes to be settled: answers, and milliseconds from the first to the last of them.</param>
    /// <param name="mayBeEmpty">False for a range of which something showed that a bar exists.</param>
    public List<OpenRange> Missed(
        long from,
        long to,
        long nowMs,
        (int Answers, long SpanMs) proof,
        Func<OpenRange, bool> mayBeEmpty
    )
    {
        List<OpenRange> settled = [];
        List<Gap> pieces = [];
        for (int i = FirstEndingAfter(from); i < _gaps.Count && _gaps[i].FromMs < to; i++)
        {
            Gap g = _gaps[i];
            pieces.Add(g with { FromMs = Math.Max(g.FromMs, from), ToMs = Math.Min(g.ToMs, to) });
        }

        foreach (Gap g in pieces)
        {
            Remove(g.FromMs, g.ToMs);
            int attempts = g.Attempts + 1;
            long first = g.FirstMissedMs == 0 ? nowMs : g.FirstMissedMs;
            if (attempts >= proof.Answers && nowMs - first >= proof.SpanMs && mayBeEmpty(new OpenRange(g.FromMs, g.ToMs)))
            {
                settled.Add(new OpenRange(g.FromMs, g.ToMs));
                continue;
            }

            Insert(g with { Attempts = attempts, FirstMissedMs = first, DueMs = nowMs + Backoff(attempts) });
        }

        return settled;
    }

    // Bars that may be empty are settled sooner; the longer waits are for those that something showed to exist.
    private static long Backoff(int attempts) =>
        attempts switch
        {
            < 3 => 10_000,
            3 => 20_000,
            < 20 => 30_000,
            < 40 => 300_000,
            _ => 3_600_000,
        };

    private void Insert(in Gap gap)
    {
        int i = FirstEndingAfter(gap.FromMs);
        Gap g = gap;
        if (i < _gaps.Count && Joins(g, _gaps[i]))
        {
            g = g with { ToMs = _gaps[i].ToMs };
            _gaps.RemoveAt(i);
        }

        if (i > 0 && Joins(_gaps[i - 1], g))
        {
            _gaps[i - 1] = _gaps[i - 1] with { ToMs = g.ToMs };
            return;
        }

        _gaps.Insert(i, g);
    }

    private static bool Joins(in Gap left, in Gap right) =>
        left.ToMs == right.FromMs
        && left.Attempts == right.Attempts
        && left.DueMs == right.DueMs
        && left.FirstMissedMs == right.FirstMissedMs;

    private int FirstEndingAfter(long t)
    {
        int low = 0;
        int high = _gaps.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_gaps[middle].ToMs > t)
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
