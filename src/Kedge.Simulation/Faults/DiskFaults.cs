namespace Kedge.Simulation.Faults;

/// <summary>Seeded rates of faults of one disk.</summary>
public sealed record DiskFaults
{
    /// <summary>Times per simulated day that the disk fills up.</summary>
    public double FullsPerDay { get; init; }

    /// <summary>How long it then stays full.</summary>
    public MsRange FullMs { get; init; } = new(1_000, 600_000);

    /// <summary>Slow flushes per simulated day; each waits for the next flush.</summary>
    public double SlowFlushesPerDay { get; init; }

    /// <summary>How much longer such a flush takes.</summary>
    public MsRange SlowFlushMs { get; init; } = new(100, 10_000);
}
