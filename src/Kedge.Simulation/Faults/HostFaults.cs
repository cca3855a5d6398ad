namespace Kedge.Simulation.Faults;

/// <summary>Seeded rates of faults of processes and between them, over all of them together.</summary>
public sealed record HostFaults
{
    /// <summary>Steps of the wall clock of some process per simulated day.</summary>
    public double ClockStepsPerDay { get; init; }

    /// <summary>How far a step goes, to either side.</summary>
    public MsRange ClockStepMs { get; init; } = new(1, 5_000);

    /// <summary>Partitions between two processes per simulated day.</summary>
    public double PartitionsPerDay { get; init; }

    /// <summary>How long a partition lasts.</summary>
    public MsRange PartitionMs { get; init; } = new(1_000, 120_000);

    /// <summary>Kills of some process per simulated day.</summary>
    public double KillsPerDay { get; init; }

    /// <summary>Share of kills that are losses of power.</summary>
    public double PowerLossShare { get; init; }

    /// <summary>How long a killed process stays down before it is started again.</summary>
    public MsRange DownMs { get; init; } = new(100, 30_000);
}
