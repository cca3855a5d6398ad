using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Kedge.Exchange.Core.Books;

/// <summary>
/// The live orders of all books, in slots that are used again, with the index by order id and by client order id. It allocates only when more
/// orders live than ever before. References to orders are invalid after <see cref="Allocate"/>.
/// </summary>
internal sealed class OrderStore
{
    private readonly OrderIdMap _byId;
    private readonly Dictionary<(int Account, UInt128 Cloid), int> _byCloid = [];
    private Order[] _orders;
    private int _used;
    private int _free = -1;

    public OrderStore(int capacity = 1024)
    {
        _orders = new Order[capacity];
        _byId = new OrderIdMap(capacity);
    }

    public int Count { get; private set; }

    public ref Order this[int slot]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _orders[slot];
    }

    /// <summary>A cleared slot for a new order, indexed under its ids.</summary>
    public int Allocate(long id, int account, UInt128 cloid)
    {
        int slot = _free;
        if (slot >= 0)
        {
            _free = _orders[slot].Next;
        }
        else
        {
            if (_used == _orders.Length)
            {
                Array.Resize(ref _orders, _orders.Length * 2);
            }

            slot = _used++;
        }

        ref Order order = ref _orders[slot];
        order = default;
        order.Id = id;
        order.Account = account;
        order.Cloid = cloid;
        order.State = OrderState.Active;
        order.Next = order.Previous = order.Level = -1;
        order.NextOfAccount = order.PreviousOfAccount = -1;
        order.Parent = order.FirstChild = order.SecondChild = order.Sibling = -1;
        _byId.Add(id, slot);
        if (cloid != default)
        {
            _byCloid.Add((account, cloid), slot);
        }

        Count++;
        return slot;
    }

    /// <summary>Takes an order that is in no book out of the indices.</summary>
    public void Free(int slot)
    {
        ref Order order = ref _orders[slot];
        if (order.State == OrderState.Free)
        {
            throw new UnreachableException("An order slot was freed twice.");
        }

        _byId.Remove(order.Id);
        if (order.Cloid != default)
        {
            _byCloid.Remove((order.Account, order.Cloid));
        }

        order.State = OrderState.Free;
        order.Next = _free;
        _free = slot;
        Count--;
    }

    /// <summary>The slot of a live order of an account, or −1.</summary>
    public int Find(int account, OrderTarget target)
    {
        int slot;
        if (target.OrderId != 0)
        {
            slot = _byId.Find(target.OrderId);
            return slot >= 0 && _orders[slot].Account == account ? slot : -1;
        }

        return target.Cloid != default && _byCloid.TryGetValue((account, target.Cloid), out slot) ? slot : -1;
    }

    /// <summary>The slot of a live order by id, or −1.</summary>
    public int Find(long id) => _byId.Find(id);
}
