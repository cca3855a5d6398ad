using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Kedge.Exchange.Core.Books;

/// <summary>
/// One side of a fast book. Prices stand in one sorted array with the best at the end, so that work near the touch moves little; orders of a
/// price are a linked list through the store. Keys are prices of bids and negated prices of asks: the highest key is the best.
/// </summary>
internal sealed class BookHalf(OrderStore orders, OrderSide side)
{
    private const int NearTouch = 16;

    private long[] _keys = new long[64];
    private int[] _levelOf = new int[64];
    private int _count;
    private Level[] _levels = new Level[64];
    private int _levelsUsed;
    private int _freeLevel = -1;

    private struct Level
    {
        public long Lots;
        public int Head;
        public int Tail;
        public int Orders;
    }

    public int Best => _count == 0 ? -1 : _levels[_levelOf[_count - 1]].Head;

    public void Add(int slot)
    {
        ref Order order = ref orders[slot];
        int at = LevelOf(Key(order.Price));
        ref Level level = ref _levels[at];
        order.Level = at;
        order.Previous = level.Tail;
        order.Next = -1;
        if (level.Tail >= 0)
        {
            orders[level.Tail].Next = slot;
        }
        else
        {
            level.Head = slot;
        }

        level.Tail = slot;
        level.Lots += order.Remaining;
        level.Orders++;
    }

    public void Remove(int slot)
    {
        ref Order order = ref orders[slot];
        ref Level level = ref _levels[order.Level];
        if (order.Previous >= 0)
        {
            orders[order.Previous].Next = order.Next;
        }
        else
        {
            level.Head = order.Next;
        }

        if (order.Next >= 0)
        {
            orders[order.Next].Previous = order.Previous;
        }
        else
        {
            level.Tail = order.Previous;
        }

        level.Lots -= order.Remaining;
        if (--level.Orders == 0)
        {
            RemoveLevel(order.Level, Key(order.Price));
        }

        order.Level = order.Next = order.Previous = -1;
    }

    public void Reduce(int slot, long lots)
    {
        ref Order order = ref orders[slot];
        order.Remaining -= lots;
        _levels[order.Level].Lots -= lots;
    }

    public int After(int slot)
    {
        ref Order order = ref orders[slot];
        if (order.Next >= 0)
        {
            return order.Next;
        }

        int position = Find(Key(order.Price));
        return position == 0 ? -1 : _levels[_levelOf[position - 1]].Head;
    }

    public int Depth(Span<BookLevel> levels)
    {
        int n = Math.Min(levels.Length, _count);
        for (int i = 0; i < n; i++)
        {
            ref Level level = ref _levels[_levelOf[_count - 1 - i]];
            levels[i] = new BookLevel(Key(_keys[_count - 1 - i]), level.Lots, level.Orders);
        }

        return n;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Key(long price) => side == OrderSide.Buy ? price : -price;

    /// <summary>The level of a key, made if it is new.</summary>
    private int LevelOf(long key)
    {
        int position = Find(key);
        if (position < _count && _keys[position] == key)
        {
            return _levelOf[position];
        }

        if (_count == _keys.Length)
        {
            Array.Resize(ref _keys, _count * 2);
            Array.Resize(ref _levelOf, _count * 2);
        }

        int made = NewLevel();
        int behind = _count - position;
        _keys.AsSpan(position, behind).CopyTo(_keys.AsSpan(position + 1));
        _levelOf.AsSpan(position, behind).CopyTo(_levelOf.AsSpan(position + 1));
        _keys[position] = key;
        _levelOf[position] = made;
        _count++;
        return made;
    }

    private int NewLevel()
    {
        int made = _freeLevel;
        if (made >= 0)
        {
            _freeLevel = _levels[made].Head;
        }
        else
        {
            if (_levelsUsed == _levels.Length)
            {
                Array.Resize(ref _levels, _levelsUsed * 2);
            }

            made = _levelsUsed++;
        }

        _levels[made] = new Level { Head = -1, Tail = -1 };
        return made;
    }

    private void RemoveLevel(int at, long key)
    {
        int position = Find(key);
        if (position == _count || _levelOf[position] != at || _levels[at].Lots != 0)
        {
            throw new UnreachableException("A price level of the book is not where it should be.");
        }

        int behind = _count - position - 1;
        _keys.AsSpan(position + 1, behind).CopyTo(_keys.AsSpan(position));
        _levelOf.AsSpan(position + 1, behind).CopyTo(_levelOf.AsSpan(position));
        _count--;
        _levels[at].Head = _freeLevel;
        _freeLevel = at;
    }

    /// <summary>The first position whose key is not below <paramref name="key"/>: a few steps from the touch, then by halves.</summary>
    private int Find(long key)
    {
        long[] keys = _keys;
        int i = _count;
        int near = Math.Max(0, i - NearTouch);
        while (i > near && keys[i - 1] >= key)
        {
            i--;
        }

        if (i > near || i == 0)
        {
            return i;
        }

        int low = 0;
        while (low < i)
        {
            int middle = (low + i) >>> 1;
            if (keys[middle] < key)
            {
                low = middle + 1;
            }
            else
            {
                i = middle;
            }
        }

        return low;
    }
}
