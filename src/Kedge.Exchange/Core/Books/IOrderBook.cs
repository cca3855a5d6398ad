namespace Kedge.Exchange.Core.Books;

/// <summary>
/// The orders of one symbol in price-time priority. Structs implement it, so that the engine is compiled for each: the fast one trades, the
/// naive one says what is right.
/// </summary>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
internal interface IOrderBook<TSelf>
    where TSelf : struct, IOrderBook<TSelf>
{
    /// <summary>An empty book over the orders of a store.</summary>
    static abstract TSelf Create(OrderStore orders);

    /// <summary>Puts an order behind all others of its price.</summary>
    void Add(int slot);

    /// <summary>Takes an order out.</summary>
    void Remove(int slot);

    /// <summary>Makes an order smaller where it stands; the store is changed too.</summary>
    void Reduce(int slot, long lots);

    /// <summary>The order that trades first, or −1.</summary>
    int Best(OrderSide side);

    /// <summary>The order that trades next after this one, or −1.</summary>
    int After(int slot);

    /// <summary>Fills <paramref name="levels"/> from the best price and returns how many there were room and prices for.</summary>
    int Depth(OrderSide side, Span<BookLevel> levels);
}
