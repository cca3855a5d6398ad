namespace Kedge.Exchange.Gateways.Hyperliquid.Records;

/// <summary>Orders of one account, each in its latest state. Of more than the bound the one that appeared first is forgotten.</summary>
internal sealed class OrderHistory(int bound)
{
    private readonly Dictionary<long, OrderRecord> _byId = [];
    private readonly Dictionary<UInt128, long> _byCloid = [];
    private readonly Queue<long> _order = [];

    /// <summary>Records in the order in which their orders appeared.</summary>
    public IEnumerable<OrderRecord> Records => _order.Select(id => _byId[id]);

    public int Count => _order.Count;

    public void Put(OrderRecord record)
    {
        if (!_byId.ContainsKey(record.OrderId))
        {
            if (_order.Count == bound)
            {
                Forget(_order.Dequeue());
            }

            _order.Enqueue(record.OrderId);
            if (record.Request.Cloid != default)
            {
                _byCloid[record.Request.Cloid] = record.OrderId;
            }
        }

        _byId[record.OrderId] = record;
    }

    public OrderRecord? Find(long orderId) => _byId.GetValueOrDefault(orderId);

    /// <summary>The latest order by that client id.</summary>
    public OrderRecord? Find(UInt128 cloid) => _byCloid.TryGetValue(cloid, out long id) ? _byId.GetValueOrDefault(id) : null;

    private void Forget(long id)
    {
        UInt128 cloid = _byId[id].Request.Cloid;
        _byId.Remove(id);
        if (cloid != default && _byCloid.GetValueOrDefault(cloid) == id)
        {
            _byCloid.Remove(cloid);
        }
    }
}
