namespace Kedge.Research.Search.Cluster;

/// <summary>What an array job asks for.</summary>
public abstract record ArrayJobEffect
{
    private ArrayJobEffect() { }

    /// <summary>Submit tasks for these shards, then look again.</summary>
    /// <param name="Shards">Their numbers, ascending.</param>
    /// <param name="Again">They were submitted before and did not come.</param>
    public sealed record Submit(IReadOnlyList<int> Shards, bool Again) : ArrayJobEffect;

    /// <summary>Look again after a while.</summary>
    /// <param name="Ms">How long, milliseconds.</param>
    public sealed record Wait(int Ms) : ArrayJobEffect;

    /// <summary>All shards are there: cancel tasks that are left, and merge.</summary>
    /// <param name="Left">Tasks that are still in the queue, which nobody needs.</param>
    public sealed record Merge(int Left) : ArrayJobEffect;

    /// <summary>Some shards did not come, however often they were tried.</summary>
    /// <param name="Shards">Their numbers, ascending.</param>
    public sealed record GiveUp(IReadOnlyList<int> Shards) : ArrayJobEffect;

    /// <summary>The queue cannot be read any more; tasks may still run.</summary>
    /// <param name="Why">The last words about it.</param>
    public sealed record LoseSight(string Why) : ArrayJobEffect;
}
