using System.Runtime.CompilerServices;

namespace Kedge.Exchange.Core.Books;

/// <summary>The fast book: two halves of sorted prices with linked orders. It allocates only when deeper than ever before.</summary>
internal readonly struct OrderBook : IOrderBook<OrderBook>
{
    private readonly OrderStore _orders;
    private readonly BookHalf _bids;
    private readonly BookHalf _asks;

    private OrderBook(OrderStore orders)
    {
        _orders = orders;
        _bids = new BookHalf(orders, OrderSide.Buy);
        _asks = new BookHalf(orders, OrderSide.Sell);
    }

    public static OrderBook Create(OrderStore orders) => new(orders);

    public void Add(int slot) => Half(_orders[slot].Side).Add(slot);

    public void Remove(int slot) => Half(_orders[slot].Side).Remove(slot);

    public void Reduce(int slot, long lots) => Half(_orders[slot].Side).Reduce(slot, lots);

    public int Best(OrderSide side) => Half(side).Best;

    public int After(int slot) => Half(_orders[slot].Side).After(slot);

    public int Depth(OrderSide side, Span<BookLevel> levels) => Half(side).Depth(levels);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private BookHalf Half(OrderSide side) => side == OrderSide.Buy ? _bids : _asks;
}
