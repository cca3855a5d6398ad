namespace Kedge.Simulation.Disk;

/// <summary>What happened to a disk since it was made.</summary>
public sealed class DiskStatistics
{
    private readonly long[] _counts = new long[Enum.GetValues<DiskOperation>().Length];

    /// <summary>Bytes written.</summary>
    public long BytesWritten { get; internal set; }

    /// <summary>Losses of power.</summary>
    public int PowerLosses { get; internal set; }

    /// <summary>Sectors of unflushed writes that a loss of power took.</summary>
    public long SectorsLost { get; internal set; }

    /// <summary>Sectors of unflushed writes that survived a loss of power.</summary>
    public long SectorsKept { get; internal set; }

    /// <summary>Writes of which a loss of power left a part.</summary>
    public long WritesTorn { get; internal set; }

    /// <summary>Unflushed names (new, renamed, deleted) that a loss of power took back.</summary>
    public long NamesLost { get; internal set; }

    /// <summary>Writes refused for lack of space.</summary>
    public long Refused { get; internal set; }

    /// <summary>Failures injected.</summary>
    public long Failures { get; internal set; }

    /// <summary>Flushes that were slow.</summary>
    public long SlowFlushes { get; internal set; }

    /// <summary>Operations of a kind that took effect, in whole or in part.</summary>
    public long Count(DiskOperation operation) => _counts[(int)operation];

    internal void Add(DiskOperation operation) => _counts[(int)operation]++;
}
