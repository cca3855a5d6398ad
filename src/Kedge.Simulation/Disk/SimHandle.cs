namespace Kedge.Simulation.Disk;

/// <summary>An open file of a simulated disk. It dies with the process that opened it.</summary>
internal sealed class SimHandle(SimDisk disk, SimInode inode, string path, DiskKind kind, int life)
{
    public SimDisk Disk { get; } = disk;

    public SimInode Inode { get; } = inode;

    public string Path { get; } = path;

    public DiskKind Kind { get; } = kind;

    /// <summary>Life of the process in which it was opened.</summary>
    public int Life { get; } = life;

    /// <summary>The names of its folder are flushed with its first flush.</summary>
    public bool FlushesNames { get; set; }

    public bool IsReadOnly { get; init; }

    public bool DeletesOnClose { get; init; }

    /// <summary>SQLite's lock that it holds.</summary>
    public int Lock { get; set; }
}
