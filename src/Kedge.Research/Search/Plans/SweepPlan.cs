using System.Numerics;
using Kedge.Research.Replay;
using Kedge.Research.Search.Columns;
using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Plans;

/// <summary>What a search will take: configurations, indicator columns, memory, time.</summary>
public sealed record SweepPlan
{
    private const double LongestSampleS = 2.0;

    /// <summary>Configurations.</summary>
    public required BigInteger Configurations { get; init; }

    /// <summary>Axes with more than one value.</summary>
    public required int Axes { get; init; }

    /// <summary>Distinct indicator columns by kind, at most.</summary>
    public required IReadOnlyDictionary<ColumnKind, int> Columns { get; init; }

    /// <summary>Bytes of one column.</summary>
    public required long ColumnBytes { get; init; }

    /// <summary>Main bars of all symbols.</summary>
    public required long Bars { get; init; }

    /// <summary>Name of the executor that was timed.</summary>
    public required string Executor { get; init; }

    /// <summary>Seconds a configuration takes, measured on a few of them.</summary>
    public required double SecondsEach { get; init; }

    /// <summary>Distinct columns of all kinds.</summary>
    public int ColumnCount => Columns.Values.Sum();

    /// <summary>Seconds the whole search takes at that rate.</summary>
    public double Seconds => (double)Configurations * SecondsEach;

    /// <summary>Makes a plan: counts, and times configurations from the start of the grid for at most about two seconds.</summary>
    /// <param name="job">What to run on.</param>
    /// <param name="executor">How it would be run.</param>
    /// <param name="clock">Tells the time in seconds from any start.</param>
    /// <param name="cancellation">Stops the timing.</param>
    public static SweepPlan Of(SweepJob job, ISweepExecutor executor, Func<double> clock, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(executor);
        long bars = 0;
        for (int i = 0; i < job.Input.Main.Symbols.Count; i++)
        {
            bars += job.Input.Main.Bars(i).Count;
        }

        return new SweepPlan
        {
            Configurations = job.Space.Grid.Count,
            Axes = job.Space.Grid.Axes.Count(a => a.Values.Count > 1),
            Columns = ColumnCensus.Of(job.Space),
            ColumnBytes = bars * sizeof(double),
            Bars = bars,
            Executor = executor.Name,
            SecondsEach = Time(job.Space, executor, clock, cancellation),
        };
    }

    /// <summary>The first batch warms up: code is compiled and columns are made there. Later batches count; they grow, as whole batches of a card may take long.</summary>
    private static double Time(SearchSpace space, ISweepExecutor executor, Func<double> clock, CancellationToken cancellation)
    {
        GridCursor cursor = space.Grid.Start();
        double started = clock();
        double first = 0.0;
        int counted = 0;
        double seconds = 0.0;
        for (int size = Math.Min(executor.BatchSize, 16); ; size = Math.Min(executor.BatchSize, size * 8))
        {
            List<SweepTrial> batch = Take(cursor, size);
            if (batch.Count == 0)
            {
                break;
            }

            double before = clock();
            executor.Run(batch, new SweepRow?[batch.Count], cancellation);
            double took = clock() - before;
            if (first == 0.0)
            {
                first = took / batch.Count;
            }
            else
            {
                counted += batch.Count;
                seconds += took;
            }

            if (clock() - started > LongestSampleS)
            {
                break;
            }
        }

        return counted > 0 ? seconds / counted : first;
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
