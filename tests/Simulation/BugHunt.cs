using System.Diagnostics;
using System.Globalization;
using Kedge.Model;
using Kedge.Simulation.Trading;

namespace Kedge.Simulation.Runs;

/// <summary>Each planted bug against seeds 1, 2, 3, … of a day, until an invariant fails.</summary>
internal static class BugHunt
{
    private const long Hours = 24;

    /// <summary>Looks for all bugs, or some; 0 when each was found, 1 when one was not, 2 when there is none of that name.</summary>
    /// <param name="first">The first seed.</param>
    /// <param name="most">The last, which a bug counts as not found.</param>
    /// <param name="names">Which, separated by commas; null for all.</param>
    /// <param name="to">Where to tell.</param>
    public static int Run(long first, long most, string? names, TextWriter to)
    {
        string[] wanted = names?.Split(',') ?? Enum.GetNames<PlantedBug>()[1..];
        if (wanted.FirstOrDefault(n => n == nameof(PlantedBug.None) || !Enum.IsDefined(typeof(PlantedBug), n)) is { } stranger)
        {
            to.WriteLine($"{stranger} is none of {string.Join(", ", Enum.GetNames<PlantedBug>()[1..])}");
            return 2;
        }

        PlantedBug[] bugs = [.. wanted.Select(Enum.Parse<PlantedBug>).Distinct()];
        Stopwatch clock = Stopwatch.StartNew();
        SortedDictionary<PlantedBug, Found> found = [];
        Lock gate = new();
        int next = 0;
        Parallel.For(
            0,
            Environment.ProcessorCount,
            _ =>
            {
                while (Interlocked.Increment(ref next) is int taken && taken <= bugs.Length)
                {
                    PlantedBug bug = bugs[taken - 1];
                    Found one = Hunt(bug, first, most);
                    lock (gate)
                    {
                        found[bug] = one;
                        to.WriteLine(
                            $"{found.Count} of {bugs.Length}, {clock.Elapsed.TotalSeconds:0} s: {bug}, {one.Seed} seeds: {one.Problem}"
                        );
                        to.Flush();
                    }
                }
            }
        );
        return Tell(found, most, to);
    }

    private static int Tell(SortedDictionary<PlantedBug, Found> found, long most, TextWriter to)
    {
        to.WriteLine("\n| bug | where | seeds | invariant |\n|---|---|---|---|");
        foreach ((PlantedBug bug, Found one) in found)
        {
            to.WriteLine(
                $"| `{bug}` | `{one.Where ?? "not reached"}` | {one.Seed} | {one.Invariant?.ToString() ?? "not found"} |"
            );
        }

        long[] needed = [.. found.Values.Where(f => f.Invariant is not null).Select(f => f.Seed).Order()];
        int missed = found.Count - needed.Length;
        string median = needed.Length == 0 ? "none" : needed[needed.Length / 2].ToString(CultureInfo.InvariantCulture);
        to.WriteLine($"\n{found.Count} bugs, {missed} not found in {most} seeds of {Hours} h");
        to.WriteLine($"{needed.Count(n => n > 1)} needed more than one seed; median {median}, most {needed.LastOrDefault()}");
        return missed == 0 ? 0 : 1;
    }

    private static Found Hunt(PlantedBug bug, long first, long most)
    {
        PlantedBugs.Active = bug;
        try
        {
            for (long seed = first; seed <= most; seed++)
            {
                LaneRunResult result = LaneRun.Run(
                    new LaneRunOptions
                    {
                        Seed = (ulong)seed,
                        Hours = Hours,
                        HotEvery = LaneSoak.HotEvery,
                    }
                );
                if (result.Problems.Count > 0)
                {
                    string problem = result.Problems[0].Split('\n')[0];
                    problem = problem.Length > 300 ? problem[..300] : problem;
                    return new Found(seed, result.Broken[0], problem, PlantedBugs.Where);
                }
            }

            return new Found(most, null, "not found", PlantedBugs.Where);
        }
        finally
        {
            PlantedBugs.Active = PlantedBug.None;
        }
    }

    /// <summary>The first seed that finds a bug, what it says, and the file of the bug.</summary>
    private sealed record Found(long Seed, LaneInvariant? Invariant, string Problem, string? Where);
}
