using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Model.Venues;
using Kedge.Simulation.Crashes;
using Kedge.Simulation.Scheduling;
using Kedge.Simulation.Venues;
using Kedge.Trading.Engine;
using Kedge.Trading.Engine.Hosting;
using Kedge.Trading.Journal;

namespace Kedge.Simulation.Trading;

/// <summary>
/// A trading engine as a program of the simulation, beside the session it trades through. The driver is the one of production: journal, ledger, then
/// venue, all on a simulated disk. What the disk takes in time the program waits: meanwhile inputs queue, of prices only the newest of each symbol.
/// </summary>
public sealed class SimulatedLane : IVenueListener, ISimActor
{
    private const int WakeKind = 0;
    private const int BarsKind = 1;
    private const int SendKind = 2;
    private const int TellKind = 3;
    private const int StopKind = 4;
    private const long LoadUs = 40_000;
    private const long LoadAgainUs = 5_000_000;
    private const long LoadWaitUs = 300_000_000;
    private static readonly string[] Names = ["wake", "bars", "send", "tell", "stop"];
    private readonly SimulatedLaneOptions _options;
    private readonly SimSource _source;
    private readonly Dictionary<long, (EngineEffect.LoadBars Wanted, long UntilUs)> _loads = [];
    private readonly Dictionary<string, (double Bid, double Ask)> _quotes = new(StringComparer.Ordinal);
    private readonly Queue<EngineEvent> _waiting = new();
    private readonly SortedDictionary<int, PriceTick> _waitingPrices = [];
    private readonly Queue<VenueCommand> _sending = new();
    private readonly Queue<EngineEvent> _posted = new();
    private ILedger? _ledger;
    private IEmergencyIntents? _emergency;
    private JournalWriter? _journal;
    private EngineDriver? _driver;
    private LedgerImage? _image;
    private SimEventHandle _wake;
    private long _wakeUs = long.MaxValue;
    private long _busyUntilUs;
    private long _tookUs;

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
        process.OnStart(Open);
        Venue = options.Connect(this);
        process.OnStart(Start);
        process.OnKill(_ => End());
    }

    /// <summary>Where it runs.</summary>
    public SimProcess Process { get; }

    /// <summary>What it trades through.</summary>
    public SimulatedVenue Venue { get; }

    /// <summary>The engine of this life; null while it is down.</summary>
    public TradingEngine? Engine => _driver?.Engine;

    /// <summary>Hears every effect, in order, before it is carried out.</summary>
    public Action<EngineEffect>? Heard { get; set; }

    /// <summary>Hears every command in the moment it leaves for the venue.</summary>
    public Action<VenueCommand>? Sent { get; set; }

    /// <summary>Hears the rank of every price that comes, and when it was received on the monotonic clock.</summary>
    public Action<int, long>? Priced { get; set; }

    /// <summary>Called after every input, when its effects are carried out.</summary>
    public Action? Handled { get; set; }

    /// <summary>Hears what a start found in the ledger, the emergency file merged, before the engine is told anything.</summary>
    public Action<LedgerImage>? Opened { get; set; }

    /// <summary>Hears why a start failed; the process has ended, and whoever supervises it starts it again.</summary>
    public Action<string>? StartFailed { get; set; }

    /// <summary>Tells the engine something, as soon as it is free. From within an event of the lane's own process.</summary>
    public void Tell(EngineEvent told)
    {
        if (_driver is null)
        {
            return;
        }

        if (IsBusy)
        {
            _waiting.Enqueue(told);
            Wake();
            return;
        }

        Handle(told);
        Settle();
    }

    /// <summary>Tells the engine something in an event of its own: for operators and scripts. It is lost when the process is down.</summary>
    public void Post(EngineEvent told)
    {
        if (Process.IsRunning)
        {
            _posted.Enqueue(told);
            Process.Scheduler.Schedule(_source, Process.Scheduler.NowUs, TellKind);
        }
    }

    /// <summary>Ends the program as an operator does, in an event of its own: the journal's segment is ended, everything is closed.</summary>
    public void Stop()
    {
        if (Process.IsRunning)
        {
            Process.Scheduler.Schedule(_source, Process.Scheduler.NowUs, StopKind);
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
    void ISimActor.Fire(int kind, long argument)
    {
        switch (kind)
        {
            case WakeKind:
                (_wake, _wakeUs) = (default, long.MaxValue);
                Advance();
                break;
            case SendKind:
                Leave(_sending.Dequeue());
                break;
            case TellKind:
                Tell(_posted.Dequeue());
                break;
            case StopKind:
                ShutDown();
                break;
            default:
                Answer(argument);
                break;
        }
    }

    /// <inheritdoc/>
    string ISimActor.Describe(int kind) => Names[kind];

    private bool IsBusy => Process.Scheduler.NowUs < _busyUntilUs;

    private void Open()
    {
        (_tookUs, _busyUntilUs) = (0, 0);
        try
        {
            _ledger = _options.Open();
            _emergency = _options.OpenEmergency();
            LedgerOutcome merged = EmergencyMerge.Into(_ledger, _emergency, Process.Now.WallMs, out _);
            if (!merged.IsOk)
            {
                throw KedgeException.Environment($"the emergency file cannot be merged: {merged.Text}");
            }

            _journal = _options.OpenJournal();
            _image = OpeningCursor.Load(_ledger, Process.Now.WallMs);
        }
        catch (KedgeException e) when (e.Kind == FailureKind.Environment)
        {
            // A program that finds its files unreadable ends; there is nothing it could safely do without them.
            _options.Disk.Points.ThrowIfKilled();
            StartFailed?.Invoke(e.Message);
            throw new ProcessKilledException("start", CrashWhen.After, KillKind.Process);
        }

        Venue.Disk.Cursor = _image.Cursor;
        Opened?.Invoke(_image);
        _options.Disk.TakeLatencyUs();
    }

    private void Start()
    {
        TradingEngine engine = _options.Create();
        engine.Restore(_image!, Process.Now);
        _driver = new EngineDriver(
            engine,
            new EngineDriverOptions
            {
                Ledger = _ledger,
                Emergency = _emergency,
                Journal = _journal,
                Session = $"{Process.Name}-{Process.Starts}",
                Send = Send,
                Load = Load,
                Heard = Hear,
            }
        );
        Venue.Send(new VenueCommand.Subscribe(Mids: true, _options.Quotes, []));
        _driver.Start(Process.Now);
        Settle();
    }

    private void ShutDown()
    {
        _driver!.Stop(Process.Now);
        Close();
        _options.Disk.Points.ThrowIfKilled();
        throw new ProcessKilledException("stop", CrashWhen.After, KillKind.Process);
    }

    private void Close()
    {
        _driver?.Engine.Dispose();
        _driver = null;
        _journal?.Dispose();
        _journal = null;
        _ledger?.Dispose();
        _ledger = null;
        _emergency?.Dispose();
        _emergency = null;
    }

    private void End()
    {
        Close();
        (_wake, _wakeUs) = (default, long.MaxValue);
        _loads.Clear();
        _quotes.Clear();
        _waiting.Clear();
        _waitingPrices.Clear();
        _sending.Clear();
        _posted.Clear();
    }

    private void Price(string symbol, double mid, double bid, double ask, long receivedMs)
    {
        int rank = Engine?.RankOf(symbol) ?? -1;
        if (rank < 0)
        {
            return;
        }

        Priced?.Invoke(rank, receivedMs);
        PriceTick tick = new(rank, mid, bid, ask, Process.Now.WallMs, receivedMs);
        if (IsBusy)
        {
            _waitingPrices[rank] = tick;
            Wake();
            return;
        }

        _driver!.Price(tick, Process.Now);
        Settle();
    }

    private void Advance()
    {
        while (_driver is not null && !IsBusy && _waiting.TryDequeue(out EngineEvent? told))
        {
            Handle(told);
            Take();
        }

        while (_driver is not null && !IsBusy && _waitingPrices.Count > 0)
        {
            PriceTick tick = _waitingPrices.First().Value;
            _waitingPrices.Remove(tick.Symbol);
            _driver.Price(tick, Process.Now);
            Take();
        }

        if (_driver is not null && !IsBusy && _driver.DueMs <= Process.Now.MonotonicMs)
        {
            _driver.Advance(Process.Now);
        }

        Settle();
    }

    private void Handle(EngineEvent told)
    {
        Process.Scheduler.Trace?.Invoke(new SimTraceEntry(Process.Scheduler.NowUs, _source.Name, "in", 0, told));
        _driver!.Tell(told, Process.Now);
    }

    private void Hear(EngineEffect effect)
    {
        Process.Scheduler.Trace?.Invoke(new SimTraceEntry(Process.Scheduler.NowUs, _source.Name, "out", 0, effect));
        Heard?.Invoke(effect);
    }

    /// <summary>What the disk took is waited for: by the next input, and by what is sent behind it.</summary>
    private void Take()
    {
        _tookUs += _options.Disk.TakeLatencyUs();
        _busyUntilUs = Process.Scheduler.NowUs + _tookUs;
        _tookUs = 0;
        Handled?.Invoke();
    }

    private void Settle()
    {
        if (_driver is not null)
        {
            Take();
            Wake();
        }
    }

    private void Wake()
    {
        long dueUs =
            _waiting.Count > 0 || _waitingPrices.Count > 0 ? _busyUntilUs
            : _driver!.DueMs is long dueMs ? Math.Max(_busyUntilUs, Process.Clock.TrueUs(dueMs))
            : long.MaxValue;
        if (dueUs != _wakeUs)
        {
            Process.Scheduler.Cancel(_wake);
            _wakeUs = dueUs;
            _wake = dueUs == long.MaxValue ? default : Process.Scheduler.Schedule(_source, dueUs, WakeKind);
        }
    }

    private void Send(VenueCommand command)
    {
        _tookUs += _options.Disk.TakeLatencyUs();
        if (_tookUs == 0 && _sending.Count == 0)
        {
            Leave(command);
            return;
        }

        _sending.Enqueue(command);
        Process.Scheduler.Schedule(_source, Process.Scheduler.NowUs + _tookUs, SendKind);
    }

    private void Leave(VenueCommand command) =>
        _options.Disk.Points.Call(
            $"engine.{_options.NameOf(command)}",
            () =>
            {
                Sent?.Invoke(command);
                Venue.Send(command);
            }
        );

    private void Load(EngineEffect.LoadBars load)
    {
        _loads[load.Request] = (load, Process.Scheduler.NowUs + LoadWaitUs);
        Process.Scheduler.Schedule(_source, Process.Scheduler.NowUs + LoadUs, BarsKind, load.Request);
    }

    /// <summary>A store that is still being filled is asked again, for a while: an answer with little would be taken for all there is.</summary>
    private void Answer(long request)
    {
        if (!_loads.TryGetValue(request, out (EngineEffect.LoadBars Wanted, long UntilUs) load))
        {
            return;
        }

        EngineEffect.LoadBars wanted = load.Wanted;
        IReadOnlyList<Bar> bars = _options.Bars(wanted.Symbol, wanted.Interval, wanted.Bars);
        if (bars.Count == 0 || (bars.Count < wanted.Bars && Process.Scheduler.NowUs < load.UntilUs))
        {
            Process.Scheduler.Schedule(_source, Process.Scheduler.NowUs + LoadAgainUs, BarsKind, request);
            return;
        }

        _loads.Remove(request);
        Tell(new EngineEvent.BarsLoaded(wanted.Symbol, request, bars));
    }
}
