using Kedge.Configuration;
using Kedge.Crypto;
using Kedge.Data.Feed;
using Kedge.Data.Ledger;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Gateways.Hyperliquid.Faults;
using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Model.Machines;
using Kedge.Model.Orders;
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
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Simulation.Trading;

/// <summary>
/// Everything that trades, in one process under virtual time: exchange core and gateway, the wire between, session, feed, engine, journal and ledger. One seed
/// decides market, faults and every delay. What must hold is checked after every event of the engine.
/// </summary>
public sealed partial class LaneScenario : IDisposable
{
    private const long MinuteMs = 60_000;
    private const long Midnight = 1_735_689_600_000;
    private static readonly PrivateKey Owner = Key(0x11);
    private readonly LaneScenarioOptions _options;
    private readonly string _folder;
    private readonly GatewayMarket _market;
    private readonly SimulatedVenueServer _server;
    private readonly SimProcess _serverProcess;
    private readonly LaneReport _report;
    private readonly LedgerMirror _mirror;
    private readonly LaneInvariants _invariants;
    private readonly LaneMischief _mischief;
    private readonly LaneStrikes _strikes;
    private readonly JournalWatch _journal;
    private readonly SimVfs _vfs;
    private readonly SimRandom _restarts;
    private readonly FeedSettings _feedSettings;
    private bool _isStopping;
    private long _silentUntilUs;
    private EngineRules _rules;
    private long _checked;
    private HyperliquidGateway _gateway = null!;
    private ExchangeCore? _core;
    private int _account;

    /// <summary>A scenario before its first moment.</summary>
    /// <param name="options">What it plays.</param>
    /// <param name="armed">Crashes that are asked for before the lane's first start, in this order.</param>
    public LaneScenario(LaneScenarioOptions options, params IReadOnlyList<Action<CrashPoints>> armed)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Symbols = options.Setup?.Symbols ?? DefaultSymbols;
        _folder = ScratchFolder();
        SimRandom dice = new SimRandom(options.Seed).Fork("lane");
        long startMs = Midnight + (dice.NextBetween(0, 30 * 24 * 60) * MinuteMs) + dice.NextBetween(0, 59_999);
        Scheduler = new VirtualScheduler(
            options.Seed,
            new SchedulerOptions { ShuffleSimultaneous = true, WallStartMs = startMs }
        );
        _report = new LaneReport(Scheduler);
        _mirror = new LedgerMirror(_report);
        LaneCoverage coverage = new(_mirror, _report);
        Network = new SimNetwork(Scheduler, options.Wire) { PlanIsActive = false };
        _serverProcess = Scheduler.AddProcess("venue", new ClockOptions { DriftPpm = 20 });
        Lane = Scheduler.AddProcess("lane", new ClockOptions { DriftPpm = -30, WallSkewMs = dice.NextBetween(-300, 300) });
        CrashPoints points = new(Scheduler.Random.Fork("points/lane"), CrashPointTable.NameOf);
        Disk = new SimDisk(Scheduler.Random.Fork("disk/lane"), points: points);
        Disk.Attach(Lane);
        _restarts = Scheduler.Random.Fork("restarts/lane");
        Lane.OnKill(_ => Revive());
        _vfs = new SimVfs(Disk);
        _market = LaneMarket.Make(Symbols, options, dice.Fork("market"), startMs);
        _server = new SimulatedVenueServer(Network, _serverProcess, CreateGateway, _ => _gateway.Save())
        {
            Logged = entry => HearVenue(entry, coverage),
            IsWithheld = message => Scheduler.NowUs < _silentUntilUs && IsPrice(message.Span),
        };
        _serverProcess.Start();
        _server.Operate(new VenueOperation.OpenAccount(Addresses(Owner), Addresses(Key(0x22)), options.DepositUsd * Bounds.Usd));
        Scheduler.RunFor(1_000);
        _rules = Rules(options.Overrides);
        _feedSettings = FeedSettingsFor(_rules);
        Feed = new SimulatedFeed(Lane, ConnectFeed, _feedSettings, Symbols, () => FeedStore.Open(_folder, Intervals))
        {
            Heard = Serve,
        };
        Engine = new SimulatedLane(Lane, LaneOptions());
        _journal = new JournalWatch(Disk.Files, JournalPath, _report.Count);
        _invariants = new LaneInvariants(Engine, _mirror, _report, Symbols, VenuePosition);
        CountChecks();
        _strikes = new(this, _server, Addresses(Owner), () => _gateway.Core, options.Faults.ListedMin);
        _mischief = new LaneMischief(options.Faults, _strikes, Engine, _mirror, coverage, _report);
        Engine.Opened = Reopened;
        Engine.StartFailed = Supervise;
        foreach (Action<CrashPoints> arm in armed)
        {
            arm(points);
        }

        Lane.Start();
    }

    /// <summary>Symbols that trade unless a setup names others.</summary>
    public static IReadOnlyList<string> DefaultSymbols { get; } = ["AVAX", "BTC", "DOGE", "ETH", "SOL"];

    /// <summary>Symbols that trade.</summary>
    public IReadOnlyList<string> Symbols { get; }

    /// <summary>Intervals the feed keeps.</summary>
    public IReadOnlyList<Interval> Intervals => [FeedSettings.Minute, .. _feedSettings.Coarse];

    /// <summary>Time.</summary>
    public VirtualScheduler Scheduler { get; }

    /// <summary>The wire.</summary>
    public SimNetwork Network { get; }

    /// <summary>The program that trades: feed, session and engine.</summary>
    public SimProcess Lane { get; }

    /// <summary>The feed.</summary>
    public SimulatedFeed Feed { get; }

    /// <summary>The engine, its ledger and its journal.</summary>
    public SimulatedLane Engine { get; }

    /// <summary>The disk under ledger, journal and emergency file: what is not flushed may be lost with the power, wholly or in part.</summary>
    public SimDisk Disk { get; }

    /// <summary>Faults of the venue's own, so far.</summary>
    public int VenueFaults { get; private set; }

    /// <summary>What must not happen and did.</summary>
    public IReadOnlyList<string> Problems => _report.Problems;

    /// <summary>What each of them breaks.</summary>
    public IReadOnlyList<LaneInvariant> Broken => _report.Broken;

    /// <summary>Orders sent, fills booked, alerts, faults and the like.</summary>
    public IReadOnlyDictionary<string, long> Counts => _report.Counts;

    /// <summary>Inputs of the engine after which everything that must hold was checked.</summary>
    public long Checked => _checked;

    /// <summary>What the account is worth at the venue, less what it began with and what came and went by transfers, USD.</summary>
    public decimal ProfitUsd =>
        ((decimal)_gateway.Core.Account(_gateway.Core.FindAccount(Addresses(Owner))).TotalValue / Bounds.Usd)
        - _options.DepositUsd
        - _mirror.TransferredUsd;

    /// <summary>Intents whose outcome is not known.</summary>
    public int Unsettled => _mirror.Open.Count;

    /// <summary>Lets faults happen from now on.</summary>
    public void Misbehave()
    {
        _mischief.Start();
        Network.PlanIsActive = true;
        ExchangeFaultPlan plan = new()
        {
            Seed = (long)(_options.Seed & long.MaxValue),
            Rates = _options.Faults.Shares,
            ClockStep = new DurationRange(100, 5_000),
        };
        _server.Do((machine, now, effects) => ((FaultyGateway)machine).Change(plan, now, effects));
    }

    /// <summary>Ends all faults and waits until what they began has played out.</summary>
    public void Behave()
    {
        _mischief.Stop();
        Network.PlanIsActive = false;
        _server.Do((machine, now, effects) => ((FaultyGateway)machine).Stop(now, effects));
        Scheduler.RunFor(Math.Max(0, (Scheduler.Faults.PlayedOutUs - Scheduler.NowUs) / 1_000));
        Scheduler.RunUntil(() => Lane.IsRunning, 120_000);
    }

    /// <summary>Ends the lane's process and starts it again.</summary>
    /// <param name="downMs">How long it stays down, ms.</param>
    /// <param name="kind">Whether the machine goes with it.</param>
    public void Restart(long downMs, KillKind kind = KillKind.Process)
    {
        if (Lane.IsRunning)
        {
            Lane.Kill(kind, FaultLog.Plan);
            StartAfter(downMs);
        }
    }

    /// <summary>Has an operator lift what he latched, and cancel what he placed and what rests.</summary>
    public void TidyUp()
    {
        _strikes.Round(_restarts);
        _strikes.CancelPlaced();
    }

    /// <summary>Ends the lane's program as an operator does; it is started again within a minute.</summary>
    public void Stop()
    {
        _isStopping = Lane.IsRunning;
        Engine.Stop();
    }

    /// <summary>Complains of what differs between venue, engine and ledger; nothing may once faults have played out.</summary>
    public void CheckAgreement()
    {
        List<string> differences = [];
        if (Engine.Engine is not { } engine)
        {
            _report.Complain(LaneInvariant.AllAgreeInTheEnd, "the lane is down");
            return;
        }

        decimal unrealised = 0m;
        for (int i = 0; i < Symbols.Count; i++)
        {
            decimal own = engine.OwnOf(i) + engine.ForeignOf(i);
            if (VenuePosition(i) != own)
            {
                differences.Add($"{Symbols[i]}: the venue has {VenuePosition(i)}, the engine {own}");
            }

            unrealised += _gateway.Core.Position(_account, i).UnrealizedPnl;
        }

        decimal cash = (_gateway.Core.Account(_account).TotalValue - unrealised) / Bounds.Usd;
        if (Math.Abs(cash - _mirror.Cash) > engine.Settings.Live.CashTolerance)
        {
            differences.Add($"the venue has {cash} in cash, the ledger {_mirror.Cash}");
        }

        _report.Complain(LaneInvariant.AllAgreeInTheEnd, differences);
        if (engine.Unresolved > 0)
        {
            _report.Complain(LaneInvariant.RecoveryEnds, $"{engine.Unresolved} orders of an earlier life are not resolved");
        }

        _report.Complain(LaneInvariant.RecoveryEnds, _mirror.Open.Select(i => $"{i.Row.IntentId} is still {i.Status}"));
    }

    /// <summary>Ends the scenario, holds the ledger against its own history and the venue's fills, and runs the journal again.</summary>
    public void CheckLedger()
    {
        if (Lane.IsRunning)
        {
            Lane.Kill(KillKind.Process, "end");
        }

        Disk.Points.Revive();
        JournalPosition? known;
        using (SqliteLedger ledger = OpenLedger())
        {
            known = ledger.Load().Journal;
        }

        _report.Complain(LaneInvariant.LedgerReplays, ReplayLedger());
        _report.Complain(LaneInvariant.JournalReplays, _journal.Look(known));
        VenueFills.Compare(_gateway, AddressOf(Owner).ToString(), _mirror, Scheduler.Now, _report);
    }

    /// <summary>Something threw: no program of the scenario may.</summary>
    internal void Threw(Exception broken) =>
        _report.Complain(
            broken is LedgerLawException ? LaneInvariant.LedgerLaws : LaneInvariant.NothingThrows,
            broken.ToString()
        );

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

    /// <summary>Orders that rest on the account and are not the lane's.</summary>
    internal IReadOnlyList<(string Symbol, long Order)> RestingOrders() =>
        [
            .. _gateway
                .Core.OpenOrders(_account)
                .Where(o => o.Request.Cloid == default)
                .Select(o => (Symbols[o.Request.Symbol], o.OrderId)),
        ];

    /// <summary>Orders that an operator placed and that are not over.</summary>
    internal IReadOnlyList<(string Symbol, ClientOrderId Id)> OrdersByHand() =>
        [.. _mirror.Open.Where(i => i.Row.Owner == IntentOwner.Operator).Select(i => (i.Row.Symbol, i.Row.ClientOrderId))];

    /// <summary>The venue tells no prices from now on, and everything else.</summary>
    internal void SilencePrices(long us)
    {
        _silentUntilUs = Math.Max(_silentUntilUs, Scheduler.NowUs + us);
        Scheduler.Faults.Add(Faults.FaultKind.PricesSilent, "venue", FaultLog.Plan, us, Scheduler.NowUs + us);
    }

    /// <summary>The configuration is edited to what no loader takes, and half an hour later to something that holds from the next tick on.</summary>
    internal bool EditConfiguration(SimRandom dice)
    {
        try
        {
            ConfigurationLoader.Parse("global:\n  trade: [0.05, {", "strategy_overrides.yaml");
            _report.Complain(LaneInvariant.GarbageIsRefused, "a configuration that cannot be read was taken");
        }
        catch (KedgeException e) when (e.Kind == FailureKind.Usage)
        {
            _report.Count("configurations refused");
        }

        // Somebody's own configuration is mended to what it was; that of the scenario to another.
        string allocation = dice.Chance(0.5) ? "trade.allocation_pct=0.04" : "trade.allocation_pct=0.05";
        Scheduler.At(
            (Scheduler.NowUs / 1_000) + (30 * MinuteMs),
            "configuration mended",
            () =>
            {
                _rules = Rules([.. _options.Overrides, allocation]);
                Engine.Post(new EngineEvent.ConfigSwapped(_rules));
            }
        );
        return true;
    }
}
