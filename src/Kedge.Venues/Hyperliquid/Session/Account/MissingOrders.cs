using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Session.Orders;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session.Account;

/// <summary>
/// Asks about orders that we believe alive and that the venue's list of live orders lacks; what it answers is told, and without an answer nothing is.
/// A bounded number is asked about at once, the others at the next comparison.
/// </summary>
internal sealed class MissingOrders(AccountQuestions questions, Action<OrderUpdatesMessage, Now, IEffectSink<SessionEffect>> tell)
{
    private const int MaxAsked = 100;

    private readonly LiveOrders live = new();
    private readonly HashSet<long> asked = [];
    private readonly HashSet<ClientOrderId> askedById = [];

    /// <summary>An event is told.</summary>
    public void Told(VenueEvent told) => live.Note(told);

    /// <summary>The venue listed all live orders.</summary>
    public void Compare(IReadOnlyList<OpenOrder> orders, in Now now)
    {
        HashSet<long> listed = [.. orders.Select(o => o.OrderId)];
        foreach (long venueId in live.Missing(listed))
        {
            if (asked.Count >= MaxAsked)
            {
                break;
            }

            if (asked.Add(venueId))
            {
                Ask(venueId, now);
            }
        }

        HashSet<ClientOrderId> named = [.. orders.Select(o => OrderReports.From(o).Id)];
        foreach (ClientOrderId id in live.Missing(named))
        {
            if (askedById.Count < MaxAsked && askedById.Add(id))
            {
                Ask(id, now);
            }
        }
    }

    private void Ask(ClientOrderId id, in Now now) =>
        questions.Status(
            id.ToString(),
            now,
            (lookup, _, at, to) =>
            {
                askedById.Remove(id);
                if (lookup?.State is { } state)
                {
                    tell(new OrderUpdatesMessage([state]), at, to);
                }
            }
        );

    private void Ask(long venueId, in Now now) =>
        questions.Status(
            venueId,
            now,
            (lookup, _, at, to) =>
            {
                asked.Remove(venueId);
                if (lookup?.State is { } state)
                {
                    tell(new OrderUpdatesMessage([state]), at, to);
                }
            }
        );
}
