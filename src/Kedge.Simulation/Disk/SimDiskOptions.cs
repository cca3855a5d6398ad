namespace Kedge.Simulation.Disk;

/// <summary>What a simulated disk is like.</summary>
public sealed record SimDiskOptions
{
    /// <summary>Space, bytes, in blocks of 4,096.</summary>
    public long CapacityBytes { get; init; } = 1L << 30;

    /// <summary>How long a write takes, µs.</summary>
    public long WriteUs { get; init; } = 10;

    /// <summary>How long a flush takes, µs.</summary>
    public long FlushUs { get; init; } = 500;

    /// <summary>Share of reads that fail, 0 to 1.</summary>
    public double ReadErrorShare { get; init; }

    /// <summary>Share of writes that fail, some with a part written, 0 to 1.</summary>
    public double WriteErrorShare { get; init; }

    /// <summary>Share of flushes that fail; what they should have brought to the disk is lost or not, sector by sector. 0 to 1.</summary>
    public double FlushErrorShare { get; init; }

    /// <summary>Share of flushes that take longer, 0 to 1.</summary>
    public double SlowFlushShare { get; init; }

    /// <summary>How much longer.</summary>
    public MsRange SlowFlushMs { get; init; } = new(100, 5_000);

    /// <summary>
    /// Whether a flush that succeeds has brought anything to the disk. False is a disk that lies: no real one is accepted that does, it is there to
    /// show that tests would see the loss.
    /// </summary>
    public bool FlushIsHonest { get; init; } = true;

    /// <summary>
    /// Kind of a file that is not a database's, for crash points; null takes the extension, or the name when there is none.
    /// </summary>
    public Func<string, string>? KindOf { get; init; }
}
