using System.Collections;

namespace Kedge.Exchange.Gateways.Hyperliquid.Records;

/// <summary>The newest entries of a history, oldest first. Memory grows as it is used; at the bound the oldest is forgotten.</summary>
internal sealed class BoundedHistory<T>(int bound) : IReadOnlyList<T>
{
    private T[] _items = [];
    private int _first;

    public int Count { get; private set; }

    public T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return _items[(_first + index) % _items.Length];
        }
    }

    public void Add(T item)
    {
        if (Count == bound)
        {
            _items[_first] = item;
            _first = (_first + 1) % bound;
            return;
        }

        if (Count == _items.Length)
        {
            // It has not gone round yet: until the bound is reached the oldest lies first.
            Array.Resize(ref _items, Math.Min(bound, Math.Max(8, Count * 2)));
        }

        _items[Count++] = item;
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
