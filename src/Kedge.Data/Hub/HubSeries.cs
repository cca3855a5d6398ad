using Kedge.Data.Feed;
using Kedge.Model;
using Kedge.Model.Market;
using Kedge.Model.Venues;

namespace Kedge.Data.Hub;

/// <summary>The closed candles of one symbol and interval: what is known of each, and which come next.</summary>
internal sealed class HubSeries
{
    private const int MoreThanLookback = 256;

    // Minutes without trades at the end do not count for the look-back.
    private const int MoreAtStart = 16;
    private const long WrittenAfterMs = 60_000;
    private readonly int _lookback;
    private SlotRing? _ring;
    private long _runMs = -1;

    public HubSeries(string symbol, int symbolIndex, HubSeriesSpec spec, bool isMain)
    {
        Symbol = symbol;
        SymbolIndex = symbolIndex;
        Interval = spec.Interval;
        IsMain = isMain;
        _lookback = spec.Lookback;
    }

    public string Symbol { get; }

    public int SymbolIndex { get; }

    public Interval Interval { get; }

    public bool IsMain { get; }

    /// <summary>Where its bars come from.</summary>
    public ChannelState State { get; } = new();

    /// <summary>Whether it has a beginning.</summary>
    public bool IsStarted => _ring is not null;

    /// <summary>Everything that opens before is told, empty or given up; what opens here comes next.</summary>
    public long NextMs { get; private set; }

    /// <summary>Open time of the last bar that was told; −1 when none was.</summary>
    public long LastMs { get; private set; } = -1;

    /// <summary>Source of the newest bar or of the answer that there is none.</summary>
    public HubSource LastSource { get; private set; } = HubSource.None;

    /// <summary>Source of the last bar that was told.</summary>
    public HubSource LastBarSource { get; private set; } = HubSource.None;

    /// <summary>Open time of the newest bar that the feed served since it is connected; −1 for none.</summary>
    public long FeedMs { get; set; } = -1;

    /// <summary>Since when a later bar waits for one that lacks, monotonic; 0 when none does.</summary>
    public long WaitingSinceMs { get; private set; }

    /// <summary>Questions about it.</summary>
    public SeriesQuestions Questions { get; } = new();

    /// <summary>Intervals up to the last bar without a hole.</summary>
    public long GapFree => _runMs < 0 ? 0 : (LastMs + Interval.Ms - _runMs) / Interval.Ms;

    /// <summary>The look-back has no hole.</summary>
    public bool IsGapFree => GapFree >= _lookback;

    /// <summary>Begins, or begins anew, at the look-back before a moment.</summary>
    public void Begin(long venueMs)
    {
        _runMs = -1;
        LastMs = -1;
        FeedMs = -1;
        LastSource = HubSource.None;
        LastBarSource = HubSource.None;
        WaitingSinceMs = 0;
        NextMs = Math.Max(0, (venueMs / Interval.Ms * Interval.Ms) - ((_lookback + MoreAtStart) * Interval.Ms));
        _ring = new SlotRing(Interval.Ms, _lookback + MoreThanLookback, NextMs);
    }

    /// <summary>A new instance of the feed: its numbers begin anew.</summary>
    public void ForgetSequences()
    {
        FeedMs = -1;
        _ring?.ForgetSequences();
    }

    /// <summary>What the last bar was; only when there is one.</summary>
    public ref VenueCandle Last() => ref _ring!.Bar(LastMs);

    /// <summary>Takes a bar that is over.</summary>
    /// <returns>What became of it: a revision is to be told, one that comes in turn is told by <see cref="TryTell"/>.</returns>
    /// <param name="bar">The bar.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="sequence">Its number within an instance of the feed.</param>
    /// <param name="asOfMs">When it was known to be so, monotonic: when it came, or when it was asked for.</param>
    public BarOutcome Take(in VenueCandle bar, HubSource source, long sequence, long asOfMs)
    {
        SlotRing ring = _ring!;
        long t = bar.OpenMs;
        if (t < ring.FirstMs)
        {
            return BarOutcome.TooOld;
        }

        ring.Reach(t);
        if (ring.FirstMs > NextMs)
        {
            NextMs = ring.FirstMs;
            _runMs = -1;
        }

        SlotState state = ring[t];
        bool isPassed = t < NextMs;
        if (state is SlotState.Told or SlotState.Pending && !MayReplace(t, source, sequence, asOfMs))
        {
            return BarOutcome.Known;
        }

        bool isSame = state is SlotState.Told && ring.Bar(t) == bar;
        ring.Bar(t) = bar;
        ring.Source(t) = source;
        ring.Sequence(t) = sequence;
        ring.AsOf(t) = asOfMs;
        if (isSame)
        {
            return BarOutcome.Known;
        }

        if (!isPassed)
        {
            ring[t] = SlotState.Pending;
            return BarOutcome.Waits;
        }

        ring[t] = SlotState.Told;
        if (state == SlotState.Told)
        {
            return BarOutcome.Revised;
        }

        LastMs = Math.Max(LastMs, t);
        FindRun();
        return BarOutcome.Late;
    }

    /// <summary>Bars of a range do not exist, as far as nothing else is known of them.</summary>
    public void Settle(OpenRange range, HubSource source)
    {
        SlotRing ring = _ring!;
        long from = Math.Max(Align(range.FromMs + Interval.Ms - 1), NextMs);
        long to = Align(range.ToMs);
        if (to <= from)
        {
            return;
        }

        ring.Reach(to - Interval.Ms);
        from = Math.Max(from, ring.FirstMs);
        for (long t = from; t < to; t += Interval.Ms)
        {
            if (ring[t] == SlotState.Unknown)
            {
                ring[t] = SlotState.Empty;
                ring.Source(t) = source;
            }
        }
    }

    /// <summary>The next bar that may be told: nothing before it is open any more.</summary>
    public bool TryTell(long nowMs, out VenueCandle bar, out HubSource source)
    {
        SlotRing ring = _ring!;
        while (NextMs < ring.HeadMs)
        {
            SlotState state = ring[NextMs];
            if (state is SlotState.Unknown or SlotState.Told)
            {
                break;
            }

            long t = NextMs;
            NextMs += Interval.Ms;
            WaitingSinceMs = 0;
            LastSource = ring.Source(t);
            if (state == SlotState.Pending)
            {
                ring[t] = SlotState.Told;
                LastMs = t;
                _runMs = _runMs < 0 ? t : _runMs;
                bar = ring.Bar(t);
                source = ring.Source(t);
                LastBarSource = source;
                return true;
            }
        }

        WaitingSinceMs =
            NextPending() is null ? 0
            : WaitingSinceMs == 0 ? nowMs
            : WaitingSinceMs;
        bar = default;
        source = HubSource.None;
        return false;
    }

    /// <summary>Goes on with the next bar that is there, past those that lack.</summary>
    public void GiveUpHole()
    {
        if (NextPending() is not { } pending)
        {
            return;
        }

        for (; NextMs < pending; NextMs += Interval.Ms)
        {
            if (_ring![NextMs] == SlotState.Unknown)
            {
                _ring[NextMs] = SlotState.Skipped;
            }
        }

        _runMs = -1;
        WaitingSinceMs = 0;
    }

    /// <summary>The newest bars that were told, oldest first.</summary>
    public int Copy(Span<VenueCandle> bars)
    {
        int count = bars.Length;
        if (_ring is { } ring)
        {
            for (long t = NextMs - Interval.Ms; t >= ring.FirstMs && count > 0; t -= Interval.Ms)
            {
                if (ring[t] == SlotState.Told)
                {
                    bars[--count] = ring.Bar(t);
                }
            }
        }

        int there = bars.Length - count;
        bars[count..].CopyTo(bars);
        return there;
    }

    private long Align(long ms) => ms / Interval.Ms * Interval.Ms;

    /// <summary>
    /// The feed's bars replace all others and each other by number; an answer of the venue what is stored; what is stored replaces itself, and others only
    /// when it was read so much later that the feed has written down what it served meanwhile.
    /// </summary>
    private bool MayReplace(long t, HubSource source, long sequence, long asOfMs)
    {
        HubSource known = _ring!.Source(t);
        return source switch
        {
            HubSource.Feed => known != HubSource.Feed || sequence > _ring.Sequence(t),
            HubSource.Rest => known is HubSource.Rest or HubSource.Sqlite,
            _ => known == HubSource.Sqlite || asOfMs - _ring.AsOf(t) > WrittenAfterMs,
        };
    }

    private long? NextPending()
    {
        for (long t = NextMs; t < _ring!.HeadMs; t += Interval.Ms)
        {
            if (_ring[t] == SlotState.Pending)
            {
                return t;
            }
        }

        return null;
    }

    /// <summary>Finds the first bar of the stretch without a hole that ends at the next one.</summary>
    private void FindRun()
    {
        _runMs = -1;
        for (long t = NextMs - Interval.Ms; t >= _ring!.FirstMs; t -= Interval.Ms)
        {
            if (_ring[t] == SlotState.Told)
            {
                _runMs = t;
            }
            else if (_ring[t] != SlotState.Empty)
            {
                return;
            }
        }
    }
}
