namespace Kedge.Research.Search.Cluster;

/// <summary>A task of an array job that the cluster still has in its queue: waiting, running or ending.</summary>
/// <param name="Shard">Number of its shard.</param>
/// <param name="Runs">It is on a node; else it waits.</param>
/// <param name="Reason">Why it waits, in the cluster's word; empty when it does not.</param>
public readonly record struct ArrayTask(int Shard, bool Runs, string Reason);
