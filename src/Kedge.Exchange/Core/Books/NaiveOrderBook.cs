namespace Kedge.Exchange.Core.Books;

/// <summary>
/// The obvious book: one list of orders in the order they came, searched from end to end at every question. It is what the fast book must
/// equal after every operation.
/// </summary>
internal readonly struct NaiveOrderBook : IOrderBook<NaiveOrderBook>
{
    private readonly OrderStore _orders;
    private readonly List<int> _arrivals;

    private NaiveOrderBook(OrderStore orders)
    {
        _orders = orders;
        _arrivals = [];
    }

    public static NaiveOrderBook Create(OrderStore orders) => new(orders);

    public void Add(int slot) => _arrivals.Add(slot);

    public void Remove(int slot) => _arrivals.Remove(slot);

    public void Reduce(int slot, long lots) => _orders[slot].Remaining -= lots;

    public int Best(OrderSide side)
    {
        int best = -1;
        foreach (int slot in _arrivals)
        {
            if (_orders[slot].Side == side && (best < 0 || IsBetter(_orders[slot].Price, _orders[best].Price, side)))
            {
                best = slot;
            }
        }

        return best;
    }

    public int After(int slot)
    {
        List<int> priority = Priority(_orders[slot].Side);
        int next = priority.IndexOf(slot) + 1;
        return next < priority.Count ? priority[next] : -1;
    }

    public int Depth(OrderSide side, Span<BookLevel> levels)
    {
        OrderStore orders = _orders;
        int n = 0;
        foreach (IGrouping<long, int> level in Priority(side).GroupBy(slot => orders[slot].Price).Take(levels.Length))
        {
            levels[n++] = new BookLevel(level.Key, level.Sum(slot => orders[slot].Remaining), level.Count());
        }

        return n;
    }

    private static bool IsBetter(long price, long than, OrderSide side) => side == OrderSide.Buy ? price > than : price < than;

    /// <summary>Sorting is stable: of one price, first come first.</summary>
    private List<int> Priority(OrderSide side)
    {
        OrderStore orders = _orders;
        IEnumerable<int> half = _arrivals.Where(slot => orders[slot].Side == side);
        return side == OrderSide.Buy
            ? [.. half.OrderByDescending(slot => orders[slot].Price)]
            : [.. half.OrderBy(slot => orders[slot].Price)];
    }
}
