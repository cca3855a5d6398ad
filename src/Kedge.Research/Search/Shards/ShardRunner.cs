using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Shards;

/// <summary>Runs the configurations of one shard into its file, in the order of the grid, whatever executor and threads did.</summary>
public static class ShardRunner
{
    /// <summary>Runs it.</summary>
    /// <param name="space">The space.</param>
    /// <param name="executor">How.</param>
    /// <param name="path">The file of the shard.</param>
    /// <param name="header">Which shard it is.</param>
    /// <param name="json">Writes a row.</param>
    /// <param name="progress">Told rows done after each batch; null for silence.</param>
    /// <param name="cancellation">Stops the run; no file is left then.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    /// <exception cref="Model.KedgeException">The file cannot be written (exit 4).</exception>
    public static void Run(
        SearchSpace space,
        ISweepExecutor executor,
        string path,
        ShardHeader header,
        RowJson json,
        Action<long>? progress,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(executor);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(json);
        ShardFile.Write(
            path,
            header,
            rows =>
            {
                GridCursor cursor = space.Grid.Start();
                cursor.Skip(header.First);
                while (rows.Count < header.Rows)
                {
                    List<SweepTrial> batch = Take(cursor, (int)Math.Min(executor.BatchSize, header.Rows - rows.Count));
                    SweepRow?[] done = new SweepRow?[batch.Count];
                    executor.Run(batch, done, cancellation);
                    foreach (SweepRow? row in done)
                    {
                        rows.Write(json.Line(row!).Span, 1);
                    }

                    progress?.Invoke(rows.Count);
                    cancellation.ThrowIfCancellationRequested();
                }
            }
        );
    }

    private static List<SweepTrial> Take(GridCursor cursor, int count)
    {
        List<SweepTrial> batch = new(count);
        while (batch.Count < count && cursor.Next() is { } trial)
        {
            batch.Add(trial);
        }

        return batch;
    }
}
