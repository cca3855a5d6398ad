using System.Diagnostics;

namespace Kedge.Exchange.Core.Books;

/// <summary>
/// The trigger orders of one symbol: those that wait for the mark to rise and those that wait for it to fall, each sorted with the nearest at
/// the end, older first among equals.
/// </summary>
internal sealed class TriggerBook(OrderStore orders)
{
    private readonly List<int> _rising = [];
    private readonly List<int> _falling = [];

    public int Count => _rising.Count + _falling.Count;

    /// <summary>Whether a trigger order waits for a rising mark.</summary>
    public static bool WaitsForRise(TriggerKind kind, OrderSide side) =>
        (kind == TriggerKind.TakeProfit) == (side == OrderSide.Sell);

    /// <summary>Whether its condition is met at a mark.</summary>
    public static bool IsMet(TriggerKind kind, OrderSide side, long triggerPrice, long mark) =>
        WaitsForRise(kind, side) ? mark >= triggerPrice : mark <= triggerPrice;

    public void Add(int slot)
    {
        List<int> list = ListOf(slot);
        list.Insert(Position(list, slot), slot);
    }

    public void Remove(int slot)
    {
        List<int> list = ListOf(slot);
        int at = Position(list, slot);
        if (at >= list.Count || list[at] != slot)
        {
            throw new UnreachableException("A trigger order is not where it should be.");
        }

        list.RemoveAt(at);
    }

    /// <summary>Takes out the next order whose condition is met, or returns −1.</summary>
    public int TakeDue(long mark)
    {
        if (_rising.Count > 0 && mark >= orders[_rising[^1]].TriggerPrice)
        {
            return TakeLast(_rising);
        }

        return _falling.Count > 0 && mark <= orders[_falling[^1]].TriggerPrice ? TakeLast(_falling) : -1;
    }

    private static int TakeLast(List<int> list)
    {
        int slot = list[^1];
        list.RemoveAt(list.Count - 1);
        return slot;
    }

    private List<int> ListOf(int slot) => WaitsForRise(orders[slot].Trigger, orders[slot].Side) ? _rising : _falling;

    /// <summary>Where an order stands, or would stand: farther trigger prices and younger orders come before it.</summary>
    private int Position(List<int> list, int slot)
    {
        ref Order order = ref orders[slot];
        bool rising = ReferenceEquals(list, _rising);
        int low = 0;
        int high = list.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            ref Order other = ref orders[list[middle]];
            bool before =
                other.TriggerPrice == order.TriggerPrice
                    ? other.Id > order.Id
                    : rising == (other.TriggerPrice > order.TriggerPrice);
            if (before)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
