using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Trading;

/// <summary>What happened in a scenario, counted, and what must not have happened.</summary>
internal sealed class LaneReport(VirtualScheduler scheduler)
{
    private const int MaxProblems = 50;
    private readonly List<string> _problems = [];
    private readonly List<LaneInvariant> _broken = [];
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>What each of the problems breaks.</summary>
    public IReadOnlyList<LaneInvariant> Broken => _broken;

    public IReadOnlyDictionary<string, long> Counts => _counts;

    public void Count(string what, long times = 1) => _counts[what] = _counts.GetValueOrDefault(what) + times;

    public void Complain(LaneInvariant broken, string problem)
    {
        if (_problems.Count < MaxProblems)
        {
            scheduler.Trace?.Invoke(new SimTraceEntry(scheduler.NowUs, "invariant", "problem", 0, problem));
            _problems.Add($"{scheduler.NowUs / 1_000} ms: {broken}: {problem}");
            _broken.Add(broken);
        }
    }

    public void Complain(LaneInvariant broken, IEnumerable<string> problems)
    {
        foreach (string problem in problems)
        {
            Complain(broken, problem);
        }
    }
}
