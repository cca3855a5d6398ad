namespace Kedge.Simulation.Disk;

/// <summary>SQLite's locks on one file, between its handles.</summary>
internal sealed class SimLocks
{
    public const int None = 0;
    public const int Shared = 1;
    public const int Reserved = 2;
    public const int Pending = 3;
    public const int Exclusive = 4;

    private readonly List<SimHandle> _holders = [];

    public bool IsReserved => _holders.Exists(holder => holder.Lock >= Reserved);

    /// <summary>Raises a handle's lock. False when others are in the way; the lock may then have been raised to pending, as SQLite expects.</summary>
    public bool Raise(SimHandle handle, int level)
    {
        if (handle.Lock >= level)
        {
            return true;
        }

        int others = None;
        foreach (SimHandle holder in _holders)
        {
            others = holder == handle ? others : Math.Max(others, holder.Lock);
        }

        if (level == Shared ? others >= Pending : others >= Reserved)
        {
            return false;
        }

        bool waits = level == Exclusive && others > None;
        Set(handle, waits ? Pending : level);
        return !waits;
    }

    public void Lower(SimHandle handle, int level)
    {
        if (handle.Lock > level)
        {
            Set(handle, level);
        }
    }

    public void Clear()
    {
        foreach (SimHandle holder in _holders)
        {
            holder.Lock = None;
        }

        _holders.Clear();
    }

    private void Set(SimHandle handle, int level)
    {
        _holders.Remove(handle);
        handle.Lock = level;
        if (level > None)
        {
            _holders.Add(handle);
        }
    }
}
