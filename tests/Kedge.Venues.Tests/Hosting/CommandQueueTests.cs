using System.Collections.Concurrent;
using Kedge.Crypto;
using Kedge.Data.Files;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Hosting;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Venues.Tests.Hosting;

/// <summary>Commands at a venue that cannot take them: each ends, once, as not sent.</summary>
public sealed class CommandQueueTests : IVenueListener, IDisposable
{
    private const int Senders = 2;
    private const int Each = 5_000;
    private const string Key = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";

    private readonly string _folder = Directory.CreateTempSubdirectory("kedge-queue-").FullName;
    private readonly ConcurrentQueue<VenueEvent.OrderRejected> _rejected = new();
    private int _others;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Full_queue_answers_at_once_and_loses_no_order()
    {
        Assert.True(PrivateKey.TryParse(Key, out PrivateKey? key));
        Assert.True(NetworkEndpoint.TryParse("http://127.0.0.1:9", isMainnet: false, out NetworkEndpoint? nowhere));
        HyperliquidVenue venue = HyperliquidVenue.Start(
            new VenueHostOptions
            {
                Network = nowhere,
                Session = new SessionSettings { Account = Secp256k1.Default.PublicKeyOf(key).ToAddress(), Signer = key },
                Cursor = AccountCursor.StartingAt(0),
                StateFolder = _folder,
                Files = LocalFileSystem.Instance,
                MaxCommands = 1,
            },
            this
        );
        await using (venue)
        {
            await Task.WhenAll(Enumerable.Range(0, Senders).Select(s => Task.Run(() => SendAll(venue, s))));
        }

        key.Dispose();
        Assert.Equal(0, _others);
        Assert.All(_rejected, r => Assert.Equal(RejectCode.NotSent, r.Code));
        Assert.Equal(
            Enumerable.Range(1, Senders * Each).Select(i => new ClientOrderId((UInt128)i)),
            _rejected.Select(r => r.Id).OrderBy(id => id.Value)
        );
        Assert.Contains(_rejected, r => r.Text.Contains("queue of commands is full", StringComparison.Ordinal));
    }

    void IVenueListener.On(VenueEvent venueEvent)
    {
        switch (venueEvent)
        {
            case VenueEvent.OrderRejected rejected:
                _rejected.Enqueue(rejected);
                break;
            case VenueEvent.OrderAcked or VenueEvent.OrderUnknown:
                Interlocked.Increment(ref _others);
                break;
            default:
                break;
        }
    }

    void IPriceSink.Mid(string symbol, double mid, long receivedMonotonicMs) { }

    void IPriceSink.Quote(string symbol, double bid, double ask, long venueMs, long receivedMonotonicMs) { }

    private static void SendAll(HyperliquidVenue venue, int sender)
    {
        RiskReceipt receipt = RiskReceipt.ByOperator("test", "a test");
        for (int i = 1; i <= Each; i++)
        {
            ClientOrderId id = new((UInt128)((sender * Each) + i));
            OrderIntent intent = new(id, "BTC", true, 0.01m, 30_000m, TimeInForce.Gtc, ReduceOnly: false);
            venue.Send(new VenueCommand.Place([ApprovedOrder.From(intent, receipt)]));
        }
    }
}
