using Kedge.Kernel;
using Kedge.Model.Ledger;
using Kedge.Model.Machines;
using Kedge.Model.Venues;
using Kedge.Simulation.Scheduling;
using Kedge.Simulation.Venues;
using Kedge.Trading.Engine;

namespace Kedge.Simulation.Trading;

/// <summary>
/// A trading engine as a program of the simulation, beside the session it trades through. Its ledger is a real one. What the engine wants written is written
/// before what it sends leaves; a commit that fails is told before anything else, and what stood behind it is dropped.
/// </summary>
public sealed class SimulatedLane : IVenueListener, IEffectSink<EngineEffect>, ISimActor
{
    private const int TimerKind = 0;
    private const int BarsKind = 1;
    private const long LoadUs = 40_000;
    private readonly SimulatedLaneOptions _options;
    private readonly SimSource _source;
    private readonly Dictionary<long, SimEventHandle> _timers = [];
    private readonly Dictionary<long, EngineEffect.LoadBars> _loads = [];
    private readonly Dictionary<string, (double Bid, double Ask)> _quotes = new(StringComparer.Ordinal);
    private readonly List<EngineEffect> _effects = [];
    private ILedger? _ledger;
    private IEmergencyIntents? _emergency;
    private bool _emergencyUsed;
    private LedgerImage? _image;

    /// <summary>A lane in a process that does not run yet.</summary>
    /// <param name="process">Where it runs.</param>
    /// <param name="options">What it is made of.</param>
    public SimulatedLane(SimProcess process, SimulatedLaneOptions options)
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(options);
        Process = process;
        _options = options;
        _source = process.Scheduler.AddSource($"{process.Name}/engine", this, process);
        process.OnStart(OpenLedger);
        Venue = options.Connect(this);
        process.OnStart(Start);
        process.OnKill(_ => End());
    }

    /// <summary>Where it runs.</summary>
    public SimProcess Process { get; }

    /// <summary>What it trades through.</summary>
    public SimulatedVenue Venue { get; }

    /// <summary>The engine of this life; null while it is down.</summary>
    public TradingEngine? Engine { get; private set; }

    /// <summary>Hears every effect, in order, before it is carried out.</summary>
    public Action<EngineEffect>? Heard { get; set; }

    /// <summary>Called after every event, when its effects are carried out.</summary>
    public Action? Handled { get; set; }

    /// <summary>Whether the next commit fails; null for a disk that always works.</summary>
    public Func<bool>? LedgerFails { get; set; }

    /// <summary>Tells the engine something, now.</summary>
    public void Tell(EngineEvent told)
    {
        if (Engine is not null)
        {
            Process.Scheduler.Trace?.Invoke(new SimTraceEntry(Process.Scheduler.NowUs, $"{Process.Name}/engine", "in", 0, told));
            Engine.Handle(in told, Process.Now, this);
            CarryOut();
        }
    }

    /// <inheritdoc/>
    public void On(VenueEvent venueEvent) => Tell(new EngineEvent.Told(venueEvent));

    /// <inheritdoc/>
    public void Mid(string symbol, double mid, long receivedMonotonicMs)
    {
        (double bid, double ask) = _quotes.GetValueOrDefault(symbol);
        Price(symbol, mid, bid, ask, receivedMonotonicMs);
    }

    /// <inheritdoc/>
    public void Quote(string symbol, double bid, double ask, long venueMs, long receivedMonotonicMs)
    {
        _quotes[symbol] = (bid, ask);
        if (bid > 0.0 && ask > 0.0)
        {
            Price(symbol, (bid + ask) / 2.0, bid, ask, receivedMonotonicMs);
        }
    }

    /// <inheritdoc/>
    void IEffectSink<EngineEffect>.Add(in EngineEffect effect) => _effects.Add(effect);

    /// <inheritdoc/>
    void ISimActor.Fire(int kind, long argument)
    {
        if (kind == TimerKind)
        {
            _timers.Remove(argument);
            Tell(new EngineEvent.TimerFired(argument));
        }
        else if (_loads.Remove(argument, out EngineEffect.LoadBars? load))
        {
            Tell(new EngineEvent.BarsLoaded(load.Symbol, load.Request, _options.Bars(load.Symbol, load.Interval, load.Bars)));
        }
    }

    /// <inheritdoc/>
    string ISimActor.Describe(int kind) => kind == TimerKind ? "timer" : "bars";

    private void OpenLedger()
    {
        _ledger = _options.Open();
        _emergency = _options.OpenEmergency?.Invoke();
        _emergencyUsed = false;
        if (_emergency is not null)
        {
            EmergencyMerge.Into(_ledger, _emergency, Process.Now.WallMs, out _);
        }

        _image = _ledger.Load();
        Venue.Disk.Cursor = _image.Cursor ?? Venue.Disk.Cursor;
    }

    private void Start()
    {
        Engine = _options.Create();
        Engine.Restore(_image!, Process.Now);
        Venue.Send(new VenueCommand.Subscribe(Mids: true, _options.Quotes, []));
        Tell(new EngineEvent.TimerFired(0));
    }

    private void End()
    {
        Engine?.Dispose();
        Engine = null;
        _ledger?.Dispose();
        _ledger = null;
        _emergency?.Dispose();
        _emergency = null;
        _timers.Clear();
        _loads.Clear();
        _quotes.Clear();
        _effects.Clear();
    }

    private void Price(string symbol, double mid, double bid, double ask, long receivedMs)
    {
        int rank = Engine?.RankOf(symbol) ?? -1;
        if (rank >= 0)
        {
            Engine!.Price(new PriceTick(rank, mid, bid, ask, Process.Now.WallMs, receivedMs), Process.Now, this);
            CarryOut();
        }
    }

    private void CarryOut()
    {
        if (_effects.Count == 0)
        {
            return;
        }

        EngineEffect[] effects = [.. _effects];
        _effects.Clear();
        bool isDropped = false;
        int life = Process.Starts;
        foreach (EngineEffect effect in effects)
        {
            if (!Process.IsRunning || Process.Starts != life)
            {
                return;
            }

            Process.Scheduler.Trace?.Invoke(
                new SimTraceEntry(Process.Scheduler.NowUs, $"{Process.Name}/engine", "out", 0, effect)
            );
            Heard?.Invoke(effect);
            if (!Process.IsRunning || Process.Starts != life)
            {
                return;
            }

            switch (effect)
            {
                case EngineEffect.Commit commit:
                    isDropped = !Commit(commit.Batch);
                    break;
                case EngineEffect.WriteEmergency emergency:
                    isDropped = false;
                    WriteEmergency(emergency);
                    break;
                case EngineEffect.Send send when !isDropped:
                    Venue.Send(send.Command);
                    break;
                case EngineEffect.SetTimer timer:
                    SetTimer(timer);
                    break;
                case EngineEffect.LoadBars load:
                    _loads[load.Request] = load;
                    Process.Scheduler.Schedule(_source, Process.Scheduler.NowUs + LoadUs, BarsKind, load.Request);
                    break;
            }
        }

        Handled?.Invoke();
    }

    private bool Commit(LedgerBatch batch)
    {
        LedgerOutcome outcome =
            LedgerFails?.Invoke() == true ? new LedgerOutcome(LedgerFailure.Full, "no space left") : _ledger!.Commit(batch);
        if (!outcome.IsOk)
        {
            Tell(new EngineEvent.LedgerFailed(batch.Sequence, outcome.Text ?? outcome.Failure.ToString()));
        }
        else if (_emergencyUsed)
        {
            // The ledger holds now what was written there.
            _emergencyUsed = !_emergency!.Reset().IsOk;
        }

        return outcome.IsOk;
    }

    private void WriteEmergency(EngineEffect.WriteEmergency emergency)
    {
        foreach (LedgerRow.IntentCreated intent in emergency.Intents)
        {
            LedgerOutcome outcome =
                _emergency?.Append(intent) ?? new LedgerOutcome(LedgerFailure.Io, "there is no emergency file");
            outcome = outcome.IsOk ? _emergency!.Flush() : outcome;
            _emergencyUsed |= outcome.IsOk;
            if (!outcome.IsOk)
            {
                Tell(new EngineEvent.EmergencyFailed(outcome.Text ?? outcome.Failure.ToString()));
            }
        }
    }

    private void SetTimer(EngineEffect.SetTimer timer)
    {
        if (_timers.Remove(timer.Id, out SimEventHandle set))
        {
            Process.Scheduler.Cancel(set);
        }

        long dueUs = Process.Clock.TrueUs(timer.DueMonotonicMs);
        _timers[timer.Id] = Process.Scheduler.Schedule(_source, dueUs, TimerKind, timer.Id);
    }
}
