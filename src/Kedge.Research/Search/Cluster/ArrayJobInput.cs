namespace Kedge.Research.Search.Cluster;

/// <summary>What an array job is told.</summary>
public abstract record ArrayJobInput
{
    private ArrayJobInput() { }

    /// <summary>A look at the queue and at the folder, in this order: a shard whose task has gone in between is seen.</summary>
    /// <param name="Queue">Tasks of the job in the queue.</param>
    /// <param name="Whole">Numbers of the shards that are there and whole.</param>
    public sealed record Looked(IReadOnlyList<ArrayTask> Queue, IReadOnlySet<int> Whole) : ArrayJobInput;

    /// <summary>The queue could not be read.</summary>
    /// <param name="Why">In the words of the program that was asked.</param>
    public sealed record QueueUnreadable(string Why) : ArrayJobInput;
}
