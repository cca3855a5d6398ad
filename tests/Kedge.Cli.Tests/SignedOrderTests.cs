using System.Threading.Channels;
using Kedge.Crypto;
using Kedge.Data.Files;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Hosting;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Cli.Tests;

/// <summary>The adapter signs an order and the simulated exchange takes it, over real sockets.</summary>
public sealed class SignedOrderTests : IVenueListener, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Channel<VenueEvent> _events = Channel.CreateUnbounded<VenueEvent>();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Order_of_an_agent_is_acknowledged_and_a_closed_venue_sends_nothing()
    {
        using RunningExchange exchange = RunningExchange.Start(_folder.Path, "--symbols", "BTC");
        string[] open = ["exchange", "account", "new", "--url", exchange.Admin, "--key-file", "keys.json"];
        Assert.Equal(0, KedgeProgram.Run(_folder.Path, open).Code);
        (PrivateKey key, Address account) = SignerKeys.FromSecretsFile(_folder.At("keys.json"));
        Assert.True(NetworkEndpoint.TryParse(exchange.Url, isMainnet: false, out NetworkEndpoint? network));
        VenueHostOptions options = new()
        {
            Network = network,
            Session = new SessionSettings { Account = account, Signer = key },
            Cursor = AccountCursor.StartingAt(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()),
            StateFolder = _folder.Path,
            Files = LocalFileSystem.Instance,
        };
        HyperliquidVenue venue = HyperliquidVenue.Start(options, this);
        await using (venue)
        {
            await Next<VenueEvent.SessionUp>();
            venue.Send(Order(1));
            VenueEvent.OrderAcked acked = await Next<VenueEvent.OrderAcked>();
            Assert.Equal(new ClientOrderId(1), acked.Id);
            Assert.Equal(OrderPhase.Open, acked.Phase);
        }

        venue.Send(Order(2));
        Assert.Equal(RejectCode.NotSent, (await Next<VenueEvent.OrderRejected>()).Code);
        key.Dispose();
    }

    void IVenueListener.On(VenueEvent venueEvent) => _events.Writer.TryWrite(venueEvent);

    void IPriceSink.Mid(string symbol, double mid, long receivedMonotonicMs) { }

    void IPriceSink.Quote(string symbol, double bid, double ask, long venueMs, long receivedMonotonicMs) { }

    private async Task<T> Next<T>()
        where T : VenueEvent
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(15));
        while (true)
        {
            if (await _events.Reader.ReadAsync(patience.Token) is T wanted)
            {
                return wanted;
            }
        }
    }

    private static VenueCommand.Place Order(int id) =>
        new([
            ApprovedOrder.From(
                new OrderIntent(new ClientOrderId((UInt128)id), "BTC", true, 0.01m, 30_000m, TimeInForce.Gtc, false),
                RiskReceipt.ByOperator("test", "a test")
            ),
        ]);
}
