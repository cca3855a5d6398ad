using System.Diagnostics;
using Kedge.Conformance.Ledgers;
using Kedge.Data.Files;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Gateways.Hyperliquid.Faults;
using Kedge.Exchange.Hosting;
using Kedge.Exchange.Market;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Hosting;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Conformance.Worlds;

/// <summary>The adapter and the simulated exchange over real sockets of this machine, in real time.</summary>
internal sealed class SocketWorld : IVenueWorld
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kedge-conformance").FullName;
    private readonly GatewayHost _host;
    private readonly HyperliquidVenue _venue;
    private readonly QueuedListener _listener;
    private readonly FaultyGateway _faults;
    private readonly HouseQuoter[] _quoters;
    private readonly decimal[] _prices = [60_000, 3_000];
    private readonly Stopwatch _sinceQuote = Stopwatch.StartNew();

    public SocketWorld()
    {
        SimulatedWorldOptions options = new();
        IReadOnlyList<Instrument> instruments = SimulatedWorld.Instruments;
        _faults = (FaultyGateway)
            SimulatedGateway.Create(options, instruments, ExchangeFaultPlan.None, null, out HyperliquidGateway gateway);
        _host = GatewayHost.StartAsync(_faults, new GatewayHostOptions { Port = 0 }).GetAwaiter().GetResult();
        _quoters =
        [
            .. instruments.Select((one, i) => new HouseQuoter(i, one, new QuoteSettings { Levels = 5, SpreadPpm = 200 })),
        ];
        Address account = Addresses.Of(SimulatedWorld.Account);
        Operate(new VenueOperation.OpenAccount(account, Addresses.Of(SimulatedWorld.AgentAddress), 100_000 * Bounds.Usd));
        Quote();
        Truth = new SocketTruth(_host, new SimulatedTruth(() => gateway, account));
        Log.Ledger.Ended = (order, phase) =>
        {
            if (Agreement.FalseEnd(order, phase, Truth) is { } lie)
            {
                Log.Ledger.Complain($"{lie}: {order}");
            }
        };
        _listener = new QueuedListener(Log);
        _venue = HyperliquidVenue.Start(
            new VenueHostOptions
            {
                Network = NetworkEndpoint.TryParse(_host.Url.ToString(), isMainnet: false, out NetworkEndpoint? endpoint)
                    ? endpoint
                    : throw new InvalidOperationException($"{_host.Url}"),
                Session = new SessionSettings
                {
                    Account = SimulatedWorld.Account,
                    Signer = SimulatedWorld.AgentKey(),
                    WeightShare = 1.0,
                },
                Cursor = AccountCursor.StartingAt(WallMs - 1_000),
                StateFolder = _folder,
                Files = LocalFileSystem.Instance,
            },
            _listener
        );
        Log.Kept = cursor => _venue.Send(new VenueCommand.CursorKept(cursor));
        _venue.Send(new VenueCommand.Subscribe(Mids: true, ["BTC", "ETH"], [("BTC", Interval.Parse("1m"))]));
    }

    public string Name => "Hyperliquid, sockets";

    public WorldTraits Traits =>
        WorldTraits.Truth
        | WorldTraits.WireFaults
        | WorldTraits.Connection
        | WorldTraits.Rules
        | WorldTraits.Fills
        | WorldTraits.Executes;

    public IVenue Venue => _venue;

    public VenueLog Log { get; } = new();

    public IVenueTruth Truth { get; }

    public long WallMs => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    public int Life => 1;

    public bool WaitUntil(Func<bool> done, long withinMs)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            _listener.Drain();
            if (done())
            {
                return true;
            }

            if (waited.ElapsedMilliseconds >= withinMs)
            {
                return false;
            }

            if (_sinceQuote.ElapsedMilliseconds >= 1_000)
            {
                Quote();
            }

            Thread.Sleep(2);
        }
    }

    public void MovePrice(string symbol, decimal price)
    {
        _prices[symbol == "BTC" ? 0 : 1] = price;
        Quote();
    }

    public void Break(WireFault fault, long forMs = 10_000, int count = 1)
    {
        if (fault != WireFault.Drop)
        {
            throw new NotSupportedException($"{fault} takes too long in real time.");
        }

        Misbehave(FaultWords.Word(FaultKind.SocketDropped));
    }

    public void Misbehave(string fault) => Do((now, effects) => _faults.Inject(new FaultShot(Kind(fault)), now, effects));

    public long Happened(string fault) => _host.RunAsync((_, _) => _faults.Count(Kind(fault))).GetAwaiter().GetResult();

    public void Behave() =>
        Do(
            (now, effects) =>
            {
                _faults.Stop(now, effects);
                return true;
            }
        );

    public void SpendActions() => throw new NotSupportedException();

    public void RestartClient(long downMs) => throw new NotSupportedException();

    public void RestartVenue(long downMs) => throw new NotSupportedException();

    public void Dispose()
    {
        _venue.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _host.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(_folder, recursive: true);
    }

    private static FaultKind Kind(string fault) => FaultWords.Kinds.First(kind => FaultWords.Word(kind) == fault);

    private void Quote()
    {
        _sinceQuote.Restart();
        for (int symbol = 0; symbol < _prices.Length; symbol++)
        {
            long ticks = (long)(_prices[symbol] * (symbol == 0 ? 10 : 100));
            Operate(new VenueOperation.Command(_quoters[symbol].Quote(new PathPoint(WallMs, ticks, 1)).ToArray()));
        }
    }

    private void Operate(VenueOperation operation) =>
        Do(
            (now, effects) =>
            {
                _faults.Handle(new GatewayInput.Operated(operation), now, effects);
                return true;
            }
        );

    private void Do(Func<Now, IEffectSink<GatewayOutput>, bool> work) => _host.RunAsync(work).GetAwaiter().GetResult();
}
