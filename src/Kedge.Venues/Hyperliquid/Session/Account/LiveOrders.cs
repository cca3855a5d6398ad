using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Venues.Hyperliquid.Session.Account;

/// <summary>
/// Orders that the listener was told are alive. When the venue's list of live orders lacks one of them, its end was missed: what became of it is then
/// asked, and nothing is told before there is an answer. Bounded; at the bound new orders are not watched, which the list of the venue makes good.
/// </summary>
internal sealed class LiveOrders
{
    private const int MaxOrders = 20_000;

    private readonly Dictionary<ClientOrderId, long> byId = [];
    private readonly Dictionary<long, ClientOrderId> byVenueId = [];

    /// <summary>Acknowledged without an id of the venue, as triggers are, and not yet seen by one.</summary>
    private readonly HashSet<ClientOrderId> unnumbered = [];

    /// <summary>Orders believed alive.</summary>
    public int Count => byVenueId.Count;

    /// <summary>An event is told.</summary>
    public void Note(VenueEvent told)
    {
        switch (told)
        {
            case VenueEvent.OrderAcked { Phase: OrderPhase.Open or OrderPhase.Waiting, VenueId: { } venueId } acked:
                Add(venueId, acked.Id);
                break;
            case VenueEvent.OrderAcked { Phase: OrderPhase.Open or OrderPhase.Waiting } acked
                when unnumbered.Count < MaxOrders && !byId.ContainsKey(acked.Id):
                unnumbered.Add(acked.Id);
                break;
            case VenueEvent.OrderChanged changed:
                Note(changed.Order);
                break;
            case VenueEvent.OrderStatusAnswered { Order: { } order }:
                Note(order);
                break;
            default:
                break;
        }
    }

    /// <summary>Orders believed alive that are not among these.</summary>
    public IReadOnlyList<long> Missing(IReadOnlySet<long> listed) => [.. byVenueId.Keys.Where(id => !listed.Contains(id))];

    /// <summary>Orders believed alive that have no id of the venue yet and are not among these.</summary>
    public IReadOnlyList<ClientOrderId> Missing(IReadOnlySet<ClientOrderId> listed) =>
        [.. unnumbered.Where(id => !listed.Contains(id))];

    private void Note(OrderReport order)
    {
        unnumbered.Remove(order.Id);
        if (order.Phase is OrderPhase.Open or OrderPhase.Waiting)
        {
            Add(order.VenueId, order.Id);
            return;
        }

        if (
            byVenueId.Remove(order.VenueId, out ClientOrderId id)
            && byId.TryGetValue(id, out long current)
            && current == order.VenueId
        )
        {
            byId.Remove(id);
        }
    }

    private void Add(long venueId, ClientOrderId id)
    {
        if (byVenueId.Count >= MaxOrders)
        {
            return;
        }

        byVenueId[venueId] = id;
        if (!id.IsNone)
        {
            byId[id] = venueId;
        }
    }
}
