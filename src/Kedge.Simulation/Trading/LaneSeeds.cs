using System.Runtime.ExceptionServices;

namespace Kedge.Simulation.Trading;

/// <summary>Many seeds of one lane, side by side.</summary>
public static class LaneSeeds
{
    /// <summary>Runs seeds; results are in the order of seeds whatever finished first.</summary>
    /// <param name="options">The run of each; its seed and its trace are not used.</param>
    /// <param name="first">The first seed.</param>
    /// <param name="count">How many, ≥ 1.</param>
    /// <param name="threads">How many at a time, ≥ 1.</param>
    /// <param name="done">Hears each result as it comes, one at a time.</param>
    /// <param name="progress">Hears which share of everything is done, 0…1, one at a time.</param>
    /// <param name="cancellation">Stops it between two events.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static LaneSeedsResult Run(
        LaneRunOptions options,
        ulong first,
        int count,
        int threads,
        Action<LaneRunResult>? done = null,
        Action<double>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        LaneRunResult[] results = new LaneRunResult[count];
        SortedDictionary<string, long> totals = new(StringComparer.Ordinal);
        Lock gate = new();
        double whole = 0.0;
        try
        {
            Parallel.For(
                0,
                count,
                new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
                i =>
                {
                    double told = 0.0;
                    LaneRunResult result = LaneRun.Run(
                        options with
                        {
                            Seed = first + (ulong)i,
                            Trace = null,
                            Cancellation = cancellation,
                            Progress = Tell,
                        }
                    );
                    Tell(1.0);
                    lock (gate)
                    {
                        // Of thousands of seeds only the sums are kept, and of each what stands in tables.
                        LaneSeedsResult.Add(totals, result.Counts);
                        results[i] = result with { Counts = Few(result.Counts) };
                        done?.Invoke(result);
                    }

                    void Tell(double share)
                    {
                        lock (gate)
                        {
                            whole += share - told;
                            told = share;
                            progress?.Invoke(Math.Min(1.0, whole / count));
                        }
                    }
                }
            );
        }
        catch (AggregateException e)
        {
            // What kept one scenario from being set up: no folder, no room. The others met the same.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return new LaneSeedsResult(results, totals);
    }

    private static Dictionary<string, long> Few(IReadOnlyDictionary<string, long> counts) =>
        LaneSeedsResult.KeptOfEach.ToDictionary(what => what, what => counts.GetValueOrDefault(what), StringComparer.Ordinal);
}
