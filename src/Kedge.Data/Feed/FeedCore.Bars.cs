using Kedge.Model.Venues;

namespace Kedge.Data.Feed;

// Bars as they become known: from the stream, from answers, from minutes.
public sealed partial class FeedCore
{
    private const long ContradictedRetryMs = 15_000;
    private const long ContradictedSlowMs = 3_600_000;
    private const int ContradictionsBelieved = 6;
    private const long FirstDeepCheckMs = 3_600_000;

    /// <summary>The venue's time has gone on: minutes close, and what is over and not there becomes a gap.</summary>
    private void Advance()
    {
        if (_time.At(_now.MonotonicMs) is not long venue)
        {
            return;
        }

        long over = Math.Max(0, venue - _settings.GraceMs);
        BeginSeries(over);
        foreach (SymbolFeed feed in _order)
        {
            if (feed.IsGone)
            {
                continue;
            }

            foreach (VenueCandle bar in feed.Stream.TakeClosed(Align(over, FeedSettings.Minute)))
            {
                Accept(feed, feed.Minutes, bar, BarSource.Stream, _inputs);
            }

            foreach (Series series in feed.All)
            {
                long frontier = Align(over, series.Interval);
                if (frontier > series.Frontier)
                {
                    MoveFrontier(feed, series, frontier);
                }
            }
        }
    }

    private void BeginSeries(long over)
    {
        bool begins = false;
        foreach (Series series in _order.Where(f => !f.IsGone).SelectMany(f => f.All).Where(s => s.Frontier == 0))
        {
            begins = true;
            series.Begin(Align(over, series.Interval), _settings.HistoryBars, _settings.WindowBars, _now.MonotonicMs);
            series.DeepDueMs = _now.MonotonicMs + Math.Min(_settings.DeepCheckEveryMs, FirstDeepCheckMs);
        }

        if (begins)
        {
            BeginPace();
        }
    }

    private void MoveFrontier(SymbolFeed feed, Series series, long frontier)
    {
        long iv = series.Interval.Ms;
        long due = _now.MonotonicMs + (series == feed.Minutes ? MinuteDelayMs : CoarseDelayMs);
        long from = Math.Max(series.Frontier, frontier - (_settings.HistoryBars * iv));
        long known = Math.Max(from, frontier - (_settings.WindowBars * iv));
        series.Frontier = frontier;
        series.Gaps.Add(from, known, due);
        for (long t = known; t < frontier; t += iv)
        {
            if (!series.Window.ContainsKey(t))
            {
                series.Gaps.Add(t, t + iv, due);
            }
        }

        series.StartMs = Math.Max(series.StartMs, frontier - (_settings.HistoryBars * iv));
        series.Gaps.Remove(0, series.StartMs);
        series.ForgetBefore(frontier - (_settings.WindowBars * iv));
        if (series != feed.Minutes)
        {
            for (long t = known; t < frontier; t += iv)
            {
                Compose(feed, series, t);
            }
        }
    }

    /// <summary>A minute of the stream: it forms, or comes late.</summary>
    private void OnMinute(string symbol, in VenueCandle bar)
    {
        if (!_symbols.TryGetValue(symbol, out SymbolFeed? feed))
        {
            return;
        }

        Series minutes = feed.Minutes;
        if (!IsGood(minutes, bar))
        {
            return;
        }

        long end = bar.OpenMs + minutes.Interval.Ms;
        bool isKnown = minutes.Window.TryGetValue(bar.OpenMs, out BarEntry? known);
        if (!isKnown || bar.Trades > known!.Bar.Trades)
        {
            // A bar that forms gains trades; the correction of one that is over says nothing of the venue's clock.
            _time.SawForming(bar.OpenMs, end + _settings.GraceMs - 1, _now);
        }

        if (bar.OpenMs < minutes.WindowFrom)
        {
            return;
        }

        if (isKnown)
        {
            // A late update never overwrites: the venue is asked which is right.
            if (!BarEntry.AreSame(known!.Bar, bar))
            {
                minutes.Doubt(bar.OpenMs, _inputs, _now.MonotonicMs);
            }

            return;
        }

        minutes.MarkSeen(bar.OpenMs);
        if (minutes.Settled.Contains(bar.OpenMs))
        {
            minutes.Settled.Remove(bar.OpenMs, end);
            minutes.Gaps.Add(bar.OpenMs, end, _now.MonotonicMs);
        }

        if (feed.Stream.Take(bar))
        {
            _clock.Formed(bar.OpenMs, _now);
        }
    }

    private bool IsGood(Series series, in VenueCandle bar)
    {
        string? problem = CandleCheck.Problem(bar, series.Interval);
        if (problem is null && !_time.Saw(bar.OpenMs, _now))
        {
            problem = $"time {bar.OpenMs} is far from the venue's";
        }

        if (problem is null)
        {
            return true;
        }

        series.Quarantined++;
        series.MarkSeen(bar.OpenMs);
        _effects.Add(new FeedEffect.Quarantine(series.Symbol, series.Interval, bar, problem));
        return false;
    }

    /// <summary>Takes a bar that is over.</summary>
    /// <param name="feed">Its symbol.</param>
    /// <param name="series">Its series.</param>
    /// <param name="bar">The bar.</param>
    /// <param name="source">Stream or answer.</param>
    /// <param name="askedAt">The input at which the venue was asked; doubts that came later stay.</param>
    private void Accept(SymbolFeed feed, Series series, in VenueCandle bar, BarSource source, long askedAt)
    {
        long t = bar.OpenMs;
        bool isMinute = series == feed.Minutes;
        if (!series.Window.TryGetValue(t, out BarEntry? entry))
        {
            bool isNew = t >= series.Frontier || t < series.EarliestMs || series.Gaps.Contains(t) || series.Settled.Contains(t);
            if (t < series.WindowFrom)
            {
                if (isNew)
                {
                    series.Fill(t);
                    Keep(series, bar);
                }

                return;
            }

            series.Fill(t);
            entry = new BarEntry { Bar = bar, Source = source };
            series.Window.Add(t, entry);
            entry.IsComplete = isMinute || AreMinutesKnown(feed, t, series.Interval.Ms);
            Keep(series, bar);
            Serve(series, entry, ServedAs.Closed);
        }
        else
        {
            if (source != BarSource.Rest)
            {
                return;
            }

            if (entry.DoubtedAt != 0 && askedAt > entry.DoubtedAt)
            {
                entry.DoubtedAt = 0;
                series.Doubted.Remove(t);
            }

            entry.Source = source;
            if (!Replace(series, entry, bar) && isMinute)
            {
                return;
            }

            if (isMinute)
            {
                DoubtAround(feed, t);
            }
        }

        if (isMinute)
        {
            feed.Stream.Drop(t);
            ComposeAround(feed, t);
        }
        else if (source == BarSource.Rest)
        {
            Compose(feed, series, t);
        }
    }

    /// <summary>Other numbers for a bar of the window; false when they are the same.</summary>
    private bool Replace(Series series, BarEntry entry, in VenueCandle bar)
    {
        bool isUnstored = series.Gaps.Contains(bar.OpenMs);
        bool isAlike = BarEntry.AreAlike(entry.Bar, bar);
        bool isChange = isUnstored || !BarEntry.AreSame(entry.Bar, bar);
        if (isChange)
        {
            series.Fill(bar.OpenMs);
            entry.Bar = bar;
            Keep(series, bar);
        }

        if (!isAlike)
        {
            series.Revised++;
            Serve(series, entry, ServedAs.Revised);
        }

        return isChange;
    }

    /// <summary>A minute was corrected: longer bars that the venue told before may be out of date.</summary>
    private void DoubtAround(SymbolFeed feed, long minute)
    {
        foreach (Series series in feed.Coarse)
        {
            long t = Align(minute, series.Interval);
            if (series.Window.TryGetValue(t, out BarEntry? entry) && entry.Source != BarSource.Composed)
            {
                series.Doubt(t, _inputs, _now.MonotonicMs);
            }
        }
    }

    private void ComposeAround(SymbolFeed feed, long minute)
    {
        foreach (Series series in feed.Coarse)
        {
            Compose(feed, series, Align(minute, series.Interval));
        }
    }

    private static bool AreMinutesKnown(SymbolFeed feed, long from, long length)
    {
        Series minutes = feed.Minutes;
        long to = from + length;
        bool isKnownBefore = from >= minutes.EarliestMs || (minutes.ListedFromMs is long listed && to > listed);
        return isKnownBefore && from >= minutes.WindowFrom && minutes.Frontier >= to && !minutes.Gaps.Overlaps(from, to);
    }

    /// <summary>Makes a longer bar of its minutes when all of them are known, or checks the one that is there.</summary>
    private void Compose(SymbolFeed feed, Series series, long t)
    {
        long end = t + series.Interval.Ms;
        bool isOver = t < series.Frontier || (_time.At(_now.MonotonicMs) is long venue && venue >= end + _settings.GraceMs);
        if (!isOver || t < series.WindowFrom || !AreMinutesKnown(feed, t, series.Interval.Ms))
        {
            return;
        }

        List<VenueCandle> members = [];
        for (long m = t; m < end; m += FeedSettings.Minute.Ms)
        {
            if (feed.Minutes.Window.TryGetValue(m, out BarEntry? minute))
            {
                members.Add(minute.Bar);
            }
        }

        bool isKnown = series.Window.TryGetValue(t, out BarEntry? entry);
        if (members.Count == 0)
        {
            if (!isKnown && series.Gaps.Contains(t))
            {
                Settle(series, new OpenRange(t, end));
            }

            return;
        }

        VenueCandle bar = Composer.Compose(t, members);
        if (!isKnown)
        {
            series.Fill(t);
            entry = new BarEntry
            {
                Bar = bar,
                Source = BarSource.Composed,
                IsComplete = true,
            };
            series.Window.Add(t, entry);
            Keep(series, bar);
            Serve(series, entry, ServedAs.Closed);
            return;
        }

        bool wasComplete = entry!.IsComplete;
        entry.IsComplete = true;
        bool differs = !BarEntry.AreAlike(entry.Bar, bar);
        if (differs && entry.Source == BarSource.Composed)
        {
            Replace(series, entry, bar);
        }
        else if (differs)
        {
            entry.Contradictions++;
            bool goesOn = entry.Contradictions > ContradictionsBelieved;
            long retry =
                entry.Contradictions == 1 ? 0
                : goesOn ? ContradictedSlowMs
                : ContradictedRetryMs;
            series.Doubt(t, _inputs, _now.MonotonicMs + retry);
        }
        else
        {
            entry.Contradictions = 0;
        }

        if (!wasComplete && entry.Source != BarSource.Store)
        {
            Serve(series, entry, ServedAs.Completed);
        }
    }

    private void Settle(Series series, OpenRange range)
    {
        series.Gaps.Remove(range.FromMs, range.ToMs);
        series.Settled.Add(range.FromMs, range.ToMs);
        _effects.Add(new FeedEffect.RememberEmpty(series.Symbol, series.Interval, range));
    }

    private void Serve(Series series, BarEntry entry, ServedAs kind) =>
        _effects.Add(
            new FeedEffect.Served(++_served, kind, series.Symbol, series.Interval, entry.Bar, entry.IsComplete, entry.Source)
        );
}
