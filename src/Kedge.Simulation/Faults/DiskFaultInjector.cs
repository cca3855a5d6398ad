using Kedge.Simulation.Disk;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Faults;

/// <summary>
/// Fills a disk up and slows its flushes at rates per simulated day. As with other faults, the time to the next one is drawn evenly between none and
/// twice the mean.
/// </summary>
public sealed class DiskFaultInjector : ISimActor
{
    private const long DayUs = 86_400_000_000;
    private const int FullKind = 0;
    private const int SlowKind = 1;
    private const int RoomKind = 2;
    private static readonly string[] Names = ["disk full", "slow flush", "room again"];

    private readonly VirtualScheduler _scheduler;
    private readonly SimDisk _disk;
    private readonly DiskFaults _faults;
    private readonly SimSource _source;
    private readonly SimRandom[] _random;
    private readonly string _name;
    private long _fullUntilUs;
    private bool _isRunning;

    /// <summary>An injector, not yet running.</summary>
    /// <param name="scheduler">The scheduler.</param>
    /// <param name="name">Name of the disk in the log.</param>
    /// <param name="disk">The disk.</param>
    /// <param name="faults">The rates.</param>
    public DiskFaultInjector(VirtualScheduler scheduler, string name, SimDisk disk, DiskFaults faults)
    {
        _scheduler = scheduler;
        _name = name;
        _disk = disk;
        _faults = faults;
        _source = scheduler.AddSource($"faults/{name}", this);
        _random = [scheduler.Random.Fork($"faults/{name}/full"), scheduler.Random.Fork($"faults/{name}/slow")];
    }

    /// <summary>Begins.</summary>
    public void Start()
    {
        if (_isRunning)
        {
            throw new InvalidOperationException("The injector runs already.");
        }

        _isRunning = true;
        ScheduleNext(FullKind);
        ScheduleNext(SlowKind);
    }

    /// <summary>Ends for good. A disk that is full gets its room when its time has come.</summary>
    public void Stop() => _isRunning = false;

    /// <inheritdoc/>
    void ISimActor.Fire(int kind, long argument)
    {
        if (kind == RoomKind)
        {
            _disk.IsFull &= _scheduler.NowUs < _fullUntilUs;
        }
        else if (_isRunning)
        {
            Inject(kind);
            ScheduleNext(kind);
        }
    }

    /// <inheritdoc/>
    string ISimActor.Describe(int kind) => Names[kind];

    private void Inject(int kind)
    {
        if (kind == SlowKind)
        {
            // The disk logs it when a flush meets it.
            _disk.StallNextFlush(_faults.SlowFlushMs.DrawUs(_random[kind]));
            return;
        }

        long us = _faults.FullMs.DrawUs(_random[kind]);
        _fullUntilUs = Math.Max(_fullUntilUs, _scheduler.NowUs + us);
        _disk.IsFull = true;
        _scheduler.Faults.Add(FaultKind.DiskFull, _name, FaultLog.Plan, us, _fullUntilUs);
        _scheduler.Schedule(_source, _fullUntilUs, RoomKind);
    }

    private void ScheduleNext(int kind)
    {
        double perDay = kind == FullKind ? _faults.FullsPerDay : _faults.SlowFlushesPerDay;
        if (perDay > 0)
        {
            long meanUs = Math.Max(1, (long)(DayUs / perDay));
            _scheduler.Schedule(_source, _scheduler.NowUs + _random[kind].NextBetween(1, meanUs * 2), kind, background: true);
        }
    }
}
