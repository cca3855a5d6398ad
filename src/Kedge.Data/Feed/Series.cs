using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Feed;

/// <summary>
/// What is known of one symbol and interval. Every bar before <see cref="Frontier"/> and from the first on is there unless it is a gap or settled as
/// empty; the newest are also held in a window.
/// </summary>
internal sealed class Series(string symbol, Interval interval)
{
    private const int MaxSeen = 1_024;

    // The venue counts the bar that forms among those it keeps, and lets go of one with each that begins.
    private const int EdgeBars = 2;
    private readonly HashSet<long> _seen = [];

    public string Symbol { get; } = symbol;

    public Interval Interval { get; } = interval;

    /// <summary>Bars that lack.</summary>
    public GapList Gaps { get; } = new();

    /// <summary>Bars that do not exist.</summary>
    public RangeSet Settled { get; } = new();

    /// <summary>The newest bars by open time.</summary>
    public Dictionary<long, BarEntry> Window { get; } = [];

    /// <summary>Open times in the window that are in doubt.</summary>
    public HashSet<long> Doubted { get; } = [];

    /// <summary>Bars that open before this are over; 0 before the venue's time is known.</summary>
    public long Frontier { get; set; }

    /// <summary>Open time of the oldest bar of the window.</summary>
    public long WindowFrom { get; set; }

    /// <summary>Nothing before this is asked for.</summary>
    public long StartMs { get; set; }

    /// <summary>Open time of the oldest bar known; <see cref="long.MaxValue"/> when there is none.</summary>
    public long EarliestMs { get; set; } = long.MaxValue;

    /// <summary>Open time of the newest bar known; 0 when there is none.</summary>
    public long LatestMs { get; set; }

    /// <summary>Open time of the first bar that exists at the venue; null when not known.</summary>
    public long? ListedFromMs { get; set; }

    /// <summary>Answers in a row that held nothing older than what is known.</summary>
    public int LeadMisses { get; set; }

    /// <summary>The oldest bar when the first of those answers came.</summary>
    public long LeadFirstMs { get; set; }

    /// <summary>When the first of them came, monotonic.</summary>
    public long LeadSinceMs { get; set; }

    /// <summary>Bars refused.</summary>
    public long Quarantined { get; set; }

    /// <summary>Bars whose numbers changed after they were served.</summary>
    public long Revised { get; set; }

    /// <summary>A question about it is unanswered.</summary>
    public bool IsAsked { get; set; }

    /// <summary>Not asked before, monotonic.</summary>
    public long NotBeforeMs { get; set; }

    /// <summary>Questions that failed in a row.</summary>
    public int Failures { get; set; }

    /// <summary>When it is confirmed next, monotonic.</summary>
    public long ConfirmDueMs { get; set; }

    /// <summary>When everything is asked for again, monotonic.</summary>
    public long DeepDueMs { get; set; }

    /// <summary>What the store had at start, until the venue's time is known.</summary>
    public StoredSeries? Restored { get; set; }

    /// <summary>Something showed that this bar exists, so that its absence in answers does not prove it empty.</summary>
    public void MarkSeen(long t)
    {
        if (_seen.Count >= MaxSeen)
        {
            _seen.RemoveWhere(s => s < WindowFrom);
        }

        if (_seen.Count < MaxSeen)
        {
            _seen.Add(t);
        }
    }

    /// <summary>Nothing showed that a bar of the range exists.</summary>
    public bool MayBeEmpty(OpenRange range) => !_seen.Any(t => t >= range.FromMs && t < range.ToMs);

    /// <summary>Bars that begin here begin where history is wanted from: what lacks before it the venue has let go.</summary>
    public bool IsAtEdge(long firstMs) => firstMs <= StartMs + (EdgeBars * Interval.Ms);

    /// <summary>The bar is there: it lacks no more and is not empty.</summary>
    public void Fill(long t)
    {
        Gaps.Remove(t, t + Interval.Ms);
        Settled.Remove(t, t + Interval.Ms);
        _seen.Remove(t);
        EarliestMs = Math.Min(EarliestMs, t);
        LatestMs = Math.Max(LatestMs, t);
    }

    /// <summary>Casts doubt on a bar of the window.</summary>
    public void Doubt(long t, long inputNumber, long dueMs)
    {
        BarEntry entry = Window[t];
        entry.DoubtDueMs = entry.DoubtedAt == 0 ? dueMs : Math.Min(entry.DoubtDueMs, dueMs);
        entry.DoubtedAt = inputNumber;
        Doubted.Add(t);
    }

    /// <summary>The window moves on.</summary>
    public void ForgetBefore(long from)
    {
        for (; WindowFrom < from; WindowFrom += Interval.Ms)
        {
            Window.Remove(WindowFrom);
            Doubted.Remove(WindowFrom);
        }
    }

    /// <summary>Takes the venue's time for the first time.</summary>
    /// <param name="frontier">Bars that open before it are over.</param>
    /// <param name="historyBars">How far back history is wanted.</param>
    /// <param name="windowBars">Length of the window.</param>
    /// <param name="nowMs">Monotonic.</param>
    public void Begin(long frontier, int historyBars, int windowBars, long nowMs)
    {
        long iv = Interval.Ms;
        StartMs = Math.Max(0, frontier - (historyBars * iv));
        WindowFrom = Math.Max(0, frontier - (windowBars * iv));
        Frontier = frontier;
        ConfirmDueMs = nowMs;
        if (Restored is not { } stored || stored.Count == 0)
        {
            Gaps.Add(StartMs, frontier, nowMs);
            Restored = null;
            return;
        }

        Restored = null;
        EarliestMs = stored.FirstMs;
        LatestMs = stored.LastMs;
        ListedFromMs = stored.ListedFromMs;
        Quarantined = stored.Quarantined;
        foreach (OpenRange r in stored.Settled)
        {
            Settled.Add(r.FromMs, r.ToMs);
        }

        foreach (OpenRange r in stored.Holes)
        {
            Gaps.Add(Math.Max(r.FromMs, StartMs), r.ToMs, nowMs);
        }

        if (ListedFromMs is null && !IsAtEdge(stored.FirstMs))
        {
            Gaps.Add(StartMs, Math.Min(stored.FirstMs, frontier), nowMs);
        }

        Gaps.Add(Math.Max(StartMs, stored.LastMs + iv), frontier, nowMs);
        foreach (OpenRange r in stored.Settled)
        {
            Gaps.Remove(r.FromMs, r.ToMs);
        }

        foreach (VenueCandle bar in stored.Recent)
        {
            if (bar.OpenMs >= WindowFrom)
            {
                Window[bar.OpenMs] = new BarEntry { Bar = bar, Source = BarSource.Store };
            }
        }
    }
}
