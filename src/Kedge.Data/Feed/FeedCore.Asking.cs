using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Feed;

// Questions for candles: which is next, and what an answer proves.
public sealed partial class FeedCore
{
    private const int DeepEvery = 4;
    private const int LeadMissesToBelieve = 3;
    private const long LeadSpanMs = 75_000;
    private const long LeadRetryMs = 40_000;
    private const long FirstFailureMs = 2_000;
    private const long MaxFailureMs = 15_000;
    private const long ProbeMs = 3_600_000;
    private const int NoNeed = int.MaxValue;

    // A minute without trades is common, and longer bars wait for it to be known. Nobody waits for an old one, and a longer bar without trades is rare.
    private static readonly (int Answers, long SpanMs) MinuteProof = (3, 75_000);
    private static readonly (int Answers, long SpanMs) OldMinuteProof = (4, 120_000);
    private static readonly (int Answers, long SpanMs) CoarseProof = (6, 180_000);
    private readonly Dictionary<long, OpenQuery> _open = [];
    private long _queries;

    /// <summary>A question is due and the weight saved up does not suffice for it. Called on the thread of <see cref="Handle"/>.</summary>
    public bool IsWaitingForWeight { get; private set; }

    private void AskWhatIsDue()
    {
        if (IsTurnOfUpkeep)
        {
            AskUpkeep(isSpare: false);
        }

        AskForCandles();
        if (_open.Count < _settings.MaxOutstanding)
        {
            AskUpkeep(isSpare: true);
        }
    }

    private void AskForCandles()
    {
        IsWaitingForWeight = false;
        while (_open.Count < _settings.MaxOutstanding)
        {
            bool deepFirst = _queries % DeepEvery == DeepEvery - 1;
            if (Next(deepFirst) is not (Series series, OpenRange range, bool isDeep))
            {
                return;
            }

            if (!_budget.TryPay((range.ToMs - range.FromMs) / series.Interval.Ms, _now.MonotonicMs))
            {
                IsWaitingForWeight = true;
                return;
            }

            _queries++;
            series.IsAsked = true;
            OpenQuery query = new()
            {
                Number = _queries,
                Series = series,
                Range = range,
                IsDeep = isDeep,
                SentMs = _now.MonotonicMs,
                SentAt = _inputs,
                VenueMs = _time.At(_now.MonotonicMs),
            };
            _open.Add(query.Number, query);
            _effects.Add(
                new FeedEffect.Ask(
                    new VenueCommand.QueryCandles(query.Number, series.Symbol, series.Interval, range.FromMs, range.ToMs)
                )
            );
        }
    }

    /// <summary>The most urgent question: gaps among the newest minutes, among the newest longer bars and doubts, confirmation, history,
    /// gaps that an answer lacked before.</summary>
    private (Series Series, OpenRange Range, bool IsDeep)? Next(bool deepFirst)
    {
        bool knowsTime = _time.At(_now.MonotonicMs) is not null;
        int best = NoNeed;
        long bestDue = 0;
        Series? found = null;
        foreach (SymbolFeed feed in _order)
        {
            if (IsOver(feed))
            {
                continue;
            }

            foreach (Series series in feed.All)
            {
                if (series.IsAsked || _now.MonotonicMs < series.NotBeforeMs)
                {
                    continue;
                }

                if (!knowsTime)
                {
                    if (series == feed.Minutes && _open.Count == 0)
                    {
                        // The wall clock only says where to look; what closes is decided by what the venue tells.
                        long around = Align(_now.WallMs, series.Interval);
                        return (series, new OpenRange(around - ProbeMs, around + ProbeMs), false);
                    }

                    continue;
                }

                (int rank, long due) = Need(series, series == feed.Minutes, deepFirst);
                if (rank < best || (rank == best && rank != NoNeed && due < bestDue))
                {
                    (best, bestDue, found) = (rank, due, series);
                }
            }
        }

        if (found is null)
        {
            return null;
        }

        bool isDeep = best is DeepRank or DeepFirstRank or DeepCheckRank;
        return (found, isDeep ? DeepRange(found, best == DeepCheckRank) : RecentRange(found), isDeep);
    }

    private const int DeepFirstRank = -1;
    private const int DeepRank = 3;
    private const int LaterRank = 4;
    private const int DeepCheckRank = 5;
    private const int TailBars = 3;
    private const int MarginBars = 20;

    private (int Rank, long Due) Need(Series series, bool isMinute, bool deepFirst)
    {
        long now = _now.MonotonicMs;
        long recent = RecentFrom(series);
        int rank = NoNeed;
        long due = 0;
        long tailFrom = series.Frontier - (TailBars * series.Interval.Ms);
        if (series.Gaps.NewestDue(tailFrom, long.MaxValue, now) is Gap tail)
        {
            (rank, due) = (isMinute ? 0 : 1, tail.DueMs);
        }

        if ((rank == NoNeed || deepFirst) && !IsHistoryHeld && series.Gaps.NewestDue(0, recent, now) is Gap deep)
        {
            (rank, due) = (deepFirst ? DeepFirstRank : DeepRank, deep.DueMs);
        }

        if (rank > 1 && series.Doubted.Count > 0)
        {
            foreach (long t in series.Doubted)
            {
                long at = series.Window[t].DoubtDueMs;
                if (at <= now && (rank > 1 || at < due))
                {
                    (rank, due) = (1, at);
                }
            }
        }

        if (rank > 2 && series.ConfirmDueMs <= now)
        {
            (rank, due) = (2, series.ConfirmDueMs);
        }

        if (rank == NoNeed && series.Gaps.NewestDue(recent, tailFrom, now) is Gap later)
        {
            (rank, due) = (LaterRank, later.DueMs);
        }

        return rank == NoNeed && series.DeepDueMs <= now && !IsHistoryHeld ? (DeepCheckRank, series.DeepDueMs) : (rank, due);
    }

    /// <summary>History waits for the store: what was not stored in time would be let go and fetched again.</summary>
    private bool IsHistoryHeld
    {
        get
        {
            long coming = _open.Values.Where(q => q.IsDeep).Sum(q => (q.Range.ToMs - q.Range.FromMs) / q.Series.Interval.Ms);
            long held = Unstored + coming;
            return _isPaused || (held > 0 && held + _settings.ChunkBars > _settings.MaxUnstored);
        }
    }

    private long RecentFrom(Series series) => series.Frontier - (_settings.RecentBars * series.Interval.Ms);

    private OpenRange RecentRange(Series series)
    {
        long from = RecentFrom(series);
        foreach (long t in series.Doubted)
        {
            from = Math.Min(from, t);
        }

        // The forming bar is asked for as well: that it is there proves that those before it are over.
        return new OpenRange(Math.Max(0, from), series.Frontier + (2 * series.Interval.Ms));
    }

    private OpenRange DeepRange(Series series, bool everything)
    {
        long iv = series.Interval.Ms;
        if (everything)
        {
            return new OpenRange(series.Frontier - (_settings.HistoryBars * iv), series.Frontier);
        }

        // What was never asked for comes before what an answer lacked; what lies within a chunk of it comes along.
        long recent = RecentFrom(series);
        Gap newest = series.Gaps.NewestDue(0, recent, _now.MonotonicMs)!.Value;
        long to = Math.Min(newest.ToMs, recent);
        long chunk = to - (_settings.ChunkBars * iv);
        if (series.LeadMisses > 0 && to <= series.EarliestMs)
        {
            // Up to some bars that are known: an answer that holds them says more about what is not before them. They may be among the newest: what an
            // answer about these lacked just before the first is part of the question where the bars begin.
            long known = series.EarliestMs == long.MaxValue ? recent : series.EarliestMs + (MarginBars * iv);
            return new OpenRange(series.StartMs, Math.Min(known, series.Frontier));
        }

        long from = Math.Max(chunk, series.Gaps.OldestDue(chunk, to, _now.MonotonicMs));
        if (newest.Attempts == 0 || from < series.EarliestMs)
        {
            return new OpenRange(from, to);
        }

        // That an answer lacks a bar says more when it holds others around it.
        long margin = MarginBars * iv;
        return new OpenRange(Math.Max(from - margin, Math.Max(series.StartMs, series.EarliestMs)), Math.Min(to + margin, recent));
    }

    private void OnAnswer(VenueEvent.CandlesAnswered answer)
    {
        if (!_open.TryGetValue(answer.Request, out OpenQuery? query))
        {
            return;
        }

        Series series = query.Series;
        SymbolFeed feed = _symbols[series.Symbol];
        List<VenueCandle> good = [];
        // Newest first: the venue's time is at least that of the newest bar, and no bar jumps ahead of it then.
        foreach (VenueCandle bar in answer.Candles.OrderByDescending(b => b.OpenMs))
        {
            if (bar.OpenMs >= query.Range.FromMs && bar.OpenMs < query.Range.ToMs && IsGood(series, bar))
            {
                good.Add(bar);
                query.Oldest = Math.Min(query.Oldest, bar.OpenMs);
                query.Newest = Math.Max(query.Newest, bar.OpenMs);
            }
        }

        // Evidence of the venue's time is in the bars themselves, so the frontier moves before they are judged.
        Advance();
        good.Reverse();
        foreach (VenueCandle bar in good)
        {
            long end = bar.OpenMs + series.Interval.Ms;
            bool isOver = query.Newest >= end || (query.VenueMs is long v && v >= end + _settings.GraceMs);
            if (isOver && series.Frontier != 0)
            {
                Accept(feed, series, bar, BarSource.Rest, query.SentAt);
            }
        }

        if (answer.Error is not null)
        {
            Fail(query);
        }
        else if (answer.IsLast)
        {
            Complete(feed, query);
        }
    }

    private void Fail(OpenQuery query)
    {
        Series series = query.Series;
        _open.Remove(query.Number);
        series.IsAsked = false;
        series.Failures++;
        series.NotBeforeMs = _now.MonotonicMs + Math.Min(MaxFailureMs, FirstFailureMs << Math.Min(series.Failures - 1, 4));
    }

    private void Complete(SymbolFeed feed, OpenQuery query)
    {
        Series series = query.Series;
        long now = _now.MonotonicMs;
        _open.Remove(query.Number);
        series.IsAsked = false;
        series.Failures = 0;
        if (series.Frontier == 0)
        {
            series.NotBeforeMs = now + MaxFailureMs;
            return;
        }

        long from = query.Range.FromMs;
        if (query.IsDeep)
        {
            from = FindListing(series, query);
        }
        else
        {
            series.ConfirmDueMs =
                now + (series == feed.Minutes ? _settings.ConfirmMinutesEveryMs : _settings.ConfirmCoarseEveryMs);
        }

        foreach (long t in series.Doubted)
        {
            BarEntry entry = series.Window[t];
            if (entry.DoubtedAt < query.SentAt && t >= query.Range.FromMs)
            {
                entry.DoubtDueMs = now + ContradictedRetryMs;
            }
        }

        // Bars the answer could have held: those over when it was asked for, and those before the newest it holds.
        long over = query.VenueMs is long v ? Align(Math.Max(0, v - _settings.GraceMs), series.Interval) : 0;
        long to = Math.Min(query.Range.ToMs, Math.Max(over, query.Newest));
        bool isMinute = series == feed.Minutes;
        long recent = Math.Clamp(RecentFrom(series), from, Math.Max(from, to));
        List<OpenRange> settled = series.Gaps.Missed(
            from,
            recent,
            now,
            isMinute ? OldMinuteProof : CoarseProof,
            series.MayBeEmpty
        );
        settled.AddRange(series.Gaps.Missed(recent, to, now, isMinute ? MinuteProof : CoarseProof, series.MayBeEmpty));
        foreach (OpenRange range in settled)
        {
            Settle(series, range);
            if (isMinute)
            {
                for (long t = Math.Max(range.FromMs, series.WindowFrom); t < range.ToMs; t += series.Interval.Ms)
                {
                    ComposeAround(feed, t);
                }
            }
        }

        if (query.Range.ToMs - query.Range.FromMs >= _settings.HistoryBars * series.Interval.Ms)
        {
            series.DeepDueMs = now + _settings.DeepCheckEveryMs;
        }
    }

    /// <summary>
    /// An answer that begins later than asked, with nothing older known, shows where the symbol's bars begin once it is repeated. Returns the open time
    /// from which on missing bars mean something else.
    /// </summary>
    private long FindListing(Series series, OpenQuery query)
    {
        long from = query.Range.FromMs;
        long first = Math.Min(query.Oldest == long.MaxValue ? query.Range.ToMs : query.Oldest, series.EarliestMs);
        if (series.ListedFromMs is long before && first < before)
        {
            series.Gaps.Add(first + series.Interval.Ms, before, _now.MonotonicMs);
            series.ListedFromMs = null;
        }

        bool isLead = first > from && series.EarliestMs >= first && series.MayBeEmpty(new OpenRange(from, first));
        if (!isLead || series.ListedFromMs is not null)
        {
            series.LeadMisses = 0;
            return from;
        }

        if (from <= series.StartMs && series.IsAtEdge(first))
        {
            series.LeadMisses = 0;
            series.Gaps.Remove(0, first);
            return first;
        }

        // A chunk that is empty proves nothing; from here on all that may be older is asked for at once.
        bool isWhole = from <= series.StartMs;
        if (series.LeadMisses == 0 || series.LeadFirstMs != series.EarliestMs)
        {
            series.LeadMisses = 0;
            series.LeadFirstMs = series.EarliestMs;
            series.LeadSinceMs = _now.MonotonicMs;
        }

        series.LeadMisses = isWhole || series.LeadMisses == 0 ? series.LeadMisses + 1 : series.LeadMisses;
        if (series.LeadMisses < LeadMissesToBelieve || _now.MonotonicMs - series.LeadSinceMs < LeadSpanMs)
        {
            series.Gaps.Add(from, first, _now.MonotonicMs + LeadRetryMs);
            return first;
        }

        series.LeadMisses = 0;
        series.Gaps.Remove(0, first);
        if (series.EarliestMs != long.MaxValue)
        {
            series.Gaps.Remove(0, series.EarliestMs);
            series.ListedFromMs = series.EarliestMs;
            _effects.Add(new FeedEffect.RememberListing(series.Symbol, series.Interval, series.EarliestMs));
        }

        return first;
    }

    private void GiveUpUnanswered()
    {
        foreach (OpenQuery query in _open.Values.Where(q => _now.MonotonicMs - q.SentMs > _settings.AnswerTimeoutMs).ToArray())
        {
            Fail(query);
        }
    }

    private void DropQueriesOf(SymbolFeed gone)
    {
        foreach (OpenQuery query in _open.Values.Where(q => gone.All.Contains(q.Series)).ToArray())
        {
            _open.Remove(query.Number);
        }
    }
}
