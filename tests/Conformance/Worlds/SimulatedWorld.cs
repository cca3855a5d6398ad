using Kedge.Conformance.Ledgers;
using Kedge.Crypto;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Gateways.Hyperliquid.Faults;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Simulation.Faults;
using Kedge.Simulation.Network;
using Kedge.Simulation.Scheduling;
using Kedge.Simulation.Venues;
using Kedge.Venues.Hyperliquid.Session;
using FaultKind = Kedge.Simulation.Faults.FaultKind;

namespace Kedge.Conformance.Worlds;

/// <summary>The adapter and the simulated exchange in one process under virtual time.</summary>
internal sealed class SimulatedWorld : IVenueWorld
{
    private const int SpentAtOnce = 500;
    private static readonly PrivateKey Owner = Key(0x11);
    private static readonly PrivateKey Agent = Key(0x22);
    private readonly SimulatedWorldOptions _options;
    private readonly HashSet<SimSocket> _broken = [];
    private readonly Dictionary<string, long> _happened = new(StringComparer.Ordinal);
    private readonly SimulatedTruth _truth;
    private SimulatedVenue _venue = null!;
    private HyperliquidGateway _gateway = null!;

    public SimulatedWorld(SimulatedWorldOptions? options = null)
    {
        _options = options ?? new SimulatedWorldOptions();
        Scheduler = new VirtualScheduler(_options.Seed, new SchedulerOptions { ShuffleSimultaneous = true });
        Network = new SimNetwork(Scheduler, _options.Plan) { PlanIsActive = false };
        ServerProcess = Scheduler.AddProcess("venue", new ClockOptions { DriftPpm = 20 });
        Client = Scheduler.AddProcess("client", new ClockOptions { DriftPpm = -30, WallSkewMs = 150 });
        Server = new SimulatedVenueServer(Network, ServerProcess, Create, _ => _gateway.Save());
        Venue = _options.Wrap is null ? Make(Log) : _options.Wrap(this, Make);
        Log.Kept = cursor =>
        {
            _venue.Disk.Cursor = cursor;
            Venue.Send(new VenueCommand.CursorKept(cursor));
        };
        Client.OnKill(_ => Log.Died());
        Server.Logged = entry =>
        {
            if (entry.Code.StartsWith("fault.", StringComparison.Ordinal))
            {
                VenueFaults++;
                string word = entry.Code["fault.".Length..];
                _happened[word] = _happened.GetValueOrDefault(word) + 1;
            }
        };
        ServerProcess.Start();
        Server.Operate(
            new VenueOperation.OpenAccount(Addresses.Of(Account), Addresses.Of(AddressOf(Agent)), 100_000 * Bounds.Usd)
        );
        Market = new SimulatedMarket(Scheduler, Server, Instruments, [600_000, 300_000], _options.WanderPpm);
        _venue.Disk.Cursor = _options.HasAccount ? AccountCursor.StartingAt(Scheduler.Now.WallMs) : null;
        Injector = new FaultInjector(Network);
        _truth = new SimulatedTruth(() => _gateway, Addresses.Of(Account));
        Truth = _options.Traits.HasFlag(WorldTraits.Truth) ? _truth : null;
        Log.Ledger.Ended = (order, phase) =>
        {
            if (Truth is not null && Agreement.FalseEnd(order, phase, Truth) is { } lie)
            {
                Log.Ledger.Complain($"{Scheduler.NowUs / 1_000} ms: {lie}: {order}");
            }
        };
        Scheduler.RunFor(2_000);
        Client.Start();
        Venue.Send(new VenueCommand.Subscribe(Mids: true, ["BTC", "ETH"], [("BTC", Interval.Parse("1m"))]));
    }

    public static IReadOnlyList<Instrument> Instruments { get; } =
    [
        new("BTC", 5, new MarginTable(new MarginTier(0, 40), new MarginTier(150_000_000 * Bounds.Usd, 20)), 10_000_000),
        new("ETH", 4, new MarginTable(new MarginTier(0, 25), new MarginTier(2_000_000 * Bounds.Usd, 10)), 10_000_000),
    ];

    public string Name => _options.Name;

    public WorldTraits Traits => _options.Traits;

    public VirtualScheduler Scheduler { get; }

    public SimNetwork Network { get; }

    public SimProcess ServerProcess { get; }

    public SimProcess Client { get; }

    public SimulatedVenueServer Server { get; }

    public SimulatedMarket Market { get; }

    public FaultInjector Injector { get; }

    public IVenue Venue { get; }

    /// <summary>Faults of the venue's own, so far.</summary>
    public int VenueFaults { get; private set; }

    public VenueDisk Disk => _venue.Disk;

    public VenueLog Log { get; } = new();

    public IVenueTruth? Truth { get; }

    public long WallMs => Client.Now.WallMs;

    public int Life => Client.Starts;

    public bool WaitUntil(Func<bool> done, long withinMs) => Scheduler.RunUntil(done, withinMs);

    public void MovePrice(string symbol, decimal price) => Market.Move(symbol == "BTC" ? 0 : 1, price);

    public void Break(WireFault fault, long forMs = 10_000, int count = 1)
    {
        const string Cause = "row";
        switch (fault)
        {
            case WireFault.Drop:
            case WireFault.HalfOpen:
            case WireFault.Stall:
                foreach (
                    SimSocket socket in Network
                        .Sockets.Where(one => one.Owner == Client && one.State == SocketState.Open && _broken.Add(one))
                        .ToArray()
                )
                {
                    if (fault == WireFault.Drop)
                    {
                        Network.Drop(socket, Cause);
                    }
                    else if (fault == WireFault.HalfOpen)
                    {
                        Network.HalfOpen(socket, SocketDirections.Both, Cause);
                    }
                    else
                    {
                        Network.Stall(socket, SocketDirections.Both, forMs, Cause);
                    }
                }

                break;
            case WireFault.Partition:
                Network.Partition(Client, ServerProcess, forMs, Cause);
                break;
            default:
                Network.Requests.FailNext(
                    Server.Names.Http,
                    FaultKind.RequestLost + (fault - WireFault.RequestLost),
                    forMs,
                    count,
                    Cause
                );
                break;
        }
    }

    /// <summary>What goes wrong at the venue by itself, in this life of it and the next ones.</summary>
    public ExchangeFaultPlan FaultPlan
    {
        get;
        set
        {
            field = value;
            SimulatedGateway.Plan(Server, value);
        }
    } = ExchangeFaultPlan.None;

    public void Misbehave(string fault) => SimulatedGateway.Misbehave(Server, fault);

    /// <summary>
    /// Whether the adapter's weight budget is drained: questions wait, and 140, a list of live orders with a full page of fills, do not fit into the
    /// four fifths of the budget that questions may use.
    /// </summary>
    public bool IsBudgetDrained =>
        _venue.Session is HyperliquidSession { Status: { Queued: > 0 } status }
        && status.WeightUsed + 140 > status.WeightBudget * 4 / 5;

    public long Happened(string fault) => _happened.GetValueOrDefault(fault);

    public void Behave()
    {
        FaultPlan = ExchangeFaultPlan.None;
        SimulatedGateway.Behave(Server);
    }

    public void SpendActions()
    {
        ExchangeCore core = _gateway.Core;
        int account = core.FindAccount(Addresses.Of(Account));
        AccountView view = core.Account(account);
        long left = core.Settings.RequestsBase + (view.Volume / Bounds.Usd) - view.Requests;
        for (; left > 0; left -= SpentAtOnce)
        {
            OrderTarget[] nothing = new OrderTarget[Math.Min(left, SpentAtOnce)];
            Array.Fill(nothing, new OrderTarget(-1));
            Server.Operate(new VenueOperation.Command([ExchangeCommand.Cancel(account, nothing)]));
        }
    }

    public void RestartClient(long downMs) => Restart(Client, downMs);

    public void RestartVenue(long downMs) => Restart(ServerProcess, downMs);

    public void Dispose() { }

    /// <summary>The account that trades in every world.</summary>
    public static Crypto.Address Account { get; } = AddressOf(Owner);

    /// <summary>Its API wallet.</summary>
    public static Crypto.Address AgentAddress { get; } = AddressOf(Agent);

    /// <summary>The key of that wallet, for one user of it.</summary>
    public static PrivateKey AgentKey() => Key(0x22);

    private static Crypto.Address AddressOf(PrivateKey key) => Secp256k1.Default.PublicKeyOf(key).ToAddress();

    private SimulatedVenue Make(IVenueListener listener)
    {
        _venue = new SimulatedVenue(
            Network,
            Client,
            Server.Names,
            () => new HyperliquidSession(SessionSettings()),
            (session, _, sink) => ((HyperliquidSession)session).DeliverPrices(sink),
            listener,
            VenueCapabilities.RestingOrders
                | VenueCapabilities.Triggers
                | VenueCapabilities.Brackets
                | VenueCapabilities.Modify
                | VenueCapabilities.ScheduledCancel
                | VenueCapabilities.Funding
                | VenueCapabilities.History
                | VenueCapabilities.Sends
        );
        return _venue;
    }

    private void Restart(SimProcess process, long downMs)
    {
        process.Kill(KillKind.Process, "row");
        Scheduler.At((Scheduler.NowUs / 1_000) + downMs, "restart", process.Start);
    }

    private IMachine<GatewayInput, GatewayOutput> Create(byte[]? saved)
    {
        IMachine<GatewayInput, GatewayOutput> made = SimulatedGateway.Create(
            _options,
            Instruments,
            FaultPlan,
            saved,
            out _gateway
        );
        return made;
    }

    private SessionSettings SessionSettings() =>
        _options.Session(
            new SessionSettings
            {
                Account = _options.HasAccount ? Account : null,
                Signer = _options.HasAccount ? Agent : null,
                WeightShare = 1.0,
                JitterSeed = _options.Seed,
            }
        );

    private static PrivateKey Key(byte fill)
    {
        Span<byte> bytes = stackalloc byte[PrivateKey.Length];
        bytes.Fill(fill);
        return PrivateKey.TryCreate(bytes, out PrivateKey? key) ? key : throw new InvalidOperationException("not a key");
    }
}
