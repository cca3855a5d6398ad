using Kedge.Simulation.Network;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Faults;

/// <summary>
/// Injects the faults of a plan that come at rates per simulated day. The time to the next one is drawn evenly between none and twice the mean
/// (exact arithmetic; an exponential would need a logarithm, whose last bit differs between machines). An occasion with no target passes by.
/// </summary>
public sealed class FaultInjector : ISimActor
{
    private const long DayUs = 86_400_000_000;
    private const int DropKind = 0;
    private const int HalfOpenKind = 1;
    private const int StallKind = 2;
    private const int StepKind = 3;
    private const int PartitionKind = 4;
    private const int KillKindOfEvent = 5;
    private const int RestartKind = 6;
    private static readonly string[] Names = ["drop", "half-open", "stall", "clock step", "partition", "kill", "restart"];

    private readonly SimNetwork _network;
    private readonly VirtualScheduler _scheduler;
    private readonly SimSource _source;
    private readonly SimRandom[] _random;
    private readonly double[] _perDay;
    private readonly HashSet<SimProcess> _spared = [];
    private readonly List<SimSocket> _candidates = [];
    private bool _running;

    /// <summary>An injector of the network's plan, not yet running.</summary>
    public FaultInjector(SimNetwork network)
    {
        _network = network;
        _scheduler = network.Scheduler;
        _source = _scheduler.AddSource("faults", this);
        _random = [.. Names.Select(name => _scheduler.Random.Fork($"faults/{name}"))];
        StreamFaults streams = network.Plan.Streams;
        HostFaults hosts = network.Plan.Hosts;
        _perDay =
        [
            streams.DropsPerDay,
            streams.HalfOpensPerDay,
            streams.StallsPerDay,
            hosts.ClockStepsPerDay,
            hosts.PartitionsPerDay,
            hosts.KillsPerDay,
        ];
    }

    /// <summary>Leaves a process alone: it is not killed and its clock is not stepped.</summary>
    public void Spare(SimProcess process) => _spared.Add(process);

    /// <summary>Begins.</summary>
    public void Start()
    {
        if (_running)
        {
            throw new InvalidOperationException("The injector runs already.");
        }

        _running = true;
        _network.PlanIsActive = true;
        for (int kind = 0; kind < _perDay.Length; kind++)
        {
            ScheduleNext(kind);
        }
    }

    /// <summary>Ends for good: nothing new goes wrong, shares included. Stalls and partitions run out, killed processes are started again.</summary>
    public void Stop()
    {
        _running = false;
        _network.PlanIsActive = false;
    }

    /// <inheritdoc/>
    void ISimActor.Fire(int kind, long argument)
    {
        if (kind == RestartKind)
        {
            if (!_scheduler.Processes[(int)argument].IsRunning)
            {
                _scheduler.Processes[(int)argument].Start();
            }

            return;
        }

        if (_running)
        {
            Inject(kind, _random[kind]);
            ScheduleNext(kind);
        }
    }

    /// <inheritdoc/>
    string ISimActor.Describe(int kind) => Names[kind];

    private void Inject(int kind, SimRandom random)
    {
        switch (kind)
        {
            case DropKind when PickSocket(random) is { } socket:
                _network.Drop(socket, FaultLog.Plan);
                break;
            case HalfOpenKind when PickSocket(random) is { } socket:
                _network.HalfOpen(socket, PickDirections(random), FaultLog.Plan);
                break;
            case StallKind when PickSocket(random) is { } socket:
                long stallUs = _network.Plan.Streams.StallMs.DrawUs(random);
                _network.StallUntil(socket, PickDirections(random), _scheduler.NowUs + stallUs, FaultLog.Plan);
                break;
            case StepKind when PickProcess(random, null) is { } process:
                long stepMs = _network.Plan.Hosts.ClockStepMs.DrawUs(random) / 1_000;
                process.StepWall(random.Chance(0.5) ? stepMs : -stepMs, FaultLog.Plan);
                break;
            case PartitionKind when PickPair(random) is { } pair:
                long partitionUs = _network.Plan.Hosts.PartitionMs.DrawUs(random);
                _network.PartitionUntil(pair.One, pair.Other, _scheduler.NowUs + partitionUs, FaultLog.Plan);
                break;
            case KillKindOfEvent when PickProcess(random, static process => process.IsRunning) is { } process:
                KillKind how = random.Chance(_network.Plan.Hosts.PowerLossShare) ? KillKind.Power : KillKind.Process;
                long downUs = _network.Plan.Hosts.DownMs.DrawUs(random);
                process.Kill(how, FaultLog.Plan);
                int place = _scheduler.Processes.Select((one, i) => (one, i)).First(entry => entry.one == process).i;
                _scheduler.Schedule(_source, _scheduler.NowUs + downUs, RestartKind, place);
                break;
            default:
                break;
        }
    }

    private void ScheduleNext(int kind)
    {
        if (_perDay[kind] > 0)
        {
            long meanUs = Math.Max(1, (long)(DayUs / _perDay[kind]));
            _scheduler.Schedule(_source, _scheduler.NowUs + _random[kind].NextBetween(1, meanUs * 2), kind, background: true);
        }
    }

    private SimSocket? PickSocket(SimRandom random)
    {
        // The end that connected stands for the connection. By age, not by place in the network's list.
        _candidates.Clear();
        foreach (SimSocket socket in _network.Sockets)
        {
            if (socket.State == SocketState.Open && !socket.IsDoomed && socket.IsClient)
            {
                _candidates.Add(socket);
            }
        }

        _candidates.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        return _candidates.Count == 0 ? null : _candidates[(int)random.NextBetween(0, _candidates.Count - 1)];
    }

    private SimProcess? PickProcess(SimRandom random, Func<SimProcess, bool>? test)
    {
        SimProcess[] able = [.. _scheduler.Processes.Where(p => !_spared.Contains(p) && (test is null || test(p)))];
        return able.Length == 0 ? null : able[random.NextBetween(0, able.Length - 1)];
    }

    private (SimProcess One, SimProcess Other)? PickPair(SimRandom random)
    {
        int count = _scheduler.Processes.Count;
        if (count < 2)
        {
            return null;
        }

        int one = (int)random.NextBetween(0, count - 1);
        int other = (int)random.NextBetween(0, count - 2);
        return (_scheduler.Processes[one], _scheduler.Processes[other < one ? other : other + 1]);
    }

    private static SocketDirections PickDirections(SimRandom random) => (SocketDirections)random.NextBetween(1, 3);
}
