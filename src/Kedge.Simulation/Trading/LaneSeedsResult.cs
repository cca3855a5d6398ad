namespace Kedge.Simulation.Trading;

/// <summary>What many seeds left.</summary>
/// <param name="Runs">Each of them, by seed; of its counts only <see cref="KeptOfEach"/>.</param>
/// <param name="Counts">What happened in all of them together, by name.</param>
public sealed record LaneSeedsResult(IReadOnlyList<LaneRunResult> Runs, IReadOnlyDictionary<string, long> Counts)
{
    /// <summary>Counts that are kept of each seed.</summary>
    public static IReadOnlyList<string> KeptOfEach { get; } = ["entries", "exits", "fills"];

    /// <summary>Restarts of the lanes.</summary>
    public long Restarts => Runs.Sum(r => (long)r.Restarts);

    /// <summary>Inputs of engines after which everything that must hold was held against them.</summary>
    public long Checked => Runs.Sum(r => r.Checked);

    /// <summary>The seeds in which something happened that must not.</summary>
    public IEnumerable<LaneRunResult> Failed => Runs.Where(r => r.Problems.Count > 0);

    /// <summary>Profit of the account over the seeds, USD, least first.</summary>
    public IReadOnlyList<decimal> Profits { get; } = [.. Runs.Select(r => r.ProfitUsd).Order()];

    /// <summary>Counts of one kind, without the word that names the kind.</summary>
    /// <param name="kind">For example <c>refused</c>, <c>alert</c> or <c>fault</c>.</param>
    public IReadOnlyDictionary<string, long> Of(string kind) =>
        new SortedDictionary<string, long>(
            Counts
                .Where(c => c.Key.StartsWith(kind + " ", StringComparison.Ordinal))
                .ToDictionary(c => c.Key[(kind.Length + 1)..], c => c.Value, StringComparer.Ordinal),
            StringComparer.Ordinal
        );

    /// <summary>How often something was counted; 0 when it never was.</summary>
    public long Count(string what) => Counts.GetValueOrDefault(what);

    /// <summary>Of one run alone.</summary>
    public static LaneSeedsResult Of(LaneRunResult run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new LaneSeedsResult([run], run.Counts);
    }

    internal static void Add(SortedDictionary<string, long> totals, IReadOnlyDictionary<string, long> counts)
    {
        foreach ((string what, long count) in counts)
        {
            totals[what] = totals.GetValueOrDefault(what) + count;
        }
    }
}
