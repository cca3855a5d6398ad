using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>The last part of a proof that an order never existed.</summary>
internal sealed partial class Inquiries
{
    private const int OpenOrdersWeight = 20;

    /// <summary>A page may be full: 20, and one for every 20 of 2000 fills.</summary>
    private const int FillsWeight = 120;
    private const int PageItems = 2_000;

    /// <summary>The venue keeps 10 000 fills.</summary>
    private const int MaxPages = 6;

    /// <summary>Fills are looked for from this long before the order was sent, milliseconds.</summary>
    private const long FillsMarginMs = 60_000;

    /// <summary>
    /// The live orders first, then the fills: one that is not live after its expiry can only have been filled before, and the fills read afterwards
    /// hold that. The other way round it could be filled in between.
    /// </summary>
    private bool AskForProof(Inquiry inquiry) => inquiry.IsNotOpen ? AskFills(inquiry) : AskOpenOrders(inquiry);

    private bool AskOpenOrders(Inquiry inquiry) =>
        _requests.Ask(
            RequestClass.Query,
            "/info",
            OpenOrdersWeight,
            0,
            _settings.TimeoutMs,
            _ => InfoBodies.OpenOrders(_settings.Account),
            (in RequestAnswer answer, in Now now, IEffectSink<SessionEffect> effects) =>
            {
                if (!TryResume(inquiry))
                {
                    return;
                }

                bool isAnswered = answer.End == RequestEnd.Answered && answer.Status == 200;
                IReadOnlyList<OpenOrder>? orders = isAnswered ? _decoder.OpenOrders(answer.Body.Span).Value : null;
                if (orders is null)
                {
                    Later(inquiry, now);
                }
                else if (Find(orders, inquiry.Track.Id) is { } order)
                {
                    Settle(inquiry, OrderReports.From(order), now, effects);
                }
                else
                {
                    inquiry.IsNotOpen = true;
                    inquiry.DueMs = now.MonotonicMs;
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

    private bool AskFills(Inquiry inquiry) =>
        _requests.Ask(
            RequestClass.Query,
            "/info",
            FillsWeight,
            0,
            _settings.TimeoutMs,
            _ => InfoBodies.Fills(_settings.Account, inquiry.FillsFromMs),
            (in RequestAnswer answer, in Now now, IEffectSink<SessionEffect> effects) =>
            {
                if (!TryResume(inquiry))
                {
                    return;
                }

                bool isAnswered = answer.End == RequestEnd.Answered && answer.Status == 200;
                IReadOnlyList<UserFill>? fills = isAnswered ? _decoder.Fills(answer.Body.Span).Value : null;
                if (fills is null)
                {
                    Later(inquiry, now);
                }
                else
                {
                    ReadFills(inquiry, fills, now, effects);
                }
            }
        );

    private void ReadFills(Inquiry inquiry, IReadOnlyList<UserFill> fills, in Now now, IEffectSink<SessionEffect> effects)
    {
        foreach (UserFill fill in fills)
        {
            if (ClientOrderId.TryParse(fill.ClientOrderId, out ClientOrderId id) && id == inquiry.Track.Id)
            {
                // It exists. The fill itself comes by the way of fills, which adds it up.
                inquiry.Absent = int.MinValue;
                inquiry.Track.VenueId = fill.OrderId;
                Later(inquiry, now);
                return;
            }
        }

        inquiry.FillPages++;
        long last = fills.Count == 0 ? 0 : fills[^1].TimeMs;
        if (fills.Count < PageItems)
        {
            if (!inquiry.Track.IsSeen)
            {
                Absent(inquiry, now, effects);
                return;
            }

            Later(inquiry, now);
        }
        else if (inquiry.FillPages < MaxPages && last > inquiry.FillsFromMs)
        {
            inquiry.FillsFromMs = last;
            inquiry.DueMs = now.MonotonicMs;
        }
        else
        {
            // More fills than can be read: that proves nothing. The whole search begins again.
            inquiry.Absent = 0;
            inquiry.IsNotOpen = false;
            Later(inquiry, now);
        }
    }

    private void Absent(Inquiry inquiry, in Now now, IEffectSink<SessionEffect> effects)
    {
        End(inquiry, OrderTrackState.Ended, now);
        effects.Add(
            new SessionEffect.Emit(
                new VenueEvent.OrderStatusAnswered(inquiry.Track.Id, Order: null, IsProvenAbsent: true, Error: null)
            )
        );
    }
}
