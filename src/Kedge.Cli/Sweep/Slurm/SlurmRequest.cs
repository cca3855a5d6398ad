using Kedge.Research.Search.Cluster;

namespace Kedge.Cli.Sweep.Slurm;

/// <summary>What was asked of a cluster.</summary>
/// <param name="Limits">What a task is given.</param>
/// <param name="Shards">Tasks; null for a number of ours.</param>
/// <param name="Resubmits">How often a task that failed is submitted again.</param>
/// <param name="CancelOnStop">Ctrl-C cancels the job; else it goes on without us.</param>
internal sealed record SlurmRequest(SlurmLimits Limits, int? Shards, int Resubmits, bool CancelOnStop);
