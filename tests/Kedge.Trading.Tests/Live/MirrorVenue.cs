using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Trading.Tests.Live;

/// <summary>
/// A venue that keeps a true account: orders fill at their limit, fees are charged, and everything is told in the words of the port. What is told when, and
/// what goes wrong, is for the one who drives it.
/// </summary>
internal sealed class MirrorVenue(decimal cash, decimal feeRate)
{
    private readonly Dictionary<string, (decimal Size, decimal Entry)> _positions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _leverage = new(StringComparer.Ordinal);
    private readonly HashSet<ClientOrderId> _ids = [];
    private readonly List<(long, long)> _keys = [];
    private long _orders;
    private long _trades;

    /// <summary>What the venue has to tell, in order.</summary>
    public Queue<VenueEvent> Events { get; } = new();

    public decimal Cash { get; private set; } = cash;

    public IReadOnlyDictionary<string, (decimal Size, decimal Entry)> Positions => _positions;

    public List<string> Complaints { get; } = [];

    public int Placed { get; private set; }

    public Func<long> WallMs { get; set; } = () => 0;

    public Func<string, decimal> MarkOf { get; set; } = _ => 0m;

    public decimal SizeOf(string symbol) =>
        _positions.TryGetValue(symbol, out (decimal Size, decimal Entry) held) ? held.Size : 0m;

    public void Take(VenueCommand command)
    {
        switch (command)
        {
            case VenueCommand.SetLeverage leverage:
                _leverage[leverage.Symbol] = leverage.Leverage;
                Events.Enqueue(new VenueEvent.LeverageAnswered(leverage.Symbol, leverage.Leverage, CommandOutcome.Done, null));
                break;
            case VenueCommand.Place place:
                foreach (ApprovedOrder order in place.Orders)
                {
                    Place(order.Intent);
                }

                break;
            case VenueCommand.QueryAccount:
                Events.Enqueue(Account());
                break;
            case VenueCommand.QueryOpenOrders:
                Events.Enqueue(new VenueEvent.OpenOrdersAnswered([], null));
                break;
        }
    }

    public VenueEvent.AccountAnswered Account()
    {
        PositionReport[] held =
        [
            .. _positions
                .Where(p => p.Value.Size != 0m)
                .Select(p => new PositionReport(
                    p.Key,
                    p.Value.Size,
                    p.Value.Entry,
                    Math.Abs(p.Value.Size) * MarkOf(p.Key),
                    p.Value.Size * (MarkOf(p.Key) - p.Value.Entry),
                    0m,
                    _leverage.GetValueOrDefault(p.Key, 1),
                    true,
                    null
                )),
        ];
        return new VenueEvent.AccountAnswered(Cash + held.Sum(p => p.UnrealizedPnl), Cash, 0m, held, WallMs(), null);
    }

    /// <summary>Trades on the account without an order of ours, as an operator at the venue would.</summary>
    public void TradeByHand(string symbol, bool isBuy, decimal size, decimal price)
    {
        Fill fill = Trade(default, ++_orders, symbol, isBuy, size, price);
        Events.Enqueue(new VenueEvent.Filled(fill, Cursor()));
    }

    /// <summary>Executes an order and returns its fill; nothing is told.</summary>
    public Fill? Execute(OrderIntent order, decimal size)
    {
        decimal held = SizeOf(order.Symbol);
        if (order.ReduceOnly)
        {
            bool reduces = held != 0m && (held > 0m) != order.IsBuy;
            size = reduces ? Math.Min(size, Math.Abs(held)) : 0m;
        }

        return size > 0m ? Trade(order.Id, ++_orders, order.Symbol, order.IsBuy, size, order.LimitPrice) : null;
    }

    public AccountCursor Cursor() => new(WallMs(), [.. _keys.TakeLast(100)], WallMs(), WallMs(), []);

    /// <summary>An id was used before: never allowed.</summary>
    public void CheckId(OrderIntent order)
    {
        Placed++;
        if (!_ids.Add(order.Id))
        {
            Complaints.Add($"{order.Id} was sent twice");
        }
    }

    private void Place(OrderIntent order)
    {
        CheckId(order);
        Fill? fill = Execute(order, order.Size);
        if (fill is null)
        {
            Events.Enqueue(new VenueEvent.OrderRejected(order.Id, RejectCode.ReduceOnly, "nothing to reduce"));
            return;
        }

        bool isWhole = fill.Size == order.Size;
        Events.Enqueue(
            new VenueEvent.OrderAcked(
                order.Id,
                fill.VenueOrderId,
                isWhole ? OrderPhase.Filled : OrderPhase.Open,
                fill.Size,
                fill.Price
            )
        );
        Events.Enqueue(new VenueEvent.Filled(fill, Cursor()));
        if (!isWhole)
        {
            Events.Enqueue(new VenueEvent.OrderChanged(Report(order, fill.VenueOrderId, fill.Size, OrderPhase.Cancelled)));
        }
    }

    public OrderReport Report(OrderIntent order, long venueId, decimal filled, OrderPhase phase) =>
        new(
            order.Id,
            venueId,
            order.Symbol,
            order.IsBuy,
            order.LimitPrice,
            order.Size,
            order.Size - filled,
            order.ReduceOnly,
            phase,
            phase.ToString(),
            WallMs()
        );

    private Fill Trade(ClientOrderId id, long venueOrderId, string symbol, bool isBuy, decimal size, decimal price)
    {
        (decimal held, decimal entry) = _positions.GetValueOrDefault(symbol);
        decimal signed = isBuy ? size : -size;
        decimal closing = held != 0m && (held > 0m) != isBuy ? Math.Min(Math.Abs(held), size) : 0m;
        decimal pnl = closing * (price - entry) * Math.Sign(held);
        decimal fee = size * price * feeRate;
        decimal after = held + signed;
        decimal entryAfter =
            after == 0m ? 0m
            : closing == 0m ? ((entry * Math.Abs(held)) + (price * size)) / Math.Abs(after)
            : Math.Sign(after) == Math.Sign(held) ? entry
            : price;
        _positions[symbol] = (after, entryAfter);
        Cash += pnl - fee;
        Fill fill = new(++_trades, venueOrderId, id, symbol, isBuy, price, size, fee, pnl, held, true, false, WallMs());
        _keys.Add((fill.TradeId, fill.VenueOrderId));
        return fill;
    }
}
