using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Conformance.Ledgers;

/// <summary>
/// Books of an account as a careful owner keeps them. It trusts the venue's events as they are documented and complains when one breaks its word:
/// a fill twice, two outcomes of one command, a terminal state taken back.
/// </summary>
internal sealed class AccountLedger
{
    private readonly Dictionary<ClientOrderId, LedgerOrder> _orders = [];
    private readonly List<LedgerOrder> _inOrder = [];
    private readonly Dictionary<(long TradeId, long VenueOrderId), Fill> _fills = [];
    private readonly List<string> _complaints = [];

    public IReadOnlyList<LedgerOrder> Orders => _inOrder;

    public IReadOnlyDictionary<(long TradeId, long VenueOrderId), Fill> Fills => _fills;

    public List<FundingReport> Funding { get; } = [];

    public List<TransferReport> Transfers { get; } = [];

    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>Called when an event says that an order has ended, before it is booked.</summary>
    public Action<LedgerOrder, OrderPhase>? Ended { get; set; }

    public void Complain(string what) => _complaints.Add(what);

    public LedgerOrder this[ClientOrderId id] => _orders[id];

    public bool TryGet(ClientOrderId id, out LedgerOrder order) => _orders.TryGetValue(id, out order!);

    /// <summary>Writes an order down, before it is sent.</summary>
    public LedgerOrder Write(OrderIntent intent, long nowMs, int life)
    {
        LedgerOrder order = new(intent, nowMs, life);
        _orders.Add(intent.Id, order);
        _inOrder.Add(order);
        return order;
    }

    /// <summary>Books an event. What concerns no order of ours and no money is none of its business.</summary>
    public void Book(VenueEvent venueEvent)
    {
        switch (venueEvent)
        {
            case VenueEvent.OrderAcked acked when Outcome(acked.Id) is { } order:
                order.VenueId ??= acked.VenueId;
                Move(order, acked.Phase, "acked");
                break;
            case VenueEvent.OrderRejected rejected when Outcome(rejected.Id) is { } order:
                order.Refusal = rejected.Code;
                order.RefusalText = rejected.Text;
                Move(order, OrderPhase.Rejected, "refused");
                break;
            case VenueEvent.OrderUnknown unknown when Outcome(unknown.Id) is { } order:
                order.WasUnknown = true;
                break;
            case VenueEvent.OrderChanged changed:
                Report(changed.Order);
                break;
            case VenueEvent.OrderStatusAnswered answered:
                Answer(answered);
                break;
            case VenueEvent.Filled filled:
                Book(filled.Fill);
                break;
            case VenueEvent.FundingPaid paid:
                Once(Funding, paid.Payment, other => other.Symbol == paid.Payment.Symbol && other.TimeMs == paid.Payment.TimeMs);
                break;
            case VenueEvent.Transferred moved:
                Once(Transfers, moved.Transfer, other => other.Key == moved.Transfer.Key);
                break;
            case VenueEvent.OpenOrdersAnswered { Error: null } open:
                foreach (OrderReport report in open.Orders)
                {
                    Report(report);
                }

                break;
            default:
                break;
        }
    }

    private LedgerOrder? Outcome(ClientOrderId id)
    {
        if (!_orders.TryGetValue(id, out LedgerOrder? order))
        {
            _complaints.Add($"An outcome of an order that was never sent: {id}.");
            return null;
        }

        if (++order.Outcomes > 1)
        {
            _complaints.Add($"Outcome number {order.Outcomes} of {order}.");
        }

        return order;
    }

    private void Answer(VenueEvent.OrderStatusAnswered answered)
    {
        if (answered.Order is { } report)
        {
            Report(report);
        }
        else if (answered.IsProvenAbsent && _orders.TryGetValue(answered.Id, out LedgerOrder? order))
        {
            Move(order, OrderPhase.Rejected, "absent");
            order.IsAbsent = true;
        }
        else if (answered.Error is not null && _orders.TryGetValue(answered.Id, out order))
        {
            order.AskedInLife = 0;
        }
    }

    private void Report(OrderReport report)
    {
        if (!report.Id.IsNone && _orders.TryGetValue(report.Id, out LedgerOrder? order))
        {
            order.VenueId ??= report.VenueId;
            order.Remaining = order.IsOver ? order.Remaining : report.RemainingSize;
            Move(order, report.Phase, report.Status);
        }
    }

    private void Move(LedgerOrder order, OrderPhase phase, string status)
    {
        bool isEnd = phase is OrderPhase.Filled or OrderPhase.Cancelled or OrderPhase.Rejected;
        if (order.IsOver)
        {
            // Late news of an earlier state is ignored; a different end is a contradiction.
            // So is a refusal of an order that was cancelled unfilled: an immediate one that found nothing is both.
            bool isSame = phase == OrderPhase.Rejected && order.Phase == OrderPhase.Cancelled && order.Filled == 0;
            if (isEnd && phase != order.Phase && !isSame)
            {
                _complaints.Add($"Ended twice, now as {phase} ({status}): {order}.");
            }

            return;
        }

        if (isEnd)
        {
            Ended?.Invoke(order, phase);
        }

        order.Phase = phase;
        order.Status = status;
    }

    private void Book(Fill fill)
    {
        if (!_fills.TryAdd((fill.TradeId, fill.VenueOrderId), fill))
        {
            _complaints.Add($"A fill was delivered twice: {fill}.");
            return;
        }

        if (_orders.TryGetValue(fill.Id, out LedgerOrder? order))
        {
            order.Filled += fill.Size;
            if (order.Filled > order.Intent.Size)
            {
                _complaints.Add($"More was filled ({order.Filled}) than wanted: {order}.");
            }
        }
    }

    private void Once<T>(List<T> list, T item, Predicate<T> isSame)
    {
        if (list.Exists(isSame))
        {
            _complaints.Add($"Delivered twice: {item}.");
        }

        list.Add(item);
    }
}
