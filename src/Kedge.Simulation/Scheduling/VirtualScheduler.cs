using Kedge.Kernel;
using Kedge.Model.Machines;
using Kedge.Simulation.Crashes;
using Kedge.Simulation.Faults;

namespace Kedge.Simulation.Scheduling;

/// <summary>
/// Virtual time and everything that is due in it. One thread; events fire in order of time, then of scheduling, or in an order drawn from the
/// seed where they are simultaneous and of different sources. True time has a resolution of 1 µs, starts at 0 and never steps; what processes
/// see of it is their own <see cref="ProcessClock"/>. The same seed and the same calls give the same <see cref="EventHash"/>.
/// </summary>
public sealed class VirtualScheduler
{
    private const int RecentSources = 1024;

    private readonly SchedulerOptions _options;
    private readonly ulong _shuffleSeed;
    private readonly EventHeap _heap = new();
    private readonly List<SimProcess> _processes = [];
    private readonly string[] _recent = new string[RecentSources];
    private Slot[] _slots = new Slot[256];
    private int _slotsUsed;
    private int _freeSlot = -1;
    private long _sequence;
    private ulong _lanes;
    private int _pending;
    private int _foreground;
    private int _atThisInstant;

    /// <summary>A scheduler at time 0.</summary>
    /// <param name="seed">Seed of the whole run.</param>
    /// <param name="options">Settings and bounds; null for the defaults.</param>
    public VirtualScheduler(ulong seed, SchedulerOptions? options = null)
    {
        _options = options ?? new SchedulerOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.EventsPerInstantMax, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.PendingMax, 1, nameof(options));
        Seed = seed;
        Random = new SimRandom(seed);
        _shuffleSeed = Random.Fork("shuffle").NextBits();
        Faults = new FaultLog(this, _options.FaultsMax);
    }

    /// <summary>Seed of the run.</summary>
    public ulong Seed { get; }

    /// <summary>The root of all random streams of the run: fork it by name, do not draw from it.</summary>
    public SimRandom Random { get; }

    /// <summary>Every fault that was injected.</summary>
    public FaultLog Faults { get; }

    /// <summary>True time since the start, µs.</summary>
    public long NowUs { get; private set; }

    /// <summary>True time on both clocks, without any skew.</summary>
    public Now Now => new(NowUs / 1_000, _options.WallStartMs + (NowUs / 1_000));

    /// <summary>Number of events fired so far.</summary>
    public long EventsFired { get; private set; }

    /// <summary>Number of events waiting, background ones included.</summary>
    public int Pending => _pending;

    /// <summary>One number over every event fired and everything mixed in: time, source, kind and argument, in order.</summary>
    public ulong EventHash { get; private set; } = StateHash.Seed;

    /// <summary>Sees every event before it fires, every fault, and inputs and effects of machines. Costs nothing when null.</summary>
    public Action<SimTraceEntry>? Trace { get; set; }

    /// <summary>Called after every event: where invariants are checked.</summary>
    public Action? AfterEvent { get; set; }

    /// <summary>Processes in the order they were added.</summary>
    public IReadOnlyList<SimProcess> Processes => _processes;

    internal long WallStartMs => _options.WallStartMs;

    /// <summary>Adds a process, not yet started.</summary>
    /// <param name="name">Unique among processes.</param>
    /// <param name="clock">Its clock; null for one that is right.</param>
    public SimProcess AddProcess(string name, ClockOptions? clock = null)
    {
        if (_processes.Exists(process => process.Name == name))
        {
            throw new ArgumentException($"There is a process {name} already.", nameof(name));
        }

        SimProcess added = new(this, name, clock ?? new ClockOptions());
        _processes.Add(added);
        return added;
    }

    /// <summary>Adds an origin of events.</summary>
    /// <param name="name">Name in traces, errors and the event hash.</param>
    /// <param name="actor">What takes the events.</param>
    /// <param name="process">The process it lives and dies with; null for the world outside.</param>
    public SimSource AddSource(string name, ISimActor actor, SimProcess? process = null) =>
        new(name, actor, process, StateHash.Mix(SimHash.Of(name), ++_lanes));

    /// <summary>Schedules an event.</summary>
    /// <param name="source">Whose it is.</param>
    /// <param name="atUs">True time; a moment that has passed means now, after what is already due now.</param>
    /// <param name="kind">Handed to the actor.</param>
    /// <param name="argument">Handed to the actor.</param>
    /// <param name="background">A background event does not keep <see cref="RunUntilIdle"/> going: recurring faults are of this sort.</param>
    public SimEventHandle Schedule(SimSource source, long atUs, int kind, long argument = 0, bool background = false)
    {
        if (_pending >= _options.PendingMax)
        {
            throw Limit($"{_pending:N0} events are waiting, which is the limit; {source.Name} scheduled one more", source.Name);
        }

        int index = _freeSlot;
        if (index >= 0)
        {
            _freeSlot = _slots[index].NextFree;
        }
        else
        {
            index = _slotsUsed++;
            if (index == _slots.Length)
            {
                Array.Resize(ref _slots, index * 2);
            }
        }

        atUs = Math.Max(atUs, NowUs);
        long sequence = ++_sequence;
        _slots[index] = new Slot(source, argument, sequence, kind, background);
        ulong order = _options.ShuffleSimultaneous ? StateHash.Mix(_shuffleSeed ^ source.Lane, (ulong)atUs) : 0;
        _heap.Add(new EventKey(atUs, order, sequence, index));
        _pending++;
        _foreground += background ? 0 : 1;
        return new SimEventHandle(index, sequence);
    }

    /// <summary>Schedules an action of the world outside: a script of a test.</summary>
    /// <param name="atMs">True time since the start, ms.</param>
    /// <param name="name">Name in traces and the event hash.</param>
    /// <param name="action">What is done.</param>
    public SimEventHandle At(long atMs, string name, Action action) =>
        Schedule(AddSource(name, new ScriptedAction(action)), atMs * 1_000, 0);

    /// <summary>Takes an event back. False when it has fired, was cancelled or died with its process.</summary>
    public bool Cancel(SimEventHandle handle)
    {
        if (handle.Sequence == 0 || _slots[handle.Slot].Sequence != handle.Sequence)
        {
            return false;
        }

        Release(handle.Slot);

        // The key stays in the heap until it is due; when most of it is such keys they are swept out.
        if (_heap.Count > 1024 && _heap.Count > _pending * 2)
        {
            _heap.Filter(key => _slots[key.Slot].Sequence == key.Sequence);
        }

        return true;
    }

    /// <summary>Mixes a word into the event hash: content that two equal runs must agree on.</summary>
    public void Mix(ulong word) => EventHash = StateHash.Mix(EventHash, word);

    /// <summary>Fires the next event. False when nothing is waiting.</summary>
    public bool Step() => FireNext(long.MaxValue);

    /// <summary>Fires everything due up to a moment, that moment included, and leaves the clock there.</summary>
    /// <param name="untilMs">True time since the start, ms.</param>
    public void RunUntil(long untilMs) => RunUntilUs(checked(untilMs * 1_000));

    /// <summary>Runs for a span of true time, ms.</summary>
    public void RunFor(long durationMs) => RunUntilUs(checked(NowUs + (durationMs * 1_000)));

    /// <summary>Runs until a condition holds, looked at before the first and after every event.</summary>
    /// <param name="done">The condition.</param>
    /// <param name="withinMs">Longest span of true time, ms.</param>
    /// <returns>Whether it came to hold. If not, the clock stands at the end of the span.</returns>
    public bool RunUntil(Func<bool> done, long withinMs)
    {
        long untilUs = checked(NowUs + (withinMs * 1_000));
        Bound bound = new(this);
        while (!done())
        {
            if (!FireNext(untilUs))
            {
                Advance(untilUs);
                return false;
            }

            bound.Count();
        }

        return true;
    }

    /// <summary>Runs until only background events wait, or none. Machines with heartbeats are never idle: they need a span of time.</summary>
    public void RunUntilIdle()
    {
        Bound bound = new(this);
        while (_foreground > 0 && FireNext(long.MaxValue))
        {
            bound.Count();
        }
    }

    /// <summary>Removes all events of a process.</summary>
    internal void RemoveEvents(SimProcess process)
    {
        for (int i = 0; i < _slotsUsed; i++)
        {
            if (_slots[i].Sequence != 0 && _slots[i].Source.Process == process)
            {
                Release(i);
            }
        }

        _heap.Filter(key => _slots[key.Slot].Sequence == key.Sequence);
    }

    private void RunUntilUs(long untilUs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(untilUs, NowUs);
        Bound bound = new(this);
        while (FireNext(untilUs))
        {
            bound.Count();
        }

        Advance(untilUs);
    }

    private bool FireNext(long untilUs)
    {
        while (_heap.Count > 0)
        {
            EventKey key = _heap.First;
            if (_slots[key.Slot].Sequence != key.Sequence)
            {
                _heap.RemoveFirst();
                continue;
            }

            if (key.AtUs > untilUs)
            {
                return false;
            }

            _heap.RemoveFirst();
            Slot due = _slots[key.Slot];
            Release(key.Slot);
            Advance(key.AtUs);
            Fire(due);
            return true;
        }

        return false;
    }

    private void Fire(in Slot due)
    {
        SimSource source = due.Source;
        _recent[(int)(EventsFired++ & (RecentSources - 1))] = source.Name;
        if (++_atThisInstant > _options.EventsPerInstantMax)
        {
            string busiest = Busiest();
            throw Limit(
                $"Time stands still: {_atThisInstant:N0} events at one instant, most of the last ones from {busiest}",
                busiest
            );
        }

        ulong hash = StateHash.Mix(EventHash, (ulong)NowUs);
        hash = StateHash.Mix(hash, source.Lane + (ulong)due.Kind);
        EventHash = StateHash.Mix(hash, (ulong)due.Argument);
        Trace?.Invoke(new SimTraceEntry(NowUs, source.Name, source.Actor.Describe(due.Kind), due.Argument, null));
        try
        {
            source.Actor.Fire(due.Kind, due.Argument);
        }
        catch (ProcessKilledException death) when (source.Process is { IsRunning: true })
        {
            source.Process.Kill(death.Kind, death.Message);
        }

        AfterEvent?.Invoke();
    }

    private void Advance(long toUs)
    {
        if (toUs > NowUs)
        {
            NowUs = toUs;
            _atThisInstant = 0;
        }
    }

    private void Release(int index)
    {
        _foreground -= _slots[index].Background ? 0 : 1;
        _pending--;
        _slots[index] = new Slot { NextFree = _freeSlot };
        _freeSlot = index;
    }

    private string Busiest() =>
        _recent
            .Where(name => name is not null)
            .CountBy(name => name, StringComparer.Ordinal)
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .First()
            .Key;

    private SimLimitException Limit(string message, string source) =>
        new($"{message} (seed {Seed}, event {EventsFired:N0}, {NowUs / 1_000:N0} ms).", source);

    private struct Slot(SimSource source, long argument, long sequence, int kind, bool background)
    {
        public SimSource Source = source;
        public long Argument = argument;
        public long Sequence = sequence;
        public int Kind = kind;
        public int NextFree = -1;
        public bool Background = background;
    }

    private struct Bound(VirtualScheduler scheduler)
    {
        private long _left = scheduler._options.EventsPerRunMax;

        public void Count()
        {
            if (--_left < 0)
            {
                string busiest = scheduler.Busiest();
                throw scheduler.Limit(
                    $"More than {scheduler._options.EventsPerRunMax:N0} events in one run, most of the last ones from {busiest}",
                    busiest
                );
            }
        }
    }

    private sealed class ScriptedAction(Action action) : ISimActor
    {
        public void Fire(int kind, long argument) => action();

        public string Describe(int kind) => "script";
    }
}
