using Kedge.Kernel;
using Kedge.Research.Replay;
using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Space;
using Kedge.Research.Tests.Replay;

namespace Kedge.Research.Tests.Search;

/// <summary>A seeded market with a search on it.</summary>
internal sealed class SearchCase : IDisposable
{
    private readonly MemoryCandles _main;
    private readonly MemoryCandles? _exit;
    private readonly MemoryCandles? _entry;

    public SearchCase(ReplayCase made, string spec)
    {
        _main = new MemoryCandles(made.Market.Main.Interval, made.Market.Main.Bars);
        _exit = made.Market.Exit is { } x ? new MemoryCandles(x.Interval, x.Bars) : null;
        _entry = made.Market.Entry is { } e ? new MemoryCandles(e.Interval, e.Bars) : null;
        ReplayInput input = (made with { InitState = null }).Input(_main, _exit, _entry);
        SweepSpec parsed = SweepSpecReader.Parse(spec, "s.yaml", out SpecProblems problems);
        Job = new SweepJob(input, SearchSpace.Of(parsed, _main.Symbols, input.Parameters, input.Portfolio, problems));
    }

    public SweepJob Job { get; }

    /// <summary>All configurations, or the first so many.</summary>
    public List<SweepTrial> Trials(int most = int.MaxValue)
    {
        List<SweepTrial> trials = [];
        GridCursor cursor = Job.Space.Grid.Start();
        while (trials.Count < most && cursor.Next() is { } trial)
        {
            trials.Add(trial);
        }

        return trials;
    }

    /// <summary>The rows an executor gives.</summary>
    public static SweepRow[] Rows(ISweepExecutor executor, IReadOnlyList<SweepTrial> trials)
    {
        SweepRow?[] rows = new SweepRow?[trials.Count];
        executor.Run(trials, rows, CancellationToken.None);
        return [.. rows.Select(r => r!)];
    }

    public void Dispose()
    {
        _main.Dispose();
        _exit?.Dispose();
        _entry?.Dispose();
    }
}
