using Kedge.Model.Machines;

namespace Kedge.Simulation.Scheduling;

/// <summary>
/// The two clocks of one process as functions of true time. The monotonic one starts at each start of the process and never steps. The wall
/// clock runs through restarts and may step.
/// </summary>
public sealed class ProcessClock
{
    private const long Million = 1_000_000;

    private readonly VirtualScheduler _scheduler;
    private readonly ClockOptions _options;
    private readonly SimRandom _random;
    private long _startedUs;
    private long _monotonicStartUs;

    internal ProcessClock(VirtualScheduler scheduler, string process, ClockOptions options)
    {
        if (Math.Abs((long)options.DriftPpm) > 100_000)
        {
            throw new ArgumentException($"{process}: a drift of {options.DriftPpm} ppm is outside ±100,000.", nameof(options));
        }

        _scheduler = scheduler;
        _options = options;
        _random = scheduler.Random.Fork($"clock/{process}");
        WallOffsetMs = options.WallSkewMs;
    }

    /// <summary>Wall clock ahead of the truth by skew and steps, drift not counted, ms.</summary>
    public long WallOffsetMs { get; internal set; }

    /// <summary>This moment as the process knows it.</summary>
    public Now Now =>
        new(
            MonotonicUs(_scheduler.NowUs) / 1_000,
            _scheduler.WallStartMs + WallOffsetMs + Math.DivRem(Drifted(_scheduler.NowUs), 1_000).Quotient
        );

    /// <summary>The first true moment at which the monotonic clock shows a time, µs. Never before this start of the process.</summary>
    /// <param name="monotonicMs">Time on this process's monotonic clock.</param>
    public long TrueUs(long monotonicMs)
    {
        long elapsed = Math.Clamp(monotonicMs, -Million * Million, Million * Million * Million) * 1_000 - _monotonicStartUs;
        if (elapsed <= 0)
        {
            return _startedUs;
        }

        // The division is a first guess; drift rounds down, so the exact moment is a step or two away.
        long guess = (long)((Int128)elapsed * Million / (Million + _options.DriftPpm));
        while (Drifted(guess) < elapsed)
        {
            guess++;
        }

        while (guess > 0 && Drifted(guess - 1) >= elapsed)
        {
            guess--;
        }

        return _startedUs + guess;
    }

    internal void Start()
    {
        long drawn = _random.NextBetween(1, 1_000_000_000);
        _startedUs = _scheduler.NowUs;
        _monotonicStartUs = (_options.MonotonicStartMs ?? drawn) * 1_000;
    }

    private long MonotonicUs(long trueUs) => _monotonicStartUs + Drifted(trueUs - _startedUs);

    private long Drifted(long elapsedUs) =>
        _options.DriftPpm == 0 ? elapsedUs : elapsedUs + (long)((Int128)elapsedUs * _options.DriftPpm / Million);
}
