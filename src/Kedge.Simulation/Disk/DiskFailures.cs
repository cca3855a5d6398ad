namespace Kedge.Simulation.Disk;

/// <summary>What goes wrong by itself or was asked for. Each sort draws from a stream of its own, in force or not.</summary>
internal sealed class DiskFailures
{
    private readonly SimRandom _slow;
    private readonly double _slowShare;
    private readonly Sort _reads;
    private readonly Sort _writes;
    private readonly Sort _flushes;

    public DiskFailures(SimRandom random, SimDiskOptions options)
    {
        _reads = new Sort(random.Fork("failures/read"), options.ReadErrorShare);
        _writes = new Sort(random.Fork("failures/write"), options.WriteErrorShare);
        _flushes = new Sort(random.Fork("failures/flush"), options.FlushErrorShare);
        _slow = random.Fork("slow");
        _slowShare = options.SlowFlushShare;
    }

    /// <summary>Added to the next flush, µs.</summary>
    public long StallUs { get; set; }

    public void Plan(DiskOperation operation, int times) => Of(operation).Planned += times;

    public bool Fails(DiskOperation operation)
    {
        Sort sort = Of(operation);
        bool drawn = sort.Random.Chance(sort.Share);
        if (sort.Planned == 0)
        {
            return drawn;
        }

        sort.Planned--;
        return true;
    }

    public long Slowness(MsRange range)
    {
        long us = StallUs;
        StallUs = 0;
        bool slow = _slow.Chance(_slowShare);
        long drawn = range.DrawUs(_slow);
        return us + (slow ? drawn : 0);
    }

    private Sort Of(DiskOperation operation) =>
        operation switch
        {
            DiskOperation.Read => _reads,
            DiskOperation.Write => _writes,
            DiskOperation.Flush => _flushes,
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Only reads, writes and flushes fail."),
        };

    private sealed class Sort(SimRandom random, double share)
    {
        public SimRandom Random { get; } = random;

        public double Share { get; } = share;

        public int Planned { get; set; }
    }
}
