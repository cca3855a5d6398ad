using Kedge.Model.Ledger;
using Kedge.Model.Venues;
using Kedge.Simulation.Faults;
using Kedge.Simulation.Scheduling;
using Kedge.Trading.Engine;

namespace Kedge.Simulation.Trading;

/// <summary>
/// Lets happen to a lane what happens so many times a day. Part of it waits for an order in a state that is drawn, since orders live for a fraction of a
/// second and what strikes at any time would hardly ever meet one.
/// </summary>
internal sealed class LaneMischief : ISimActor
{
    private const long DayUs = 86_400_000_000;
    private const long AimUs = DayUs / 4;
    private const int StrikeKind = 1_000;
    private const int RoundKind = 2_000;
    private const int DeadlineKind = 3_000;
    private const int LiftKind = 4_000;
    private const long RoundUs = 2 * 3_600_000_000L;
    private static readonly IntentStatus[] Aims =
    [
        IntentStatus.Submitting,
        IntentStatus.Submitting,
        IntentStatus.Sent,
        IntentStatus.Partial,
        IntentStatus.Unknown,
        IntentStatus.Unknown,
    ];

    private readonly LaneFaults _faults;
    private readonly LaneStrikes _strikes;
    private readonly LaneCoverage _coverage;
    private readonly LaneReport _report;
    private readonly VirtualScheduler _scheduler;
    private readonly SimSource _source;
    private readonly SimRandom _dice;
    private readonly Dictionary<LaneFault, SimRandom> _random = [];
    private readonly List<(LaneFault Fault, IntentStatus Status, long Number)> _aimed = [];
    private long _numbers;
    private bool _isRunning;

    public LaneMischief(
        LaneFaults faults,
        LaneStrikes strikes,
        SimulatedLane lane,
        LedgerMirror mirror,
        LaneCoverage coverage,
        LaneReport report
    )
    {
        (_faults, _strikes, _coverage, _report) = (faults, strikes, coverage, report);
        _scheduler = lane.Process.Scheduler;
        _source = _scheduler.AddSource("mischief", this);
        _dice = _scheduler.Random.Fork("mischief");
        foreach (LaneFault fault in Enum.GetValues<LaneFault>())
        {
            _random[fault] = _dice.Fork(fault.ToString());
        }

        mirror.Changed += (intent, _) => Aim(intent.Status);
        lane.Sent += Leave;
    }

    public void Start()
    {
        _isRunning = true;
        foreach (LaneFault fault in _faults.PerDay.Keys.Order())
        {
            Next(fault);
        }

        _scheduler.Schedule(_source, _scheduler.NowUs + RoundUs, RoundKind, background: true);
    }

    public void Stop()
    {
        _isRunning = false;
        _aimed.Clear();
    }

    void ISimActor.Fire(int kind, long argument)
    {
        if (!_isRunning)
        {
            return;
        }

        if (kind == DeadlineKind)
        {
            // No order came to that state in time.
            int late = _aimed.FindIndex(a => a.Number == argument);
            if (late >= 0)
            {
                LaneFault fault = _aimed[late].Fault;
                _aimed.RemoveAt(late);
                Strike(fault);
            }
        }
        else if (kind == LiftKind)
        {
            _strikes.Round(_dice);
        }
        else if (kind == RoundKind)
        {
            // Latches that only an operator lifts would leave a lane idle for the rest of its days.
            _strikes.Round(_dice);
            _scheduler.Schedule(_source, _scheduler.NowUs + RoundUs, RoundKind, background: true);
        }
        else if (kind >= StrikeKind)
        {
            Strike((LaneFault)(kind - StrikeKind));
        }
        else
        {
            Come((LaneFault)kind);
            Next((LaneFault)kind);
        }
    }

    string ISimActor.Describe(int kind) =>
        kind == DeadlineKind ? "deadline"
        : kind == LiftKind ? "lift"
        : kind == RoundKind ? "round"
        : kind >= StrikeKind ? $"strike {(LaneFault)(kind - StrikeKind)}"
        : $"{(LaneFault)kind}";

    private void Next(LaneFault fault)
    {
        double perDay = _faults.PerDay[fault];
        if (perDay > 0)
        {
            long meanUs = Math.Max(1, (long)(DayUs / perDay));
            _scheduler.Schedule(
                _source,
                _scheduler.NowUs + _random[fault].NextBetween(1, 2 * meanUs),
                (int)fault,
                background: true
            );
        }
    }

    private void Come(LaneFault fault)
    {
        SimRandom random = _random[fault];
        if (random.Chance(_faults.AimedShare))
        {
            _aimed.Add((fault, Aims[random.NextBetween(0, Aims.Length - 1)], ++_numbers));
            _scheduler.Schedule(_source, _scheduler.NowUs + AimUs, DeadlineKind, _numbers, background: true);
            return;
        }

        Strike(fault);
    }

    private void Aim(IntentStatus status)
    {
        if (!_isRunning)
        {
            return;
        }

        int found = _aimed.FindIndex(a => a.Status == status);
        if (found >= 0)
        {
            LaneFault fault = _aimed[found].Fault;
            _aimed.RemoveAt(found);
            long delayUs = _dice.Chance(0.5) ? 0 : _dice.NextBetween(0, status == IntentStatus.Unknown ? 5_000_000 : 30_000);
            _scheduler.Schedule(_source, _scheduler.NowUs + delayUs, StrikeKind + (int)fault, background: true);
        }
    }

    private void Strike(LaneFault fault)
    {
        if (_strikes.Do(fault, _random[fault]))
        {
            if (fault == LaneFault.Operator)
            {
                // What he stopped he lets go on soon.
                _scheduler.Schedule(
                    _source,
                    _scheduler.NowUs + _dice.NextBetween(RoundUs / 20, RoundUs / 4),
                    LiftKind,
                    background: true
                );
            }

            _report.Count($"fault {fault}");
            _coverage.Struck(fault.ToString());
        }
    }

    private void Leave(VenueCommand command)
    {
        if (!_isRunning)
        {
            return;
        }

        switch (command)
        {
            case VenueCommand.Place place when _dice.Chance(_faults.ThinBookShare):
                _strikes.Thin(place.Orders[0].Intent);
                _report.Count("fault ThinBook");
                _coverage.Struck("ThinBook");
                break;
            case VenueCommand.CancelForeign cancel when _dice.Chance(_faults.CancelCrossesShare):
                if (_strikes.Cross(cancel))
                {
                    _report.Count("fault CancelCrossed");
                    _coverage.Struck("CancelCrossed");
                }

                break;
        }
    }
}
