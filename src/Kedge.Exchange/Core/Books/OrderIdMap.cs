namespace Kedge.Exchange.Core.Books;

/// <summary>Order id to slot: open addressing, linear probing, deletion by shifting back. Ids are above zero.</summary>
internal sealed class OrderIdMap
{
    private long[] _keys;
    private int[] _slots;
    private int _shift;
    private int _count;

    public OrderIdMap(int capacity)
    {
        int size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, capacity * 2));
        _keys = new long[size];
        _slots = new int[size];
        _shift = 64 - System.Numerics.BitOperations.Log2((uint)size);
    }

    public void Add(long id, int slot)
    {
        if ((_count + 1) * 2 > _keys.Length)
        {
            Grow();
        }

        Insert(id, slot);
        _count++;
    }

    /// <summary>The slot, or −1.</summary>
    public int Find(long id)
    {
        int mask = _keys.Length - 1;
        for (int i = Home(id); _keys[i] != 0; i = (i + 1) & mask)
        {
            if (_keys[i] == id)
            {
                return _slots[i];
            }
        }

        return -1;
    }

    public void Remove(long id)
    {
        int mask = _keys.Length - 1;
        int hole = Home(id);
        while (_keys[hole] != id)
        {
            if (_keys[hole] == 0)
            {
                throw new System.Diagnostics.UnreachableException("An order id is not in the index.");
            }

            hole = (hole + 1) & mask;
        }

        _count--;
        for (int i = (hole + 1) & mask; _keys[i] != 0; i = (i + 1) & mask)
        {
            // An entry may move back to the hole unless its home lies after the hole.
            if (((i - Home(_keys[i])) & mask) >= ((i - hole) & mask))
            {
                _keys[hole] = _keys[i];
                _slots[hole] = _slots[i];
                hole = i;
            }
        }

        _keys[hole] = 0;
    }

    private int Home(long id) => (int)unchecked(((ulong)id * 0x9E37_79B9_7F4A_7C15UL) >> _shift);

    private void Insert(long id, int slot)
    {
        int mask = _keys.Length - 1;
        int i = Home(id);
        while (_keys[i] != 0)
        {
            i = (i + 1) & mask;
        }

        _keys[i] = id;
        _slots[i] = slot;
    }

    private void Grow()
    {
        long[] keys = _keys;
        int[] slots = _slots;
        _keys = new long[keys.Length * 2];
        _slots = new int[keys.Length * 2];
        _shift--;
        for (int i = 0; i < keys.Length; i++)
        {
            if (keys[i] != 0)
            {
                Insert(keys[i], slots[i]);
            }
        }
    }
}
