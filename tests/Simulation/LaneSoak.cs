using Kedge.Simulation.Trading;

namespace Kedge.Simulation.Runs;

/// <summary>Many seeds of the scenario's own lane, side by side.</summary>
internal static class LaneSoak
{
    /// <summary>Runs seeds and tells what happened; false when one failed.</summary>
    public static bool Run(ulong seeds, long hours, ulong first, TextWriter to)
    {
        int done = 0;
        int failed = 0;
        LaneSeedsResult result = LaneSeeds.Run(
            new LaneRunOptions { Seed = first, Hours = hours },
            first,
            (int)seeds,
            Environment.ProcessorCount,
            run =>
            {
                if (run.Problems.Count > 0)
                {
                    failed++;
                    to.WriteLine($"seed {run.Seed} failed; '--seed {run.Seed} --trace {hours}' tells its story:");
                    to.WriteLine(string.Join('\n', run.Problems.Take(5)));
                }

                if (++done % 100 == 0)
                {
                    to.WriteLine($"{done} of {seeds} seeds, {failed} failed");
                    to.Flush();
                }
            }
        );
        to.WriteLine(
            string.Join('\n', result.Counts.Where(t => !CoverageTable.IsCell(t.Key)).Select(t => $"{t.Value, 12}  {t.Key}"))
        );
        to.WriteLine(CoverageTable.Of(result.Counts));
        to.WriteLine($"{seeds} seeds of {hours} h, {failed} failed; {result.Restarts} restarts");
        return failed == 0;
    }
}
