using Kedge.Model.Machines;
using Kedge.Simulation.Crashes;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Machines;

/// <summary>
/// Runs one machine in a process. Inputs are handled one at a time, never within one another; the effects of an input are carried out in order
/// after it was handled. Each start of the process makes a new machine: what it knew is gone unless someone kept it for it.
/// </summary>
/// <typeparam name="TIn">Inputs of the machine.</typeparam>
/// <typeparam name="TOut">Effects of the machine.</typeparam>
public sealed class MachineHost<TIn, TOut> : ISimActor, IEffectSink<TOut>
{
    private const int InputKind = 0;
    private const int TimerKind = 1;

    private readonly Func<IMachine<TIn, TOut>> _create;
    private readonly EffectRoute<TIn, TOut> _route;
    private readonly Func<long, TIn> _timerFired;
    private readonly MachineHostOptions _options;
    private readonly SimSource _source;
    private readonly SimRandom _lateness;
    private readonly Dictionary<long, SimEventHandle> _timers = [];
    private readonly List<TIn> _inbox = [];
    private readonly Stack<int> _freeInbox = [];
    private readonly List<TOut> _effects = [];
    private bool _busy;

    /// <summary>A host in a process. The machine is made when the process starts.</summary>
    /// <param name="process">Where it runs.</param>
    /// <param name="name">Name in traces, after that of the process.</param>
    /// <param name="create">Makes the machine, at every start.</param>
    /// <param name="route">Carries out its effects.</param>
    /// <param name="timerFired">The input that answers a timer, by its id.</param>
    /// <param name="options">Settings and bounds; null for the defaults.</param>
    public MachineHost(
        SimProcess process,
        string name,
        Func<IMachine<TIn, TOut>> create,
        EffectRoute<TIn, TOut> route,
        Func<long, TIn> timerFired,
        MachineHostOptions? options = null
    )
    {
        Process = process;
        Name = $"{process.Name}/{name}";
        _create = create;
        _route = route;
        _timerFired = timerFired;
        _options = options ?? new MachineHostOptions();
        _source = process.Scheduler.AddSource(Name, this, process);
        _lateness = process.Scheduler.Random.Fork($"timers/{Name}");
        process.OnStart(() => Machine = _create());
        process.OnKill(_ => Forget());
        if (process.IsRunning)
        {
            Machine = create();
        }
    }

    /// <summary>Name in traces.</summary>
    public string Name { get; }

    /// <summary>Where it runs.</summary>
    public SimProcess Process { get; }

    /// <summary>The machine of this life of the process; null while it is down.</summary>
    public IMachine<TIn, TOut>? Machine { get; private set; }

    /// <summary>Number of timers set.</summary>
    public int Timers => _timers.Count;

    /// <summary>Number of inputs posted and not yet taken.</summary>
    public int Queued => _inbox.Count - _freeInbox.Count;

    /// <summary>Queues an input: after what is due now, or later.</summary>
    /// <param name="input">The input.</param>
    /// <param name="delayUs">How much later, true µs.</param>
    /// <returns>False when the process is down: the input is gone.</returns>
    public bool Post(in TIn input, long delayUs = 0)
    {
        if (!Process.IsRunning)
        {
            return false;
        }

        if (!_freeInbox.TryPop(out int place))
        {
            if (_inbox.Count >= _options.InboxMax)
            {
                throw new SimLimitException(
                    $"{Name} has {_inbox.Count:N0} inputs waiting, which is the limit (seed {Process.Scheduler.Seed}).",
                    Name
                );
            }

            place = _inbox.Count;
            _inbox.Add(default!);
        }

        _inbox[place] = input;
        Process.Scheduler.Schedule(_source, Process.Scheduler.NowUs + Math.Max(0, delayUs), InputKind, place);
        return true;
    }

    /// <summary>Hands an input over at once. Only from an event of another source, such as the network's: never from this machine's own effects.</summary>
    /// <returns>False when the process is down: the input is gone.</returns>
    public bool Deliver(in TIn input)
    {
        if (!Process.IsRunning)
        {
            return false;
        }

        if (_busy)
        {
            throw new InvalidOperationException($"{Name} is handling an input: post this one.");
        }

        Handle(input);
        return true;
    }

    /// <summary>
    /// Lets something be done to the machine that is no input of it, with effects: by a test, or by whoever operates it. As <see cref="Deliver"/>
    /// otherwise.
    /// </summary>
    public bool Do(Action<IMachine<TIn, TOut>, Now, IEffectSink<TOut>> work)
    {
        if (!Process.IsRunning)
        {
            return false;
        }

        if (_busy)
        {
            throw new InvalidOperationException($"{Name} is handling an input: post this one.");
        }

        Work(default!, work);
        return true;
    }

    /// <summary>Sets a timer; one of the same id that is already set is replaced. A moment that has passed fires as soon as may be.</summary>
    /// <param name="id">The machine's own number for it.</param>
    /// <param name="dueMonotonicMs">When, on the monotonic clock of the process.</param>
    public void SetTimer(long id, long dueMonotonicMs)
    {
        if (!Process.IsRunning)
        {
            return;
        }

        CancelTimer(id);
        if (_timers.Count >= _options.TimersMax)
        {
            throw new SimLimitException(
                $"{Name} has {_timers.Count:N0} timers, which is the limit (seed {Process.Scheduler.Seed}).",
                Name
            );
        }

        long lateUs = _options.TimerLatenessMaxUs == 0 ? 0 : _lateness.NextBetween(0, _options.TimerLatenessMaxUs);
        _timers[id] = Process.Scheduler.Schedule(_source, Process.Clock.TrueUs(dueMonotonicMs) + lateUs, TimerKind, id);
    }

    /// <summary>Takes a timer back. False when none of this id is set.</summary>
    public bool CancelTimer(long id) => _timers.Remove(id, out SimEventHandle handle) && Process.Scheduler.Cancel(handle);

    /// <inheritdoc/>
    public void Add(in TOut effect) => _effects.Add(effect);

    /// <inheritdoc/>
    void ISimActor.Fire(int kind, long argument)
    {
        if (kind == TimerKind)
        {
            _timers.Remove(argument);
            Handle(_timerFired(argument));
            return;
        }

        TIn input = _inbox[(int)argument];
        _inbox[(int)argument] = default!;
        _freeInbox.Push((int)argument);
        Handle(input);
    }

    /// <inheritdoc/>
    string ISimActor.Describe(int kind) => kind == TimerKind ? "timer" : "input";

    private void Handle(in TIn input)
    {
        Process.Scheduler.Trace?.Invoke(new SimTraceEntry(Process.Scheduler.NowUs, Name, "in", 0, input));
        Work(input, null);
    }

    private void Work(in TIn input, Action<IMachine<TIn, TOut>, Now, IEffectSink<TOut>>? work)
    {
        VirtualScheduler scheduler = Process.Scheduler;
        int life = Process.Starts;
        _busy = true;
        try
        {
            if (work is null)
            {
                Machine!.Handle(input, Process.Now, this);
            }
            else
            {
                work(Machine!, Process.Now, this);
            }

            // An effect may kill the process: what was to follow then never happens.
            for (int i = 0; i < _effects.Count && Process.IsRunning && Process.Starts == life; i++)
            {
                TOut effect = _effects[i];
                scheduler.Trace?.Invoke(new SimTraceEntry(scheduler.NowUs, Name, "out", i, effect));
                _route(effect, this);
            }
        }
        catch (ProcessKilledException death) when (Process.IsRunning && Process.Starts == life)
        {
            Process.Kill(death.Kind, death.Message);
        }
        finally
        {
            _effects.Clear();
            _busy = false;
        }
    }

    private void Forget()
    {
        _timers.Clear();
        _inbox.Clear();
        _freeInbox.Clear();
        Machine = null;
    }
}
