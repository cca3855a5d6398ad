namespace Kedge.Simulation.Scheduling;

/// <summary>When an event is due, and its order among simultaneous ones.</summary>
internal readonly record struct EventKey(long AtUs, ulong Order, long Sequence, int Slot)
{
    public bool IsBefore(in EventKey other) =>
        AtUs != other.AtUs ? AtUs < other.AtUs
        : Order != other.Order ? Order < other.Order
        : Sequence < other.Sequence;
}

/// <summary>A four-ary heap of event keys. Keys are unique, so the order of removal depends on nothing but the keys.</summary>
internal sealed class EventHeap
{
    private EventKey[] _keys = new EventKey[256];

    public int Count { get; private set; }

    public ref readonly EventKey First => ref _keys[0];

    public void Add(in EventKey key)
    {
        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, Count * 2);
        }

        Rise(Count++, key);
    }

    public void RemoveFirst()
    {
        EventKey last = _keys[--Count];
        if (Count > 0)
        {
            Sink(0, last);
        }
    }

    /// <summary>Keeps what passes a test.</summary>
    public void Filter(Func<EventKey, bool> keep)
    {
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (keep(_keys[i]))
            {
                _keys[kept++] = _keys[i];
            }
        }

        Count = kept;
        for (int i = (Count - 2) >> 2; i >= 0 && Count > 1; i--)
        {
            Sink(i, _keys[i]);
        }
    }

    private void Rise(int at, in EventKey key)
    {
        while (at > 0)
        {
            int parent = (at - 1) >> 2;
            if (!key.IsBefore(_keys[parent]))
            {
                break;
            }

            _keys[at] = _keys[parent];
            at = parent;
        }

        _keys[at] = key;
    }

    private void Sink(int at, EventKey key)
    {
        EventKey[] keys = _keys;
        while (true)
        {
            int child = (at << 2) + 1;
            if (child >= Count)
            {
                break;
            }

            int end = Math.Min(child + 4, Count);
            int best = child;
            for (int i = child + 1; i < end; i++)
            {
                if (keys[i].IsBefore(keys[best]))
                {
                    best = i;
                }
            }

            if (!keys[best].IsBefore(key))
            {
                break;
            }

            keys[at] = keys[best];
            at = best;
        }

        keys[at] = key;
    }
}
