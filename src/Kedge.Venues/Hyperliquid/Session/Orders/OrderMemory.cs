using System.Diagnostics.CodeAnalysis;
using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>
/// Orders by our id, and how orders ended by the venue's. Bounded: what has ended is forgotten after a while, the oldest first; live orders beyond
/// the bound are forgotten too, which loses only the knowledge that they were trigger orders. Unsettled ones are never forgotten.
/// </summary>
internal sealed class OrderMemory
{
    private readonly OrderDeskSettings _settings;
    private readonly Dictionary<ClientOrderId, OrderTrack> _tracks = [];
    private readonly Queue<OrderTrack> _live = [];
    private readonly Queue<(OrderTrack Track, long AtMs)> _ended = [];
    private readonly Dictionary<long, OrderReport> _terminal = [];
    private readonly Queue<(long VenueId, long AtMs)> _terminalOrder = [];

    /// <summary>An empty memory.</summary>
    public OrderMemory(OrderDeskSettings settings) => _settings = settings;

    /// <summary>How many outcomes are open or unknown.</summary>
    public int Unsettled { get; private set; }

    /// <summary>How many orders are remembered, for tests of the bound.</summary>
    public int Count => _tracks.Count + _terminal.Count;

    /// <summary>An order by our id.</summary>
    public bool TryGet(ClientOrderId id, [MaybeNullWhen(false)] out OrderTrack track) => _tracks.TryGetValue(id, out track);

    /// <summary>Takes an order that is about to be sent.</summary>
    public void Add(OrderTrack track)
    {
        _tracks.Add(track.Id, track);
        Unsettled++;
    }

    /// <summary>Moves an order on; nothing comes back from the end.</summary>
    public void Move(OrderTrack track, OrderTrackState state, in Now now)
    {
        if (track.State == state || track.State == OrderTrackState.Ended)
        {
            return;
        }

        Unsettled -= IsUnsettled(track.State) ? 1 : 0;
        Unsettled += IsUnsettled(state) ? 1 : 0;
        track.State = state;
        if (state == OrderTrackState.Live)
        {
            _live.Enqueue(track);
        }
        else if (state == OrderTrackState.Ended)
        {
            _ended.Enqueue((track, now.MonotonicMs));
        }

        Forget(now);
    }

    /// <summary>How an order ended, if that is known.</summary>
    public bool TryGetEnd(long venueId, [MaybeNullWhen(false)] out OrderReport report) =>
        _terminal.TryGetValue(venueId, out report);

    /// <summary>
    /// What the venue says of an order, in our words and in the light of what is known: an order that has ended has ended, whatever an answer or a
    /// message says that was under way meanwhile.
    /// </summary>
    /// <param name="state">What the venue says.</param>
    /// <param name="now">The moment.</param>
    /// <param name="isNew">Whether it tells something new.</param>
    public OrderReport Learn(OrderState state, in Now now, out bool isNew)
    {
        OrderTrack? track = ClientOrderId.TryParse(state.Order.ClientOrderId, out ClientOrderId id)
            ? _tracks.GetValueOrDefault(id)
            : null;
        OrderReport report = OrderReports.From(state, track?.Intent?.Trigger is not (null or TriggerKind.None));
        if (TryGetEnd(report.VenueId, out OrderReport? end))
        {
            isNew = false;
            return end;
        }

        bool hasEnded = OrderReports.HasEnded(report.Phase);
        if (track?.LastReport is { } last && last.VenueId == report.VenueId)
        {
            isNew = hasEnded || (report.TimeMs >= last.TimeMs && report with { ReduceOnly = last.ReduceOnly } != last);
            if (!isNew)
            {
                return last;
            }
        }

        isNew = true;
        if (hasEnded)
        {
            _terminal.Add(report.VenueId, report);
            _terminalOrder.Enqueue((report.VenueId, now.MonotonicMs));
            Forget(now);
        }

        if (track is not null)
        {
            track.LastReport = report;
            track.VenueId = report.VenueId;
        }

        return report;
    }

    /// <summary>Forgets what is old or too much.</summary>
    public void Forget(in Now now)
    {
        long before = now.MonotonicMs - _settings.EndedMemoryMs;
        while (
            _ended.TryPeek(out (OrderTrack Track, long AtMs) ended) && (ended.AtMs < before || _ended.Count > _settings.MaxEnded)
        )
        {
            _ended.Dequeue();
            _tracks.Remove(ended.Track.Id);
        }

        while (
            _terminalOrder.TryPeek(out (long VenueId, long AtMs) order)
            && (order.AtMs < before || _terminalOrder.Count > _settings.MaxEnded)
        )
        {
            _terminalOrder.Dequeue();
            _terminal.Remove(order.VenueId);
        }

        while (
            _live.TryPeek(out OrderTrack? oldest) && (oldest.State == OrderTrackState.Ended || _live.Count > _settings.MaxEnded)
        )
        {
            _live.Dequeue();
            if (oldest.State != OrderTrackState.Ended)
            {
                _tracks.Remove(oldest.Id);
            }
        }
    }

    private static bool IsUnsettled(OrderTrackState state) => state is OrderTrackState.InFlight or OrderTrackState.Unknown;
}
