using Kedge.Simulation.Trading;

namespace Kedge.Simulation.Runs;

/// <summary>Many seeds of the scenario's own lane, side by side.</summary>
internal static class LaneSoak
{
    /// <summary>Each so-manieth seed of a soak is a hot one.</summary>
    public const int HotEvery = 10;

    private const int SeedsOfAPart = 200;

    /// <summary>Runs seeds and tells what happened; false when one failed.</summary>
    /// <param name="seeds">How many.</param>
    /// <param name="hours">Hours of each.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="hotEvery">Each so-manieth is hot; all with 1.</param>
    /// <param name="to">Told how it goes, and the result.</param>
    public static bool Run(ulong seeds, long hours, ulong first, int hotEvery, TextWriter to)
    {
        int done = 0;
        int failed = 0;
        LaneSeedsResult result = LaneSeeds.Run(
            new LaneRunOptions
            {
                Seed = first,
                Hours = hours,
                HotEvery = hotEvery,
            },
            first,
            (int)seeds,
            Environment.ProcessorCount,
            run =>
            {
                if (run.Problems.Count > 0)
                {
                    failed++;
                    to.WriteLine(
                        $"seed {run.Seed} failed; '--seed {run.Seed} --trace {hours}{(hotEvery == 1 ? " hot" : "")}' tells its story:"
                    );
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
        bool covers = hotEvery != HotEvery || Covers(result.Counts, seeds, to);
        to.WriteLine($"{seeds} seeds of {hours} h, {failed} failed; {result.Restarts} restarts");
        return failed == 0 && covers;
    }

    /// <summary>Whether faults met orders in all states: each cell so and so often in a whole soak, nearly each in a part of one.</summary>
    private static bool Covers(IReadOnlyDictionary<string, long> counts, ulong seeds, TextWriter to)
    {
        bool isWhole = seeds >= CoverageTable.SoakSeeds;
        long least = isWhole ? CoverageTable.LeastOfSoak : 1;
        IReadOnlyList<string> missing = CoverageTable.Short(counts, least);
        foreach (CoverageGap gap in CoverageTable.Gaps)
        {
            to.WriteLine($"not asked for: {gap.Fault} {string.Join(", ", gap.States)}: {gap.Why}");
        }

        to.WriteLine(
            $"{CoverageTable.Reachable - missing.Count} of {CoverageTable.Reachable} other cells were met {least} times and more"
        );
        if (missing.Count > 0)
        {
            to.WriteLine($"less often: {string.Join("; ", missing)}");
        }

        return isWhole ? missing.Count == 0 : seeds < SeedsOfAPart || missing.Count * 20 <= CoverageTable.Reachable;
    }
}
