using Kedge.Data.Ledger;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Model.Machines;
using Kedge.Model.Venues;
using Kedge.Simulation;
using Kedge.Simulation.Disk;
using Kedge.Trading.Engine;
using Kedge.Trading.Engine.Hosting;
using Kedge.Trading.Journal;
using Kedge.Trading.Risk;
using Kedge.Trading.Strategies;
using Kedge.Trading.Tests.Live;
using Kedge.Trading.Tests.Strategies;

namespace Kedge.Trading.Tests.Journal;

/// <summary>
/// A live lane of one symbol behind the driver of production: ledger in SQLite, emergency file and journal on a simulated disk, and a venue that answers at
/// once. What fails is asked of the disk in the moment before the ledger or the emergency file is written.
/// </summary>
internal sealed class DriverLane : IDisposable
{
    public const string Symbol = "AAA";
    public const string JournalPath = "/lane/journal";
    private const long WallOffsetMs = 1_600_000_000_000;
    private static readonly InstrumentSpec Spec = new(Symbol, 4, 6, 0, 1.0, [new LeverageTier(0.0, 50.0)]);
    private readonly SimVfs _vfs;
    private readonly SqliteLedger _ledger;
    private readonly EmergencyFile _emergency;
    private readonly JournalWriter _journal;
    private readonly Queue<VenueCommand> _sent = new();

    /// <summary>A lane whose strategy says what a script says, at the ticks of bars counted from 0.</summary>
    public DriverLane(JournalOptions? options = null, double? stop = null, params (int Bar, StrategySignal Signal)[] script)
    {
        _vfs = new SimVfs(Disk);
        NowMs = StrategyMarket.Epoch;
        _ledger = SqliteLedger.Open(
            new SqliteLedgerOptions("/lane/trading.db", "live", "0xabc") { FileSystem = _vfs.Name },
            NowMs
        );
        _emergency = EmergencyFile.Open("/lane/trading.db.emergency", Disk.Files);
        _journal = JournalWriter.Open(Disk.Files, options ?? new JournalOptions { Folder = JournalPath });
        Venue.WallMs = () => NowMs;
        Venue.MarkOf = _ => Mark;
        Parameters parameters = StrategyMarket.Plain(Symbol);
        EngineRules rules = new()
        {
            Symbols = [Symbol],
            Parameters = [parameters],
            Portfolio = parameters,
            Terms = [Spec.ToTerms()],
            Instruments = [Spec],
            Main = Interval.OneHour,
            Lookback = 1,
        };
        EngineSettings settings = new()
        {
            Lane = "live",
            Account = "0xabc",
            Mode = TradingMode.Live,
            Risk = new RiskSettings { MaxDailyLossPct = 0, MaxDrawdownPct = 0 },
            LoadsBarsAtStart = false,
            Strategies = StrategyMarket.All(Scripted.At(script), [Symbol], stop),
        };
        TradingEngine engine = new(settings, rules);
        engine.Restore(_ledger.Load(), Now);
        Driver = new EngineDriver(
            engine,
            new EngineDriverOptions
            {
                Ledger = new Watched(this),
                Emergency = new WatchedEmergency(this),
                Journal = _journal,
                Session = "one",
                Send = command =>
                {
                    Log.Add($"send {command.GetType().Name}");
                    Sent.Add(command);
                    _sent.Enqueue(command);
                },
                Load = _ => { },
                Heard = effect =>
                {
                    Heard.Add(effect);
                    if (effect is EngineEffect.Alert alert)
                    {
                        Alerts.Add(alert.Code);
                    }
                },
            }
        );
    }

    public SimDisk Disk { get; } = new(new SimRandom(7));

    public EngineDriver Driver { get; }

    public TradingEngine Engine => Driver.Engine;

    public MirrorVenue Venue { get; } = new(10_000m, 0.00045m);

    public JournalWriter Journal => _journal;

    public SqliteLedger Ledger => _ledger;

    public EmergencyFile Emergency => _emergency;

    public long NowMs { get; private set; }

    public Now Now => new(NowMs - WallOffsetMs, NowMs);

    public decimal Mark { get; private set; } = 100m;

    public List<VenueCommand> Sent { get; } = [];

    public List<EngineEffect> Heard { get; } = [];

    public List<string> Alerts { get; } = [];

    /// <summary>What was carried out, in order.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Called before each commit.</summary>
    public Action<LedgerBatch>? BeforeCommit { get; set; }

    /// <summary>Called before each intent of the emergency file.</summary>
    public Action? BeforeEmergency { get; set; }

    public IEnumerable<VenueCommand.Place> Placed => Sent.OfType<VenueCommand.Place>();

    public IEnumerable<string> Refusals => Heard.OfType<EngineEffect.Refused>().Select(r => r.Code);

    /// <summary>Starts the engine and tells it that the venue is there.</summary>
    public void Start()
    {
        Driver.Start(Now);
        Tell(new EngineEvent.Told(new VenueEvent.SessionUp(1)));
        Settle();
    }

    public void Tell(EngineEvent told) => Driver.Tell(told, Now);

    /// <summary>Waits, with everything that is due meanwhile.</summary>
    public void Wait(long ms)
    {
        long until = NowMs + ms;
        while (Driver.DueMs is long due && due + WallOffsetMs <= until)
        {
            NowMs = Math.Max(NowMs, due + WallOffsetMs);
            Driver.Advance(Now);
            Settle();
        }

        NowMs = until;
    }

    public void Price(decimal price)
    {
        Mark = price;
        double mid = (double)price;
        Driver.Price(new PriceTick(0, mid, mid * 0.9999, mid * 1.0001, NowMs, Now.MonotonicMs), Now);
    }

    /// <summary>The bar of a number closes at the mark; its tick runs.</summary>
    public void Bar(int index)
    {
        long open = StrategyMarket.Epoch + index * Interval.OneHour.Ms;
        Wait(open + Interval.OneHour.Ms + 100 - NowMs);
        Price(Mark);
        double close = (double)Mark;
        Tell(new EngineEvent.CandleClosed(Symbol, Interval.OneHour, new Bar(open, close, close, close, close, 10.0)));
        Settle();
    }

    /// <summary>The venue answers everything that was sent.</summary>
    public void Settle()
    {
        while (_sent.TryDequeue(out VenueCommand? command))
        {
            Venue.Take(command);
            while (Venue.Events.TryDequeue(out VenueEvent? told))
            {
                Tell(new EngineEvent.Told(told));
            }
        }
    }

    /// <summary>Inputs of a segment that a loss of power would leave.</summary>
    public long DurableInputs(long segment)
    {
        MemoryFiles files = new();
        string path = Path.Combine("journal", JournalFormat.FileName(segment));
        files.Contents[path] = Disk.ReadDurable(Path.Combine(JournalPath, JournalFormat.FileName(segment))) ?? [];
        using SegmentReader reader = SegmentReader.Open(files, path);
        while (reader.Next() is not null) { }

        return reader.Sequence;
    }

    /// <summary>Every segment replayed.</summary>
    public IReadOnlyList<AuditSegment> Audit(params (int Bar, StrategySignal Signal)[] script) =>
        [
            .. new JournalAudit(Disk.Files, _ => StrategyMarket.All(Scripted.At(script), [Symbol], Stop)).Run(
                JournalFolder.Find(Disk.Files, "/lane")
            ),
        ];

    public double? Stop { get; init; }

    public void Dispose()
    {
        Engine.Dispose();
        _journal.Dispose();
        _ledger.Dispose();
        _emergency.Dispose();
        _vfs.Dispose();
    }

    private sealed class Watched(DriverLane lane) : ILedger
    {
        public long LastBatch => lane._ledger.LastBatch;

        public LedgerImage Load() => lane._ledger.Load();

        public LedgerOutcome Commit(LedgerBatch batch)
        {
            lane.BeforeCommit?.Invoke(batch);
            LedgerOutcome outcome = lane._ledger.Commit(batch);
            lane.Log.Add(outcome.IsOk ? "commit" : "commit failed");
            return outcome;
        }

        public IntentImage? Find(string intentId) => lane._ledger.Find(intentId);

        public void Dispose() { }
    }

    private sealed class WatchedEmergency(DriverLane lane) : IEmergencyIntents
    {
        public int FreeBytes => lane._emergency.FreeBytes;

        public IReadOnlyList<LedgerRow.IntentCreated> Read() => lane._emergency.Read();

        public LedgerOutcome Append(LedgerRow.IntentCreated intent)
        {
            lane.BeforeEmergency?.Invoke();
            return lane._emergency.Append(intent);
        }

        public LedgerOutcome Flush()
        {
            LedgerOutcome outcome = lane._emergency.Flush();
            lane.Log.Add(outcome.IsOk ? "emergency" : "emergency failed");
            return outcome;
        }

        public LedgerOutcome Reset()
        {
            lane.Log.Add("emergency emptied");
            return lane._emergency.Reset();
        }

        public void Dispose() { }
    }
}
