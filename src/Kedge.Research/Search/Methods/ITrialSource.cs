using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Methods;

/// <summary>
/// Chooses the configurations of a search, batch by batch. What a batch holds depends on the seed, the number of the batch and the scores of all batches but the one before it: so
/// that the next one can be chosen while one runs, and threads, executors and interruptions change nothing.
/// </summary>
public interface ITrialSource
{
    /// <summary>Name on the command line.</summary>
    string Name { get; }

    /// <summary>Configurations it will give.</summary>
    long Count { get; }

    /// <summary>Configurations of one batch; the last may have fewer.</summary>
    int BatchSize { get; }

    /// <summary>Configurations of a batch; empty behind the last. All batches but the one before it must have been told.</summary>
    /// <param name="number">Number of the batch, from 0; never smaller than in a call before.</param>
    IReadOnlyList<SweepTrial> Batch(long number);

    /// <summary>Takes the score of the next configuration, in their order.</summary>
    /// <param name="values">Its values by axis of the grid.</param>
    /// <param name="score">More is better; not-a-number is worst.</param>
    void Tell(IReadOnlyList<double> values, double score);
}
