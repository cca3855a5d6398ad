using System.Buffers.Binary;
using Kedge.Configuration;
using Kedge.Crypto;
using Kedge.Data.Feed;
using Kedge.Data.Ledger;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Gateways.Hyperliquid.Faults;
using Kedge.Exchange.Market;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Files;
using Kedge.Model.Ledger;
using Kedge.Model.Machines;
using Kedge.Model.Venues;
using Kedge.Simulation.Crashes;
using Kedge.Simulation.Disk;
using Kedge.Simulation.Faults;
using Kedge.Simulation.Feeds;
using Kedge.Simulation.Network;
using Kedge.Simulation.Scheduling;
using Kedge.Simulation.Venues;
using Kedge.Trading.Engine;
using Kedge.Trading.Journal;
using Kedge.Trading.Risk;
using Kedge.Venues.Hyperliquid.Session;
using ExchangeAddress = Kedge.Exchange.Core.Address;

namespace Kedge.Simulation.Trading;

/// <summary>
/// Everything that trades, in one process under virtual time: exchange core and gateway, the wire between, session, feed, engine and ledger. One seed
/// decides market, faults and every delay. What must hold is checked after every event of the engine.
/// </summary>
public sealed class LaneScenario : IDisposable
{
    private const string LedgerPath = "/lane/ledger.db";
    private const string EmergencyPath = "/lane/ledger.db.emergency";
    private const int PricesEveryMs = 60_000;
    private const long SegmentMs = 6 * 3_600_000;
    private const long RestartMs = 10_000;
    private const long MinuteMs = 60_000;
    private const long Midnight = 1_735_689_600_000;
    private static readonly PrivateKey Owner = Key(0x11);
    private readonly LaneScenarioOptions _options;
    private const string JournalFolder = "/lane/journal";
    private readonly string _folder;
    private readonly GatewayMarket _market;
    private readonly SimulatedVenueServer _server;
    private readonly SimProcess _serverProcess;
    private readonly LaneInvariants _invariants;
    private readonly JournalWatch _journal;
    private readonly SimVfs _vfs;
    private readonly EngineRules _rules;
    private HyperliquidGateway _gateway = null!;

    /// <summary>A scenario before its first moment.</summary>
    public LaneScenario(LaneScenarioOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _folder = Directory.CreateTempSubdirectory("kedge-simulate-").FullName;
        SimRandom dice = new SimRandom(options.Seed).Fork("lane");
        long startMs = Midnight + (dice.NextBetween(0, 30 * 24 * 60) * MinuteMs) + dice.NextBetween(0, 59_999);
        Scheduler = new VirtualScheduler(
            options.Seed,
            new SchedulerOptions { ShuffleSimultaneous = true, WallStartMs = startMs }
        );
        Network = new SimNetwork(Scheduler, options.Faults) { PlanIsActive = false };
        _serverProcess = Scheduler.AddProcess("venue", new ClockOptions { DriftPpm = 20 });
        Lane = Scheduler.AddProcess("lane", new ClockOptions { DriftPpm = -30, WallSkewMs = dice.NextBetween(-300, 300) });
        Disk = new SimDisk(Scheduler.Random.Fork("disk/lane"));
        DiskInjector = new DiskFaultInjector(Scheduler, "lane", Disk, options.DiskFaults);
        Disk.Attach(Lane);
        _vfs = new SimVfs(Disk);
        _market = LaneMarket.Make(Symbols, options, dice.Fork("market"), startMs);
        _server = new SimulatedVenueServer(Network, _serverProcess, CreateGateway, _ => _gateway.Save())
        {
            Logged = entry => VenueFaults += entry.Code.StartsWith("fault.", StringComparison.Ordinal) ? 1 : 0,
        };
        Injector = new FaultInjector(Network);
        Injector.Spare(_serverProcess);
        _serverProcess.Start();
        _server.Operate(new VenueOperation.OpenAccount(Addresses(Owner), Addresses(Key(0x22)), options.DepositUsd * Bounds.Usd));
        Scheduler.RunFor(100);
        _rules = Rules();
        Feed = new SimulatedFeed(Lane, ConnectFeed, FeedSettings, Symbols, () => FeedStore.Open(_folder, Intervals))
        {
            Heard = Serve,
        };
        Engine = new SimulatedLane(Lane, LaneOptions());
        Engine.Venue.Disk.Cursor = AccountCursor.StartingAt(Scheduler.Now.WallMs);
        _journal = new JournalWatch(Disk.Files, JournalFolder, (what, times) => _invariants!.Count(what, times));
        _invariants = new LaneInvariants(Engine, Symbols);
        Engine.Opened = image => _invariants.Complain(_journal.Look(image.Journal));
        Engine.StartFailed = why => Supervise(why);
        Lane.Start();
    }

    /// <summary>Symbols that trade.</summary>
    public static IReadOnlyList<string> Symbols { get; } = ["AVAX", "BTC", "DOGE", "ETH", "SOL"];

    /// <summary>Intervals the feed keeps.</summary>
    public static IReadOnlyList<Interval> Intervals { get; } = [FeedSettings.Minute, Interval.Parse("5m")];

    /// <summary>Time.</summary>
    public VirtualScheduler Scheduler { get; }

    /// <summary>The wire.</summary>
    public SimNetwork Network { get; }

    /// <summary>What goes wrong on it, at rates.</summary>
    public FaultInjector Injector { get; }

    /// <summary>What goes wrong on the lane's disk, at rates.</summary>
    public DiskFaultInjector DiskInjector { get; }

    /// <summary>The program that trades: feed, session and engine.</summary>
    public SimProcess Lane { get; }

    /// <summary>The feed.</summary>
    public SimulatedFeed Feed { get; }

    /// <summary>The engine and its ledger.</summary>
    public SimulatedLane Engine { get; }

    /// <summary>Faults of the venue's own, so far.</summary>
    public int VenueFaults { get; private set; }

    /// <summary>What must not happen and did.</summary>
    public IReadOnlyList<string> Problems => _invariants.Problems;

    /// <summary>Orders sent, fills booked, alerts and the like.</summary>
    public IReadOnlyDictionary<string, long> Counts => _invariants.Counts;

    /// <summary>The disk under ledger and emergency file: what is not flushed may be lost with the power, wholly or in part.</summary>
    public SimDisk Disk { get; }

    private static FeedSettings FeedSettings { get; } =
        new()
        {
            HistoryBars = 300,
            ChunkBars = 300,
            RecentBars = 20,
            ConfirmMinutesEveryMs = 300_000,
            CalmTickMs = 15_000,
            WithQuotes = false,
            Coarse = [Interval.Parse("5m")],
        };

    /// <summary>Lets faults happen from now on.</summary>
    public void Misbehave()
    {
        Injector.Start();
        DiskInjector.Start();
        Network.PlanIsActive = true;
        _server.Do((machine, now, effects) => ((FaultyGateway)machine).Change(_options.VenueFaults, now, effects));
    }

    /// <summary>Ends all faults and waits until what they began has played out.</summary>
    public void Behave()
    {
        Injector.Stop();
        DiskInjector.Stop();
        Network.PlanIsActive = false;
        _server.Do((machine, now, effects) => ((FaultyGateway)machine).Stop(now, effects));
        Scheduler.RunFor(Math.Max(0, (Scheduler.Faults.PlayedOutUs - Scheduler.NowUs) / 1_000));
        Scheduler.RunUntil(() => Lane.IsRunning, 120_000);
    }

    /// <summary>Ends the lane's process and starts it again.</summary>
    public void Restart(long downMs)
    {
        if (Lane.IsRunning)
        {
            Lane.Kill(KillKind.Process, "scenario");
            Scheduler.At((Scheduler.NowUs / 1_000) + downMs, "restart", Lane.Start);
        }
    }

    /// <summary>What differs between venue, engine and ledger; nothing may once faults have played out.</summary>
    public IReadOnlyList<string> Differences()
    {
        List<string> differences = [];
        if (Engine.Engine is not { } engine)
        {
            return ["the lane is down"];
        }

        ExchangeCore core = _gateway.Core;
        int account = core.FindAccount(Addresses(Owner));
        for (int i = 0; i < Symbols.Count; i++)
        {
            Instrument instrument = core.Settings.Instruments[i];
            decimal venue = Scale(core.Position(account, i).Size, instrument.SizeDecimals);
            decimal own = engine.OwnOf(i) + engine.ForeignOf(i);
            if (venue != own)
            {
                differences.Add($"{Symbols[i]}: the venue has {venue}, the engine {own}");
            }
        }

        return differences;
    }

    /// <summary>Ends the scenario, holds the ledger against its own history and runs the journal again.</summary>
    public IReadOnlyList<string> CheckLedger()
    {
        if (Lane.IsRunning)
        {
            Lane.Kill(KillKind.Process, "end");
        }

        // Opened and closed in peace, everything is in the database itself; a copy is held against its own history.
        Disk.Points.Revive();
        JournalPosition? known;
        using (SqliteLedger ledger = OpenLedger())
        {
            known = ledger.Load().Journal;
        }

        string copy = Path.Combine(_folder, "ledger.db");
        using (IDurableFile file = Disk.Files.OpenRead(LedgerPath))
        {
            byte[] bytes = new byte[file.Length];
            int read = file.Read(0, bytes);
            File.WriteAllBytes(copy, bytes.AsSpan(0, read));
        }

        return [.. LedgerCheck.Run(copy), .. _journal.Look(known)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Lane.IsRunning)
        {
            Lane.Kill(KillKind.Process, "end");
        }

        _vfs.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private SimulatedLaneOptions LaneOptions() =>
        new()
        {
            Connect = listener => new SimulatedVenue(
                Network,
                Lane,
                _server.Names,
                () =>
                    new HyperliquidSession(
                        new SessionSettings
                        {
                            Account = AddressOf(Owner),
                            Signer = Key(0x22),
                            WeightShare = 0.5,
                            JitterSeed = _options.Seed,
                            MidsStaleMs = PricesEveryMs + 10_000,
                            QuoteStaleMs = PricesEveryMs + 10_000,
                            PingAfterMs = 45_000,
                            AuditEveryMs = 40_000,
                            OrderAuditEveryMs = 60_000,
                        }
                    ),
                (session, _, sink) => ((HyperliquidSession)session).DeliverPrices(sink),
                listener,
                VenueCapabilities.RestingOrders | VenueCapabilities.Funding | VenueCapabilities.Sends
            ),
            Disk = Disk,
            Create = () =>
                new TradingEngine(
                    new EngineSettings
                    {
                        Lane = "simulated",
                        Account = "0xsimulated",
                        Mode = TradingMode.Live,
                        Risk = _options.Risk,
                        WarmUpBars = 250,
                        LookEveryMs = _options.LookEveryMs,
                        PriceMaxAgeMs = PricesEveryMs + 10_000,
                        Live = new LiveSettings { ReconcileEveryMs = 40_000 },
                    },
                    _rules
                ),
            Open = () => new KillableLedger(OpenLedger(), Disk.Points),
            OpenEmergency = () => EmergencyFile.Open(EmergencyPath, Disk.Files),
            OpenJournal = () =>
                JournalWriter.Open(Disk.Files, new JournalOptions { Folder = JournalFolder, SegmentMs = SegmentMs }),
            Bars = Bars,
            Quotes = Symbols,
        };

    private void Supervise(string why)
    {
        _invariants.Count("starts that failed");
        Scheduler.Trace?.Invoke(new SimTraceEntry(Scheduler.NowUs, "lane", "no start", 0, why));
        Scheduler.At(
            (Scheduler.NowUs / 1_000) + RestartMs,
            "restart",
            () =>
            {
                if (!Lane.IsRunning)
                {
                    Lane.Start();
                }
            }
        );
    }

    private SqliteLedger OpenLedger() =>
        SqliteLedger.Open(
            new SqliteLedgerOptions(LedgerPath, "simulated", "0xsimulated") { FileSystem = _vfs.Name },
            Scheduler.Now.WallMs
        );

    private IReadOnlyList<Bar> Bars(string symbol, Interval interval, int count)
    {
        using FeedStore store = FeedStore.Open(_folder, Intervals);
        FeedSettings settings = FeedSettings with { WindowBars = count, HistoryBars = Math.Max(count, FeedSettings.HistoryBars) };
        StoredSeries? series = store.Read([symbol], settings, Lane.Now.WallMs).FirstOrDefault(s => s.Interval == interval);
        return series is null ? [] : [.. series.Recent.Select(b => new Bar(b.OpenMs, b.Open, b.High, b.Low, b.Close, b.Volume))];
    }

    private void Serve(FeedEffect effect)
    {
        if (effect is not FeedEffect.Served served || served.Interval != _rules.Main)
        {
            return;
        }

        VenueCandle b = served.Bar;
        EngineEvent told =
            served.Kind == ServedAs.Revised
                ? new EngineEvent.CandleRevised(served.Symbol, served.Interval, b.OpenMs)
                : new EngineEvent.CandleClosed(
                    served.Symbol,
                    served.Interval,
                    new Bar(b.OpenMs, b.Open, b.High, b.Low, b.Close, b.Volume),
                    served.IsComplete
                );
        Engine.Tell(told);
    }

    private SimulatedVenue ConnectFeed(IVenueListener listener) =>
        new(
            Network,
            Lane,
            _server.Names,
            () =>
                new HyperliquidSession(
                    new SessionSettings
                    {
                        WeightShare = 0.5,
                        JitterSeed = _options.Seed ^ 77,
                        MidsStaleMs = PricesEveryMs + 10_000,
                    }
                ),
            (session, _, sink) => ((HyperliquidSession)session).DeliverPrices(sink),
            listener,
            VenueCapabilities.History
        );

    private FaultyGateway CreateGateway(byte[]? saved)
    {
        ExchangeCore core = new(new ExchangeSettings { Instruments = [.. Symbols.Select(LaneMarket.InstrumentOf)] });
        _gateway = new HyperliquidGateway(core, new GatewaySettings(), _market);
        return new FaultyGateway(_gateway, ExchangeFaultPlan.None, new CoreFaultTargets(core), 0);
    }

    private EngineRules Rules()
    {
        StrategyConfiguration configuration = ConfigurationLoader.Defaults(
            new ConfigurationOptions
            {
                Symbols = Symbols,
                Overrides = [.. _options.Overrides.Select(o => ConfigurationOverride.Parse(o))],
            }
        );
        Dictionary<string, InstrumentSpec> specs = Symbols.ToDictionary(s => s, LaneMarket.SpecOf, StringComparer.Ordinal);
        return EngineRules.Of(configuration, Symbols, specs) with { Lookback = 60 };
    }

    private static decimal Scale(long units, int decimals) =>
        units < 0 ? -Scale(-units, decimals) : new decimal((int)units, (int)(units >> 32), 0, false, (byte)decimals);

    private static ExchangeAddress Addresses(PrivateKey key)
    {
        ReadOnlySpan<byte> bytes = AddressOf(key).Span;
        return new ExchangeAddress(
            BinaryPrimitives.ReadUInt32BigEndian(bytes),
            BinaryPrimitives.ReadUInt128BigEndian(bytes[4..])
        );
    }

    private static Crypto.Address AddressOf(PrivateKey key) => Secp256k1.Default.PublicKeyOf(key).ToAddress();

    private static PrivateKey Key(byte fill)
    {
        Span<byte> bytes = stackalloc byte[PrivateKey.Length];
        bytes.Fill(fill);
        return PrivateKey.TryCreate(bytes, out PrivateKey? key) ? key : throw new InvalidOperationException("not a key");
    }
}
