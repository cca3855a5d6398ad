namespace Kedge.Model.Machines;

/// <summary>The timers a machine has set, as a driver keeps them. An id that is set again is replaced. Used by one thread.</summary>
public sealed class TimerTable
{
    private readonly Dictionary<long, long> _due = [];
    private readonly PriorityQueue<(long Id, long Due), (long Due, long Order)> _queue = new();
    private long _order;

    /// <summary>Sets or replaces a timer.</summary>
    public void Set(long id, long dueMs)
    {
        _due[id] = dueMs;
        _queue.Enqueue((id, dueMs), (dueMs, _order++));
        if (_queue.Count > (2 * _due.Count) + 64)
        {
            // Replaced timers stay in the queue until they come up; too many of them are thrown out together.
            _queue.Clear();
            foreach ((long live, long due) in _due.OrderBy(p => p.Value).ThenBy(p => p.Key))
            {
                _queue.Enqueue((live, due), (due, _order++));
            }
        }
    }

    /// <summary>When the next timer is due; null when none is set.</summary>
    public long? NextDueMs()
    {
        while (_queue.TryPeek(out (long Id, long Due) next, out _))
        {
            if (_due.TryGetValue(next.Id, out long due) && due == next.Due)
            {
                return due;
            }

            _queue.Dequeue();
        }

        return null;
    }

    /// <summary>Takes the next timer, which <see cref="NextDueMs"/> has found.</summary>
    public long Take()
    {
        long id = _queue.Dequeue().Id;
        _due.Remove(id);
        return id;
    }
}
