using Kedge.Conformance.Ledgers;
using Kedge.Crypto;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Simulation.Faults;
using Kedge.Simulation.Network;
using Kedge.Simulation.Scheduling;
using Kedge.Simulation.Venues;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Conformance.Worlds;

/// <summary>The adapter and the simulated exchange in one process under virtual time.</summary>
internal sealed class SimulatedWorld : IVenueWorld
{
    private static readonly PrivateKey Owner = Key(0x11);
    private static readonly PrivateKey Agent = Key(0x22);
    private readonly SimulatedWorldOptions _options;
    private readonly SimulatedVenue _venue;
    private HyperliquidGateway _gateway = null!;

    public SimulatedWorld(SimulatedWorldOptions? options = null)
    {
        _options = options ?? new SimulatedWorldOptions();
        Scheduler = new VirtualScheduler(_options.Seed, new SchedulerOptions { ShuffleSimultaneous = true });
        Network = new SimNetwork(Scheduler, _options.Plan) { PlanIsActive = false };
        ServerProcess = Scheduler.AddProcess("venue", new ClockOptions { DriftPpm = 20 });
        Client = Scheduler.AddProcess("client", new ClockOptions { DriftPpm = -30, WallSkewMs = 150 });
        Server = new SimulatedVenueServer(Network, ServerProcess, Create, machine => SimulatedGateway.Save(machine));
        _venue = new SimulatedVenue(
            Network,
            Client,
            Server.Names,
            () => new HyperliquidSession(SessionSettings()),
            (session, _, sink) => ((HyperliquidSession)session).DeliverPrices(sink),
            Log,
            VenueCapabilities.RestingOrders
                | VenueCapabilities.Triggers
                | VenueCapabilities.Brackets
                | VenueCapabilities.Modify
                | VenueCapabilities.ScheduledCancel
                | VenueCapabilities.Funding
                | VenueCapabilities.History
                | VenueCapabilities.Sends
        );
        Log.Kept = cursor =>
        {
            _venue.Disk.Cursor = cursor;
            _venue.Send(new VenueCommand.CursorKept(cursor));
        };
        Client.OnKill(_ => Log.Died());
        ServerProcess.Start();
        Server.Operate(
            new VenueOperation.OpenAccount(Addresses.Of(Owner.PublicKey.ToAddress()), Addresses.Of(Agent.PublicKey.ToAddress()), 100_000 * Bounds.Usd)
        );
        Market = new SimulatedMarket(Scheduler, Server, Instruments, [600_000, 300_000], _options.WanderPpm);
        _venue.Disk.Cursor = AccountCursor.StartingAt(Scheduler.Now.WallMs);
        Injector = new FaultInjector(Network);
        Truth = new SimulatedTruth(() => _gateway, Addresses.Of(Owner.PublicKey.ToAddress()));
        Log.Ledger.Ended = (order, phase) =>
        {
            if (Agreement.FalseEnd(order, phase, Truth) is { } lie)
            {
                Log.Ledger.Complain($"{Scheduler.NowUs / 1_000} ms: {lie}: {order}");
            }
        };
        Scheduler.RunFor(2_000);
        Client.Start();
        _venue.Send(
            new VenueCommand.Subscribe(Mids: true, ["BTC", "ETH"], [("BTC", Interval.Parse("1m"))])
        );
    }

    public static IReadOnlyList<Instrument> Instruments { get; } =
    [
        new("BTC", 5, new MarginTable(new MarginTier(0, 40), new MarginTier(150_000_000 * Bounds.Usd, 20)), 10_000_000),
        new("ETH", 4, new MarginTable(new MarginTier(0, 25), new MarginTier(2_000_000 * Bounds.Usd, 10)), 10_000_000),
    ];

    public string Name => "Hyperliquid, virtual time";

    public WorldTraits Traits =>
        WorldTraits.VirtualTime
        | WorldTraits.Truth
        | WorldTraits.WireFaults
        | WorldTraits.VenueFaults
        | WorldTraits.ClientRestart
        | WorldTraits.VenueRestart
        | WorldTraits.Connection
        | WorldTraits.Rules
        | WorldTraits.Fills
        | WorldTraits.Limits;

    public VirtualScheduler Scheduler { get; }

    public SimNetwork Network { get; }

    public SimProcess ServerProcess { get; }

    public SimProcess Client { get; }

    public SimulatedVenueServer Server { get; }

    public SimulatedMarket Market { get; }

    public FaultInjector Injector { get; }

    public IVenue Venue => _venue;

    public VenueDisk Disk => _venue.Disk;

    public VenueLog Log { get; } = new();

    public IVenueTruth Truth { get; }

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
                foreach (SimSocket socket in Network.Sockets.Where(one => one.Owner == Client && one.State == SocketState.Open).ToArray())
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
                Network.Requests.FailNext(Server.Names.Http, FaultKind.RequestLost + (fault - WireFault.RequestLost), forMs, count, Cause);
                break;
        }
    }

    public void Misbehave(string fault) => SimulatedGateway.Misbehave(Server, fault);

    public void Behave() => SimulatedGateway.Behave(Server);

    public void RestartClient(long downMs) => Restart(Client, downMs);

    public void RestartVenue(long downMs) => Restart(ServerProcess, downMs);

    public void Dispose() { }

    private void Restart(SimProcess process, long downMs)
    {
        process.Kill(KillKind.Process, "row");
        Scheduler.At((Scheduler.NowUs / 1_000) + downMs, "restart", process.Start);
    }

    private IMachine<GatewayInput, GatewayOutput> Create(byte[]? saved)
    {
        IMachine<GatewayInput, GatewayOutput> made = SimulatedGateway.Create(_options, Instruments, saved, out _gateway);
        return made;
    }

    private SessionSettings SessionSettings() =>
        _options.Session(
            new SessionSettings
            {
                Account = Owner.PublicKey.ToAddress(),
                Signer = Agent,
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
