using Kedge.Research.Search.Results;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Executors;

/// <summary>
/// Runs configurations of a search. Every executor gives the bits that a replay of the configuration gives; they differ in how fast. Grid, random and
/// model-based searches all hand over batches; the order of rows is that of the batch whatever the threads do.
/// </summary>
public interface ISweepExecutor : IDisposable
{
    /// <summary>Name on the command line.</summary>
    string Name { get; }

    /// <summary>Configurations in a batch that keeps all threads busy and takes about a second.</summary>
    int BatchSize { get; }

    /// <summary>Whether something else than the processors does the work, so that rows can be written beside it.</summary>
    bool LeavesProcessorsFree => false;

    /// <summary>Runs a batch.</summary>
    /// <param name="trials">The configurations.</param>
    /// <param name="rows">Filled with the result of each, in the same order; null where the run was stopped before.</param>
    /// <param name="cancellation">Stops between two configurations.</param>
    /// <exception cref="OperationCanceledException">The run was stopped; what is done stands in <paramref name="rows"/>.</exception>
    void Run(IReadOnlyList<SweepTrial> trials, SweepRow?[] rows, CancellationToken cancellation);
}
