using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Results;

/// <summary>
/// Batch after batch: the next one is chosen while one runs. Where the executor leaves the processors free, the rows of the batch before are stored in that time as
/// well, so that a card does not wait for a disk.
/// </summary>
internal static class BatchLoop
{
    /// <summary>Runs all batches.</summary>
    /// <param name="executor">How.</param>
    /// <param name="next">Chooses the next batch; empty behind the last.</param>
    /// <param name="store">Stores the rows of a batch, in their order, up to the first that is missing. Never called beside itself or <paramref name="next"/>.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellation">Stops the run; what is done is stored.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static void Run(
        ISweepExecutor executor,
        Func<IReadOnlyList<SweepTrial>> next,
        Action<SweepRow?[]> store,
        Action progress,
        CancellationToken cancellation
    )
    {
        SweepRow?[] waiting = [];
        IReadOnlyList<SweepTrial> batch = next();
        while (batch.Count > 0)
        {
            SweepRow?[] before = waiting;
            SweepRow?[] rows = new SweepRow?[batch.Count];
            Task<IReadOnlyList<SweepTrial>> ahead = Task.Run(
                () =>
                {
                    store(before);
                    return next();
                },
                CancellationToken.None
            );
            bool stop = true;
            try
            {
                executor.Run(batch, rows, cancellation);
                stop = cancellation.IsCancellationRequested;
            }
            finally
            {
                // Where the rows before could not be stored, these must not be: they would not follow.
                batch = ahead.GetAwaiter().GetResult();
                waiting = rows;
                if (stop || batch.Count == 0 || !executor.LeavesProcessorsFree)
                {
                    // Also when the run was stopped: what is done up to the first gap is kept.
                    store(rows);
                    waiting = [];
                }
            }

            progress();
            if (stop)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }
}
