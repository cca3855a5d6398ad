using System.Collections.Concurrent;
using System.Globalization;
using Kedge.Simulation.Crashes;
using Kedge.Simulation.Trading;

namespace Kedge.Simulation.Runs;

/// <summary>Kills lanes at every numbered point, before, during and after, and some of them again while they recover.</summary>
internal sealed class CrashSoak
{
    private const int SecondCrashes = 2_000;
    private readonly TextWriter _to;
    private readonly Dictionary<int, (int Runs, int Failed)> _firsts = [];
    private readonly Lock _gate = new();
    private int _seconds;
    private int _secondsFailed;
    private int _done;
    private int _failed;

    private CrashSoak(TextWriter to) => _to = to;

    /// <summary>The full set; from twenty seeds on with second crashes, of the first runs that have a recovery to crash in.</summary>
    /// <param name="seeds">Seeds for each point and moment.</param>
    /// <param name="to">Told how it goes, and the result.</param>
    /// <returns>False when a lane did not survive, or a point was not reached.</returns>
    public static bool Full(int seeds, TextWriter to)
    {
        CrashSoak soak = new(to);
        return soak.Run(seeds, (_, _) => Enum.GetValues<CrashWhen>(), () => seeds >= 20 && soak._seconds < SecondCrashes);
    }

    /// <summary>One seed for each point; the moment and a second crash take turns.</summary>
    public static bool Quick(TextWriter to) =>
        new CrashSoak(to).Run(1, (point, _) => [(CrashWhen)(point.Number % 3)], () => false);

    private bool Run(int seeds, Func<NumberedPoint, int, IReadOnlyList<CrashWhen>> whens, Func<bool> again)
    {
        CrashSurvey survey = CrashSurvey.Make(seeds);
        List<(int Place, NumberedPoint Point, CrashWhen When, ulong Seed, long Count)> runs = [];
        bool isReached = true;
        foreach (NumberedPoint point in CrashPointTable.All)
        {
            IReadOnlyList<(ulong Seed, long Count)> found = survey.Seeds(point, seeds);
            if (found.Count < seeds)
            {
                isReached = false;
                _to.WriteLine(
                    $"point {point.Number} ({point.Id}) is reached by {found.Count} seeds of {point.Story}, not by {seeds}"
                );
            }

            for (int i = 0; i < found.Count; i++)
            {
                foreach (CrashWhen when in whens(point, i))
                {
                    runs.Add((i, point, when, found[i].Seed, found[i].Count));
                }
            }
        }

        foreach (string problem in survey.Problems.Distinct(StringComparer.Ordinal).Take(50))
        {
            _to.WriteLine($"without a crash: {problem}");
        }

        _to.WriteLine($"{survey.Runs} runs without a crash; {runs.Count} with one follow");
        _to.Flush();
        // All points with their first seeds come before any with its second: what is told on the way is of all of them.
        runs.Sort((a, b) => (a.Place, a.Point.Number, a.When).CompareTo((b.Place, b.Point.Number, b.When)));
        Parallel.ForEach(
            Partitioner.Create(runs, loadBalance: true),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            run => Kill(run.Point, run.When, run.Seed, run.Count, again(), runs.Count)
        );
        Tell();
        return isReached && survey.Problems.Count == 0 && _failed == 0 && _secondsFailed == 0;
    }

    private void Kill(NumberedPoint point, CrashWhen when, ulong seed, long count, bool again, int of)
    {
        PlannedCrash first = CrashPlan.First(point, when, seed, count);
        CrashRunResult once = Run(point, seed, [first]);
        CrashRunResult? twice =
            again && once.Recovery > 0 ? Run(point, seed, [first, CrashPlan.Second(first, seed, once.Recovery)]) : null;
        lock (_gate)
        {
            (int runs, int failed) = _firsts.GetValueOrDefault(point.Number);
            _firsts[point.Number] = (runs + 1, failed + (once.Problems.Count > 0 ? 1 : 0));
            _failed += once.Problems.Count > 0 ? 1 : 0;
            Tell(point, when, seed, once, "");
            if (twice is not null)
            {
                _seconds++;
                _secondsFailed += twice.Problems.Count > 0 ? 1 : 0;
                Tell(point, when, seed, twice, " --again");
            }

            if (++_done % 500 == 0)
            {
                _to.WriteLine($"{_done} of {of}, {_failed} failed; {_seconds} crashed again, {_secondsFailed} failed");
                _to.Flush();
            }
        }
    }

    private void Tell(NumberedPoint point, CrashWhen when, ulong seed, CrashRunResult result, string again)
    {
        if (result.Problems.Count > 0)
        {
            string word = when.ToString().ToLowerInvariant();
            _to.WriteLine(
                $"did not survive: 'crashes --point {point.Number} --when {word} --seed {seed}{again}' tells its story:"
            );
            _to.WriteLine(string.Join('\n', result.Problems.Take(4)));
        }
    }

    private void Tell()
    {
        _to.WriteLine("point   runs  survived  site");
        foreach (NumberedPoint point in CrashPointTable.All)
        {
            (int runs, int failed) = _firsts.GetValueOrDefault(point.Number);
            _to.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{point.Number, 5}{runs, 7}{runs - failed, 10}  {point.Id}")
            );
        }

        int all = _firsts.Values.Sum(f => f.Runs);
        _to.WriteLine(
            $"{CrashPointTable.All.Count} points, {all} crashes, {all - _failed} survived; {_seconds} second crashes, {_seconds - _secondsFailed} survived"
        );
    }

    private static CrashRunResult Run(NumberedPoint point, ulong seed, IReadOnlyList<PlannedCrash> crashes) =>
        CrashRun.Run(
            new CrashRunOptions
            {
                Story = point.Story,
                Seed = seed,
                Crashes = crashes,
            }
        );
}
