using Kedge.Simulation.Trading;

namespace Kedge.Simulation.Runs;

/// <summary>Many seeds, side by side.</summary>
internal static class LaneSoak
{
    /// <summary>Runs seeds and tells what happened; false when one failed.</summary>
    public static bool Run(ulong seeds, long hours, ulong first, TextWriter to)
    {
        SortedDictionary<string, long> totals = new(StringComparer.Ordinal);
        long failed = 0;
        long restarts = 0;
        long done = 0;
        Lock gate = new();
        Parallel.For(
            0L,
            (long)seeds,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            i =>
            {
                LaneRunResult result = LaneRun.Run(new LaneRunOptions { Seed = first + (ulong)i, Hours = hours });
                lock (gate)
                {
                    restarts += result.Restarts;
                    foreach ((string what, long count) in result.Counts)
                    {
                        totals[what] = totals.GetValueOrDefault(what) + count;
                    }

                    if (result.Problems.Count > 0)
                    {
                        failed++;
                        to.WriteLine($"seed {result.Seed} failed; '--seed {result.Seed} --trace {hours}' tells its story:");
                        to.WriteLine(string.Join('\n', result.Problems.Take(5)));
                    }

                    if (++done % 100 == 0)
                    {
                        to.WriteLine($"{done} of {seeds} seeds, {failed} failed");
                        to.Flush();
                    }
                }
            }
        );
        to.WriteLine(string.Join('\n', totals.Where(t => !CoverageTable.IsCell(t.Key)).Select(t => $"{t.Value, 12}  {t.Key}")));
        to.WriteLine(CoverageTable.Of(totals));
        to.WriteLine($"{seeds} seeds of {hours} h, {failed} failed; {restarts} restarts");
        return failed == 0;
    }
}
