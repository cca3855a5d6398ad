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

    // What comes more often meets orders in most states by itself, and would keep the rest from them.
    private const double MostAimed = 12;
    private const int StrikeKind = 1_000;
    private const int RoundKind = 2_000;
    private const int DeadlineKind = 3_000;
    private const int LiftKind = 4_000;
    private const long RoundUs = 2 * 3_600_000_000L;
    private readonly LaneFaults _faults;
    private readonly LaneStrikes _strikes;
    private readonly LedgerMirror _mirror;
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
        (_faults, _strikes, _mirror, _coverage, _report) = (faults, strikes, mirror, coverage, report);
        _scheduler = lane.Process.Scheduler;
        _source = _scheduler.AddSource("mischief", this);
        _dice = _scheduler.Random.Fork("mischief");
        foreach (LaneFault fault in Enum.GetValues<LaneFault>())
        {
            _random[fault] = _dice.Fork(fault.ToString());
        }

        mirror.Changed += (intent, _) => Aim(intent.Status);
        mirror.Settled += AimAtNew;
        lane.Sent += Leave;
    }

    public void Start()
    {
        _isRunning = true;
        foreach (LaneFault fault in _faults.PerDay.Keys.Order())
        {
            Next(fault, isFirst: true);
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
            Next((LaneFault)kind, isFirst: false);
        }
    }

    string ISimActor.Describe(int kind) =>
        kind == DeadlineKind ? "deadline"
        : kind == LiftKind ? "lift"
        : kind == RoundKind ? "round"
        : kind >= StrikeKind ? $"strike {(LaneFault)(kind - StrikeKind)}"
        : $"{(LaneFault)kind}";

    /// <summary>Gaps are even between nothing and twice their mean. What is seen of a process under way at a time of no meaning to it is a rest of one.</summary>
    private void Next(LaneFault fault, bool isFirst)
    {
        double perDay = _faults.PerDay[fault];
        if (perDay > 0)
        {
            double mostUs = 2.0 * DayUs / perDay;
            double share = _random[fault].NextUniform();
            long gapUs = 1 + (long)(mostUs * (isFirst ? 1.0 - Math.Sqrt(1.0 - share) : share));
            _scheduler.Schedule(_source, _scheduler.NowUs + gapUs, (int)fault, background: true);
        }
    }

    private void Come(LaneFault fault)
    {
        SimRandom random = _random[fault];
        if (random.Chance(Math.Min(_faults.AimedShare, MostAimed / _faults.PerDay[fault])))
        {
            _aimed.Add((fault, _faults.Aims[(int)random.NextBetween(0, _faults.Aims.Count - 1)], ++_numbers));
            _scheduler.Schedule(_source, _scheduler.NowUs + AimUs, DeadlineKind, _numbers, background: true);
            return;
        }

        Strike(fault);
    }

    /// <summary>A batch leaves an order that is decided and waits for something.</summary>
    private void AimAtNew()
    {
        if (_aimed.Count > 0 && _mirror.Open.Any(i => i.Status == IntentStatus.New))
        {
            Aim(IntentStatus.New);
        }
    }

    private void Aim(IntentStatus status)
    {
        if (!_isRunning)
        {
            return;
        }

        // Of orders that are long in a state, and of which there are few, several faults meet one.
        int most = status is IntentStatus.Partial or IntentStatus.Unknown or IntentStatus.New ? _faults.AimedAtOne : 1;
        for (int i = 0; i < most; i++)
        {
            int found = _aimed.FindIndex(a => a.Status == status && _strikes.Can(a.Fault));
            if (found < 0)
            {
                return;
            }

            LaneFault fault = _aimed[found].Fault;
            _aimed.RemoveAt(found);
            long delayUs = _dice.Chance(0.5) ? 0 : _dice.NextBetween(0, LastsUs(status));
            _scheduler.Schedule(_source, _scheduler.NowUs + delayUs, StrikeKind + (int)fault, background: true);
        }
    }

    /// <summary>About as long as an order is in a state.</summary>
    private static long LastsUs(IntentStatus status) => status == IntentStatus.Unknown ? 5_000_000 : 30_000;

    private void Strike(LaneFault fault)
    {
        if (_strikes.Do(fault, _random[fault]))
        {
            if (fault is LaneFault.Operator or LaneFault.Liquidation)
            {
                // What he stopped he lets go on soon, and what was latched because of the venue.
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
            case VenueCommand.Place place when _dice.Chance(ThinShare):
                _strikes.Thin(place.Orders[0].Intent);
                Met(LaneFaultNames.ThinBook);
                break;
            case VenueCommand.SetLeverage when _dice.Chance(_faults.LeverageLostShare):
            case VenueCommand.CancelForeign when _dice.Chance(_faults.ForeignCancelLostShare):
                _strikes.Lose(command, _dice);
                break;
            case VenueCommand.Cancel or VenueCommand.CancelForeign when _dice.Chance(_faults.CancelCrossesShare):
                if (_strikes.Cross(command))
                {
                    Met(LaneFaultNames.CancelCrossed);
                }

                break;
        }
    }

    private double ThinShare =>
        _mirror.Open.Any(i => i.Status == IntentStatus.Partial) ? _faults.ThinBookBesidePartialShare : _faults.ThinBookShare;

    private void Met(string fault)
    {
        if (_dice.Chance(_faults.LateTellingShare))
        {
            _strikes.TellLate(_dice);
        }

        _report.Count($"fault {fault}");
        _coverage.Struck(fault);
    }
}
