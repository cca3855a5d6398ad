namespace Kedge.Data.Feed;

// How far the history is.
public sealed partial class FeedCore
{
    private const long PaceNeedsMs = 10_000;
    private long _paceFromMs;
    private long _hadThen;

    /// <summary>How much of the history is there; null before there is a watchlist and the venue's time is known. Called on the thread of
    /// <see cref="Handle"/>.</summary>
    public FeedProgress? Progress()
    {
        if (_order.Count == 0 || _order.Exists(f => !f.IsGone && f.Minutes.Frontier == 0))
        {
            return null;
        }

        (long had, long wanted) = CountHistory();
        long passed = _now.MonotonicMs - _paceFromMs;
        long came = had - _hadThen;
        bool hasPace = passed >= PaceNeedsMs && came > 0;
        long? left =
            had == wanted ? 0
            : hasPace ? (long)((double)(wanted - had) * passed / came)
            : null;
        return new FeedProgress(had, wanted, left);
    }

    /// <summary>Series begin: the pace is measured from here.</summary>
    private void BeginPace() => (_paceFromMs, _hadThen) = (_now.MonotonicMs, CountHistory().Had);

    private (long Had, long Wanted) CountHistory()
    {
        long had = 0;
        long wanted = 0;
        foreach (SymbolFeed feed in _order.Where(f => !f.IsGone))
        {
            foreach (Series series in feed.All)
            {
                long iv = series.Interval.Ms;
                long from = Math.Max(series.StartMs, series.ListedFromMs ?? 0);
                long bars = Math.Max(0, (series.Frontier - from) / iv);
                wanted += bars;
                had += bars;
                foreach (Gap gap in series.Gaps.All)
                {
                    had -= Math.Max(0, gap.ToMs - Math.Max(from, gap.FromMs)) / iv;
                }
            }
        }

        return (had, wanted);
    }
}
