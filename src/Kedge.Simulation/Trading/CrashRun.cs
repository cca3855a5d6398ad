using Kedge.Simulation.Crashes;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Trading;

/// <summary>
/// Plays a story and kills the lane where it is told to. It survives when nothing that must hold was broken, and venue, engine and ledger agree a minute after
/// everything has played out.
/// </summary>
public static class CrashRun
{
    private const long WarmMs = 120_000;
    private const long RecoveryMs = 60_000;
    private const long PlayOnMs = 15 * 60_000;
    private const long CrashMs = 10 * 60_000;
    private const long SettleMs = 15_000;
    private const long ProofMs = 20 * 60_000;
    private const long AgreeMs = 60_000;

    /// <summary>Runs one seed.</summary>
    public static CrashRunResult Run(CrashRunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        using LaneScenario scenario = new(
            CrashStories.Of(options.Story, options.Seed),
            [.. options.Crashes.Select(c => (Action<CrashPoints>)(points => Arm(points, c)))]
        );
        VirtualScheduler time = scenario.Scheduler;
        CrashPoints crashes = scenario.Disk.Points;
        time.Trace = options.Trace;
        Recovery recovery = new(scenario);
        List<string> problems = [];
        IReadOnlyList<ReachedPoint> reached = [];
        bool isPlaying = true;
        try
        {
            time.RunFor(WarmMs);
            scenario.Misbehave();
            CrashStories.Attach(options.Story, scenario, () => isPlaying);
            time.RunUntil(() => scenario.Problems.Count > 0 || recovery.IsLongOver, CrashStories.PlayedMs - WarmMs);
            reached = crashes.Reached;
            isPlaying = false;
            scenario.Behave();
            time.RunUntil(() => crashes.Waiting == 0 && scenario.Lane.IsRunning, CrashMs);
            for (int i = 0; i < 3 && (i == 0 || scenario.OrdersByHand().Count > 0); i++)
            {
                time.RunFor(SettleMs);
                scenario.TidyUp();
            }

            time.RunUntil(() => scenario.Unsettled == 0 && scenario.Lane.IsRunning, ProofMs);
            time.RunFor(AgreeMs);
            if (crashes.Waiting > 0)
            {
                problems.Add($"{crashes.Waiting} of {options.Crashes.Count} crashes did not come: the run took another way");
            }

            scenario.CheckAgreement();
            scenario.CheckLedger();
            problems.AddRange(scenario.Problems);
            problems.AddRange(
                reached
                    .Where(p => CrashPointTable.Find(p.Id) is null)
                    .Select(p => $"crash point '{p.Id}' has no number: add it to {nameof(CrashPointTable)}")
            );
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            problems.AddRange([.. scenario.Problems, broken.ToString()]);
        }

        return new CrashRunResult(problems, reached, recovery.Operations, scenario.Counts, time.EventHash);
    }

    private static void Arm(CrashPoints points, PlannedCrash crash)
    {
        if (crash.Point is { } point)
        {
            points.CrashAt(point, crash.When, crash.Occurrence, crash.Kind);
        }
        else
        {
            points.CrashAtOperation(crash.When, crash.Occurrence, crash.Kind);
        }
    }

    /// <summary>Counts what is done between the first crash and a minute after the next start.</summary>
    private sealed class Recovery
    {
        private readonly LaneScenario _scenario;
        private long _began = -1;
        private long _startedUs = -1;

        public Recovery(LaneScenario scenario)
        {
            _scenario = scenario;
            scenario.Lane.OnKill(_ => _began = _began < 0 && scenario.Disk.Points.IsKilled ? scenario.Disk.Points.Total : _began);
            scenario.Lane.OnStart(Started);
        }

        public long Operations { get; private set; }

        /// <summary>The first start after the first crash is a quarter of an hour ago: what the crash did has shown.</summary>
        public bool IsLongOver => _startedUs >= 0 && _scenario.Scheduler.NowUs - _startedUs > PlayOnMs * 1_000;

        private void Started()
        {
            if (_began >= 0 && _startedUs < 0)
            {
                VirtualScheduler time = _scenario.Scheduler;
                _startedUs = time.NowUs;
                time.At((time.NowUs / 1_000) + RecoveryMs, "recovered", () => Operations = _scenario.Disk.Points.Total - _began);
            }
        }
    }
}
