using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>
/// The last part of a proof that orders never existed: one list of live orders and one reading of the fills for all of them that are ready. Those that
/// become ready meanwhile wait for the next search.
/// </summary>
internal sealed partial class Inquiries
{
    private const int OpenOrdersWeight = 20;

    /// <summary>A page of fills costs 20, and one for every 20 of at most 2000 fills.</summary>
    private const int FillsWeight = 20;
    private const int ItemsPerWeight = 20;

    /// <summary>The venue keeps no more.</summary>
    private const int KeptFills = 10_000;

    /// <summary>Fills are looked for from this long before an order was sent, milliseconds: more than two steps of the venue's clock.</summary>
    private const long FillsMarginMs = 120_000;

    /// <summary>Pause after a search that ended, milliseconds: orders lost one after the other come together in the next.</summary>
    private const int SearchPauseMs = 3_000;

    /// <summary>How long the first order that is ready waits for others, milliseconds: those of one request are asked about one by one.</summary>
    private const int GatherMs = 500;

    private readonly List<Inquiry> _searched = [];
    private long _searchDueMs = long.MinValue;
    private long _searchPauseMs;
    private int _searchPages;

    private bool IsSearching => _searched.Count > 0;

    private bool IsReady(Inquiry inquiry) => inquiry.Absent >= _settings.AbsentAnswers && !inquiry.Track.IsSeen;

    /// <summary>
    /// The live orders first, then the fills: one that is not live after its expiry can only have been filled before, and the fills read afterwards
    /// hold that. The other way round it could be filled in between.
    /// </summary>
    private void SearchIfDue(in Now now)
    {
        if (IsSearching || now.MonotonicMs < _searchDueMs)
        {
            return;
        }

        foreach (Inquiry inquiry in _open.Values)
        {
            if (IsReady(inquiry))
            {
                _searched.Add(inquiry);
            }
        }

        if (IsSearching && !AskOpenOrders())
        {
            Again(now);
        }
    }

    /// <summary>An order has become ready: the first one waits a little for others.</summary>
    private void Gather(in Now now)
    {
        if (!IsSearching && _open.Values.Count(IsReady) == 1)
        {
            _searchDueMs = Math.Max(_searchDueMs, now.MonotonicMs + GatherMs);
        }
    }

    private bool AskOpenOrders() =>
        _requests.Ask(
            RequestClass.Query,
            "/info",
            OpenOrdersWeight,
            0,
            0,
            _settings.TimeoutMs,
            BudgetWaitMs,
            _ => InfoBody.Of("frontendOpenOrders", _settings.Account),
            (in RequestAnswer answer, in Now now, IEffectSink<SessionEffect> effects) =>
            {
                bool isAnswered = answer.End == RequestEnd.Answered && answer.Status == 200;
                IReadOnlyList<OpenOrder>? orders = isAnswered ? _decoder.OpenOrders(answer.Body.Span).Value : null;
                if (orders is null)
                {
                    Again(now);
                    return;
                }

                foreach (Inquiry inquiry in _searched)
                {
                    if (!inquiry.IsOver && Find(orders, inquiry.Track.Id) is { } order)
                    {
                        Settle(inquiry, OrderReports.From(order), now, effects);
                    }
                }

                _searched.RemoveAll(static inquiry => inquiry.IsOver);
                _searchPages = 0;
                if (IsSearching)
                {
                    AskFillsOrAgain(Math.Max(0, _searched.Min(static inquiry => inquiry.Track.SentVenueMs) - FillsMarginMs), now);
                }
            }
        );

    private static OpenOrder? Find(IReadOnlyList<OpenOrder> orders, ClientOrderId id)
    {
        foreach (OpenOrder order in orders)
        {
            if (ClientOrderId.TryParse(order.ClientOrderId, out ClientOrderId other) && other == id)
            {
                return order;
            }

            if (Find(order.Children, id) is { } child)
            {
                return child;
            }
        }

        return null;
    }

    private void AskFillsOrAgain(long fromMs, in Now now)
    {
        if (!AskFills(fromMs))
        {
            Again(now);
        }
    }

    private bool AskFills(long fromMs) =>
        _requests.Ask(
            RequestClass.Query,
            "/info",
            FillsWeight,
            (_settings.FillsPerPage + ItemsPerWeight - 1) / ItemsPerWeight,
            0,
            _settings.TimeoutMs,
            BudgetWaitMs,
            _ => InfoBody.Since("userFillsByTime", _settings.Account, fromMs),
            (in RequestAnswer answer, in Now now, IEffectSink<SessionEffect> effects) =>
            {
                bool isAnswered = answer.End == RequestEnd.Answered && answer.Status == 200;
                IReadOnlyList<UserFill>? fills = isAnswered ? _decoder.Fills(answer.Body.Span).Value : null;
                if (fills is null)
                {
                    Again(now);
                    return;
                }

                _requests.Settle((fills.Count + ItemsPerWeight - 1) / ItemsPerWeight);
                ReadFills(fromMs, fills, now, effects);
            }
        );

    private void ReadFills(long fromMs, IReadOnlyList<UserFill> fills, in Now now, IEffectSink<SessionEffect> effects)
    {
        Dictionary<ClientOrderId, long> filled = [];
        foreach (UserFill fill in fills)
        {
            if (ClientOrderId.TryParse(fill.ClientOrderId, out ClientOrderId id))
            {
                filled[id] = fill.OrderId;
            }
        }

        foreach (Inquiry inquiry in _searched)
        {
            if (!inquiry.IsOver && filled.TryGetValue(inquiry.Track.Id, out long venueId))
            {
                // It exists. The fill itself comes by the way of fills, which adds it up.
                inquiry.Absent = int.MinValue;
                inquiry.Track.VenueId = venueId;
                Later(inquiry, now);
            }
        }

        _searched.RemoveAll(inquiry => inquiry.IsOver || !IsReady(inquiry));
        _searchPages++;
        long last = fills.Count == 0 ? 0 : fills[^1].TimeMs;
        if (fills.Count < _settings.FillsPerPage)
        {
            foreach (Inquiry inquiry in _searched)
            {
                Absent(inquiry, now, effects);
            }

            _searched.Clear();
            _searchPauseMs = 0;
            _searchDueMs = now.MonotonicMs + SearchPauseMs;
        }
        else if (_searchPages <= KeptFills / _settings.FillsPerPage && last > fromMs)
        {
            AskFillsOrAgain(last, now);
        }
        else
        {
            // More fills than can be read: that proves nothing.
            foreach (Inquiry inquiry in _searched)
            {
                inquiry.Absent = 0;
                Later(inquiry, now);
            }

            Again(now);
        }
    }

    /// <summary>The search failed; a new one begins later.</summary>
    private void Again(in Now now)
    {
        _searched.Clear();
        _searchPauseMs = Math.Clamp(_searchPauseMs * 2, _settings.AbsentPauseMs, _settings.LongestPauseMs);
        _searchDueMs = now.MonotonicMs + _searchPauseMs;
    }

    private void Absent(Inquiry inquiry, in Now now, IEffectSink<SessionEffect> effects)
    {
        inquiry.Track.IsAbsent = true;
        End(inquiry, OrderTrackState.Ended, now);
        effects.Add(
            new SessionEffect.Emit(
                new VenueEvent.OrderStatusAnswered(inquiry.Track.Id, Order: null, IsProvenAbsent: true, Error: null)
            )
        );
    }
}
