using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Methods;

/// <summary>Random search: each configuration drawn on its own, every listed value of an open axis as likely as any other.</summary>
public sealed class RandomTrials : ITrialSource
{
    private readonly TrialDraw _draw;

    /// <summary>A random search.</summary>
    /// <param name="space">The space.</param>
    /// <param name="count">Configurations, ≥ 1.</param>
    /// <param name="batchSize">Configurations of a batch, ≥ 1; changes no configuration.</param>
    /// <param name="seed">Seed.</param>
    public RandomTrials(SearchSpace space, long count, int batchSize, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        _draw = new TrialDraw(space.Grid, seed);
        Count = count;
        BatchSize = batchSize;
    }

    /// <inheritdoc/>
    public string Name => "random";

    /// <inheritdoc/>
    public long Count { get; }

    /// <inheritdoc/>
    public int BatchSize { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SweepTrial> Batch(long number)
    {
        List<SweepTrial> trials = [];
        long end = Math.Min((number + 1) * BatchSize, Count);
        for (long index = number * BatchSize; index < end; index++)
        {
            trials.Add(_draw.Uniform(index));
        }

        return trials;
    }

    /// <inheritdoc/>
    public void Tell(IReadOnlyList<double> values, double score) { }
}
