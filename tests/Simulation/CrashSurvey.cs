using Kedge.Simulation.Crashes;
using Kedge.Simulation.Trading;

namespace Kedge.Simulation.Runs;

/// <summary>Which seeds of which story reach which points how often, when nothing kills them.</summary>
internal sealed class CrashSurvey
{
    private const int Batch = 8;
    private const int MaxSeeds = 600;
    private readonly SortedDictionary<string, SortedDictionary<ulong, long>> _reached = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    /// <summary>What went wrong in runs that nothing killed.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Runs made.</summary>
    public int Runs { get; private set; }

    /// <summary>Runs seeds from 1 on until each point of the table is reached by so many of its story, or there is no hope.</summary>
    /// <param name="seeds">So many seeds for each point.</param>
    /// <param name="least">Seeds of each story at least.</param>
    public static CrashSurvey Make(int seeds, int least = 0)
    {
        CrashSurvey survey = new();
        foreach (CrashStory story in Enum.GetValues<CrashStory>())
        {
            NumberedPoint[] points = [.. CrashPointTable.All.Where(p => p.Story == story)];
            for (
                int done = 0;
                done < MaxSeeds && (done < least || points.Any(p => survey.Seeds(p, seeds).Count < seeds));
                done += Batch
            )
            {
                Parallel.For(
                    done + 1,
                    done + Batch + 1,
                    new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
                    seed => survey.Run(story, (ulong)seed)
                );
            }
        }

        return survey;
    }

    /// <summary>The first seeds that reach a point in its story, and how often each does.</summary>
    public IReadOnlyList<(ulong Seed, long Count)> Seeds(NumberedPoint point, int most) =>
        _reached.TryGetValue(Key(point.Story, point.Id), out SortedDictionary<ulong, long>? seeds)
            ? [.. seeds.Take(most).Select(s => (s.Key, s.Value))]
            : [];

    /// <summary>Points that were reached, with the seeds of each story that did.</summary>
    public IEnumerable<(string Point, int Seeds, long Times)> Reached =>
        _reached.Select(r => (r.Key, r.Value.Count, r.Value.Values.Sum()));

    private static string Key(CrashStory story, string id) => $"{story} {id}";

    private void Run(CrashStory story, ulong seed)
    {
        CrashRunResult result = CrashRun.Run(new CrashRunOptions { Story = story, Seed = seed });
        lock (_problems)
        {
            Runs++;
            _problems.AddRange(result.Problems.Select(p => $"{story}, seed {seed}: {p}"));
            foreach (ReachedPoint point in result.Reached)
            {
                string key = Key(story, point.Id);
                _reached.TryAdd(key, []);
                _reached[key][seed] = point.Count;
            }
        }
    }
}
