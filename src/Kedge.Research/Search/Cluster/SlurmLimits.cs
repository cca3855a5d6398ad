namespace Kedge.Research.Search.Cluster;

/// <summary>What a task of an array job is given.</summary>
/// <param name="Cpus">Processors, ≥ 1; the task runs that many threads.</param>
/// <param name="MemoryMiB">Memory in MiB; null for what the cluster gives.</param>
/// <param name="Time">Longest time as Slurm writes it; null for what the partition gives.</param>
/// <param name="Partition">Where it runs; null for the cluster's default.</param>
public sealed record SlurmLimits(int Cpus, long? MemoryMiB, string? Time, string? Partition);
