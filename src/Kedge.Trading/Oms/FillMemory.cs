using Kedge.Model.Ledger;

namespace Kedge.Trading.Oms;

/// <summary>Keys of fills that are booked. Bounded: the oldest are forgotten, whose times lie before every cursor by then.</summary>
internal sealed class FillMemory
{
    private readonly HashSet<FillKey> _keys = [];
    private readonly Queue<FillKey> _order = new();

    /// <summary>Whether a fill is new; it is remembered then.</summary>
    public bool Add(FillKey key)
    {
        if (!_keys.Add(key))
        {
            return false;
        }

        _order.Enqueue(key);
        if (_order.Count > 2 * LedgerImage.Recent)
        {
            _keys.Remove(_order.Dequeue());
        }

        return true;
    }
}
