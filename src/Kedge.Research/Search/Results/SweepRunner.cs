using System.Buffers;
using System.Text;
using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Results;

/// <summary>Runs a grid batch by batch into its file: rows in the order of the grid, whatever executor and threads did.</summary>
public static class SweepRunner
{
    /// <summary>Runs what is left of a grid.</summary>
    /// <param name="space">The space.</param>
    /// <param name="executor">How.</param>
    /// <param name="file">Where rows go; those that are there already are not run again.</param>
    /// <param name="json">Writes a row.</param>
    /// <param name="objective">What rows are ranked by.</param>
    /// <param name="top">Takes every row.</param>
    /// <param name="progress">Told after each batch; null for silence.</param>
    /// <param name="cancellation">Stops the run; rows that are done before the first that is not are written.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static void Run(
        SearchSpace space,
        ISweepExecutor executor,
        ResultFile file,
        RowJson json,
        SweepObjective objective,
        TopRows top,
        Action<SweepProgress>? progress,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(executor);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(top);
        GridCursor cursor = space.Grid.Start();
        cursor.Skip(file.Rows);
        ArrayBufferWriter<byte> lines = new(1 << 20);
        BatchLoop.Run(
            executor,
            () => Take(cursor, executor.BatchSize),
            rows => Write(rows, file, json, row => objective.Of(row), top, lines),
            () => progress?.Invoke(new SweepProgress(file.Rows, space.Count, top.Best)),
            cancellation
        );
    }

    /// <summary>Writes the rows before the first that is missing, and ranks them.</summary>
    internal static IReadOnlyList<RankedRow> Write(
        SweepRow?[] rows,
        ResultFile file,
        RowJson json,
        Func<SweepRow, double> score,
        TopRows top,
        ArrayBufferWriter<byte> lines
    )
    {
        lines.ResetWrittenCount();
        List<RankedRow> ranked = [];
        foreach (SweepRow? row in rows)
        {
            if (row is null)
            {
                break;
            }

            ReadOnlyMemory<byte> line = json.Line(row);
            lines.Write(line.Span);
            ranked.Add(
                new RankedRow(row.Trial.Index, score(row), Encoding.UTF8.GetString(line.Span[..^1]))
                {
                    Sharpe = TrialTally.SharpeOf(row),
                }
            );
        }

        if (ranked.Count > 0)
        {
            file.Append(lines.WrittenSpan, ranked.Count);
            ranked.ForEach(top.Add);
        }

        return ranked;
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
