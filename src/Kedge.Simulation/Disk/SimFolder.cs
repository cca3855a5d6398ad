namespace Kedge.Simulation.Disk;

/// <summary>The names in one folder: as programs see them, as the disk holds them, and the changes between, which the disk makes in order.</summary>
internal sealed class SimFolder
{
    private readonly SortedDictionary<string, SimInode> _disk = new(StringComparer.Ordinal);
    private readonly List<Change> _changes = [];

    public SortedDictionary<string, SimInode> Seen { get; } = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, SimInode> OnDisk => _disk;

    public void Link(string name, SimInode inode) => Do(new Change(name, null, inode));

    public void Rename(string from, string to) => Do(new Change(to, from, Seen[from]));

    public void Unlink(string name) => Do(new Change(name, null, null));

    public void Flush()
    {
        foreach (Change change in _changes)
        {
            Apply(_disk, change);
        }

        _changes.Clear();
    }

    /// <summary>The disk made some of the changes, the first ones; programs see from now on what it has.</summary>
    public void LosePower(SimRandom random, DiskStatistics statistics)
    {
        if (_changes.Count > 0)
        {
            int made = (int)random.NextBetween(0, _changes.Count);
            for (int i = 0; i < made; i++)
            {
                Apply(_disk, _changes[i]);
            }

            statistics.NamesLost += _changes.Count - made;
            _changes.Clear();
        }

        foreach (SimInode inode in Seen.Values)
        {
            inode.IsLinked = false;
        }

        Seen.Clear();
        foreach ((string name, SimInode inode) in _disk)
        {
            Seen.Add(name, inode);
            inode.IsLinked = true;
        }
    }

    private void Do(Change change)
    {
        if (Seen.TryGetValue(change.Name, out SimInode? before))
        {
            before.IsLinked = false;
        }

        Apply(Seen, change);
        if (change.Inode is not null)
        {
            change.Inode.IsLinked = true;
        }

        _changes.Add(change);
    }

    private static void Apply(SortedDictionary<string, SimInode> names, Change change)
    {
        if (change.From is not null)
        {
            names.Remove(change.From);
        }

        if (change.Inode is null)
        {
            names.Remove(change.Name);
        }
        else
        {
            names[change.Name] = change.Inode;
        }
    }

    private readonly record struct Change(string Name, string? From, SimInode? Inode);
}
