using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>
/// Finds out what became of orders of unknown outcome. Each is asked about by our id with growing pauses, until the venue tells of it. "Not found"
/// counts as absence only from questions asked after the venue's own clock was heard to be past the order's expiry, and after so long by our clock
/// that a step of the venue's (<see cref="OrderDeskSettings.VenueClockStepMs"/>) cannot bring the order's time back; several of them, some time
/// apart; and then only together with the list of live orders and all fills since it was sent, read in this order, neither of which holds it; all
/// orders that have come so far share one list and one reading. One that was seen in any way is never absent. Nothing is given up; the number of
/// orders is bounded by what the desk lets in.
/// </summary>
/// <remarks>Every order carries our id and the venue puts it on the order's fills, so a fill without it is not ours.</remarks>
internal sealed partial class Inquiries
{
    /// <summary>Most questions under way at once, so that many unknown orders do not eat the budget.</summary>
    private const int MaxAsking = 8;
    private const int StatusWeight = 2;

    /// <summary>Longest wait for a place in the budget: it is full again after a minute.</summary>
    private const int BudgetWaitMs = 60_000;

    private readonly OrderDeskSettings _settings;
    private readonly IRequestDesk _requests;
    private readonly VenueClock _clock;
    private readonly VenueTimeQuestion _time;
    private readonly OrderMemory _memory;
    private readonly AnswerDecoder _decoder;
    private readonly Dictionary<ClientOrderId, Inquiry> _open = [];
    private readonly List<Inquiry> _due = [];
    private int _asking;

    /// <summary>No inquiries yet.</summary>
    public Inquiries(
        OrderDeskSettings settings,
        IRequestDesk requests,
        VenueClock clock,
        VenueTimeQuestion time,
        OrderMemory memory,
        AnswerDecoder decoder
    )
    {
        _settings = settings;
        _requests = requests;
        _clock = clock;
        _time = time;
        _memory = memory;
        _decoder = decoder;
    }

    /// <summary>How many orders are unknown.</summary>
    public int Count => _open.Count;

    /// <summary>When <see cref="Pump"/> is due, monotonic; <see cref="long.MaxValue"/> for never.</summary>
    public long NextDueMonotonicMs
    {
        get
        {
            long due = long.MaxValue;
            foreach (Inquiry inquiry in _open.Values)
            {
                due = _asking < MaxAsking && !inquiry.IsAsking && !IsReady(inquiry) ? Math.Min(due, inquiry.DueMs) : due;
                due = !IsSearching && IsReady(inquiry) ? Math.Min(due, _searchDueMs) : due;
            }

            return due;
        }
    }

    /// <summary>Begins to ask about an order whose outcome was just told to be unknown; what is known already settles it at once.</summary>
    public void Open(OrderTrack track, in Now now, IEffectSink<SessionEffect> effects)
    {
        _memory.Move(track, OrderTrackState.Unknown, now);
        Inquiry inquiry = new(track) { PauseMs = _settings.FirstPauseMs, DueMs = now.MonotonicMs + _settings.FirstPauseMs };
        _open.Add(track.Id, inquiry);
        if (track.LastReport is { } report)
        {
            Settle(inquiry, report, now, effects);
        }
        else
        {
            FillSeen(track, now, effects);
        }
    }

    /// <summary>The venue told of an order.</summary>
    public void Reported(OrderReport report, in Now now, IEffectSink<SessionEffect> effects)
    {
        if (_open.TryGetValue(report.Id, out Inquiry? inquiry))
        {
            Settle(inquiry, report, now, effects);
        }
    }

    /// <summary>A fill of an order was seen: when all of it is filled that settles it, else it is asked about at once.</summary>
    public void FillSeen(OrderTrack track, in Now now, IEffectSink<SessionEffect> effects)
    {
        if (track.FilledSize == 0m || !_open.TryGetValue(track.Id, out Inquiry? inquiry))
        {
            return;
        }

        if (track.Intent is { } order && track.FilledSize >= order.Size)
        {
            OrderReport report = new(
                order.Id,
                track.VenueId,
                order.Symbol,
                order.IsBuy,
                order.LimitPrice,
                order.Size,
                0m,
                order.ReduceOnly,
                OrderPhase.Filled,
                "filled",
                track.LastFillMs
            );
            Settle(inquiry, report, now, effects);
            return;
        }

        inquiry.DueMs = now.MonotonicMs;
    }

    /// <summary>Connected again: all are asked about at once.</summary>
    public void Hurry(in Now now)
    {
        foreach (Inquiry inquiry in _open.Values)
        {
            inquiry.DueMs = Math.Min(inquiry.DueMs, now.MonotonicMs);
            inquiry.PauseMs = _settings.FirstPauseMs;
        }
    }

    /// <summary>Asks what is due.</summary>
    public void Pump(in Now now)
    {
        foreach (Inquiry inquiry in _open.Values)
        {
            if (!inquiry.IsAsking && !IsReady(inquiry) && inquiry.DueMs <= now.MonotonicMs)
            {
                _due.Add(inquiry);
            }
        }

        SearchIfDue(now);

        // Whoever has waited longest comes first.
        _due.Sort(static (a, b) => a.DueMs.CompareTo(b.DueMs));
        foreach (Inquiry inquiry in _due)
        {
            if (_asking >= MaxAsking)
            {
                break;
            }

            AskTimeIfNeeded(inquiry, now);
            inquiry.IsAsking = AskStatus(inquiry);
            _asking += inquiry.IsAsking ? 1 : 0;
            if (!inquiry.IsAsking)
            {
                Later(inquiry, now);
            }
        }

        _due.Clear();
    }

    /// <summary>Whether "not found" counts: the venue's own clock was heard to be past the expiry, and enough time has passed by ours.</summary>
    private bool IsExpired(OrderTrack track, in Now now) => IsExpiredThere(track) && MsToAge(track, now) <= 0;

    private bool IsExpiredThere(OrderTrack track) =>
        _clock.IsKnown && _clock.HeardMs > ExpiryOf(track) + _settings.ExpiryMarginMs;

    /// <summary>What an earlier life sent, it sent before this one began: it has expired when something sent then would have.</summary>
    private long ExpiryOf(OrderTrack track) => track.Intent is null ? _clock.FirstMs + _settings.LongestLifeMs : track.ExpiryMs;

    private int LifeOf(OrderTrack track) =>
        track.LifeMs > 0 ? track.LifeMs
        : track.Intent is null ? _settings.LongestLifeMs
        : _settings.OrderLifeMs;

    private void AskTimeIfNeeded(Inquiry inquiry, in Now now)
    {
        if (!IsExpiredThere(inquiry.Track) && (!_clock.IsKnown || MsToExpiry(inquiry.Track, now) <= 0))
        {
            _time.Ask(now, static (_, _) => { });
        }
    }

    private long MsToExpiry(OrderTrack track, in Now now) =>
        Math.Max(MsToAge(track, now), ExpiryOf(track) + _settings.ExpiryMarginMs + 1 - _clock.At(now));

    private long MsToAge(OrderTrack track, in Now now) =>
        track.SentMonotonicMs + LifeOf(track) + _settings.VenueClockStepMs - now.MonotonicMs;

    private bool AskStatus(Inquiry inquiry)
    {
        bool counts = false;
        long askedAt = 0;
        bool byVenueId = inquiry.ByVenueId && inquiry.Track.VenueId != 0;
        return _requests.Ask(
            RequestClass.Status,
            "/info",
            StatusWeight,
            0,
            0,
            _settings.TimeoutMs,
            BudgetWaitMs,
            at =>
            {
                counts = IsExpired(inquiry.Track, at);
                askedAt = at.MonotonicMs;
                return byVenueId
                    ? InfoBody.OrderStatus(_settings.Account, inquiry.Track.VenueId)
                    : InfoBody.OrderStatus(_settings.Account, inquiry.Track.Id.ToString());
            },
            (in RequestAnswer answer, in Now now, IEffectSink<SessionEffect> effects) =>
            {
                if (!TryResume(inquiry))
                {
                    return;
                }

                DecodeResult<OrderLookup> result = Decode(answer);
                if (result.Value?.State is { } state)
                {
                    OrderReport report = _memory.Learn(state, now, out _);
                    if (report.Id == inquiry.Track.Id)
                    {
                        Settle(inquiry, report, now, effects);
                        return;
                    }
                }
                else if (result.IsOk)
                {
                    if (!counts && MsToExpiry(inquiry.Track, now) <= 0)
                    {
                        // It has just expired; the venue's time, asked for at the same moment, is about to be heard. The next answer counts.
                        inquiry.PauseMs = _settings.AbsentPauseMs;
                    }

#if PLANTED_BUGS
                    if (IsPlanted(PlantedBug.NotFoundIsCancelled))
                    {
                        Absent(inquiry, now, effects);
                        return;
                    }
#endif
                    NotFound(inquiry, counts, askedAt);
                    if (IsReady(inquiry))
                    {
                        Gather(now);
                    }

                    inquiry.ByVenueId = !byVenueId;
                }

                Later(inquiry, now);
            }
        );
    }

    private DecodeResult<OrderLookup> Decode(in RequestAnswer answer) =>
        answer.End == RequestEnd.Answered && answer.Status == 200 ? _decoder.OrderStatus(answer.Body.Span) : default;

    private void NotFound(Inquiry inquiry, bool counts, long askedAt)
    {
        if (counts && askedAt - inquiry.LastAbsentMs >= _settings.AbsentPauseMs)
        {
            inquiry.Absent++;
            inquiry.LastAbsentMs = askedAt;
        }
    }

    private bool TryResume(Inquiry inquiry)
    {
        _asking -= inquiry.IsAsking ? 1 : 0;
        inquiry.IsAsking = false;
        return !inquiry.IsOver;
    }

    private void Later(Inquiry inquiry, in Now now)
    {
        long toExpiry = _clock.IsKnown ? MsToExpiry(inquiry.Track, now) : 0;
        bool isProving = inquiry.Absent > 0 && inquiry.Absent <= _settings.AbsentAnswers;
        long pause = isProving ? _settings.AbsentPauseMs : inquiry.PauseMs;
        if (toExpiry > 0 && toExpiry < pause)
        {
            pause = toExpiry;
        }

        inquiry.DueMs = now.MonotonicMs + Math.Max(1, pause);
        inquiry.PauseMs = Math.Min(inquiry.PauseMs * 2, _settings.LongestPauseMs);
    }

    private void Settle(Inquiry inquiry, OrderReport report, in Now now, IEffectSink<SessionEffect> effects)
    {
        End(inquiry, OrderReports.HasEnded(report.Phase) ? OrderTrackState.Ended : OrderTrackState.Live, now);
        effects.Add(
            new SessionEffect.Emit(
                new VenueEvent.OrderStatusAnswered(inquiry.Track.Id, report, IsProvenAbsent: false, Error: null)
            )
        );
    }

    private void End(Inquiry inquiry, OrderTrackState state, in Now now)
    {
        inquiry.IsOver = true;
        _open.Remove(inquiry.Track.Id);
        _memory.Move(inquiry.Track, state, now);
    }
}
