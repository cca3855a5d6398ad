using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Trading;

/// <summary>What happened in a scenario, counted, and what must not have happened.</summary>
internal sealed class LaneReport(VirtualScheduler scheduler)
{
    private const int MaxProblems = 50;
    private readonly List<string> _problems = [];
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Problems => _problems;

    public IReadOnlyDictionary<string, long> Counts => _counts;

    public void Count(string what, long times = 1) => _counts[what] = _counts.GetValueOrDefault(what) + times;

    public void Complain(string problem)
    {
        if (_problems.Count < MaxProblems)
        {
            scheduler.Trace?.Invoke(new SimTraceEntry(scheduler.NowUs, "invariant", "problem", 0, problem));
            _problems.Add($"{scheduler.NowUs / 1_000} ms: {problem}");
        }
    }

    public void Complain(IEnumerable<string> problems)
    {
        foreach (string problem in problems)
        {
            Complain(problem);
        }
    }
}
