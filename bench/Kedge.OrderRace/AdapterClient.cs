using System.Diagnostics;
using Kedge.Data.Files;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Hosting;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.OrderRace;

/// <summary>
/// The same orders through the whole adapter: queue, nonces on the disk, session, outcome of each order, and its updates and fills by
/// WebSocket. A new order goes out when one has its outcome.
/// </summary>
internal sealed class AdapterClient : IVenueListener, IAsyncDisposable
{
    private static readonly RiskReceipt Receipt = RiskReceipt.ByOperator("race", "a race");

    private readonly string _folder = Directory.CreateTempSubdirectory("kedge-race").FullName;
    private readonly TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HyperliquidVenue _venue;
    private TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _number;
    private long _end;
    private long _open;

    public AdapterClient(Uri url, int inFlight)
    {
        VenueHostOptions options = new()
        {
            Network = NetworkEndpoint.TryParse(url.GetLeftPart(UriPartial.Authority), isMainnet: true, out NetworkEndpoint? there)
                ? there
                : throw new InvalidOperationException(),
            Session = new SessionSettings
            {
                Account = RaceVenue.User,
                Signer = RaceVenue.Agent,
                WeightPerMinute = 1_000_000,
                WeightShare = 1.0,
                MaxInFlight = inFlight,
            },
            Cursor = AccountCursor.StartingAt(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()),
            StateFolder = _folder,
            Files = LocalFileSystem.Instance,
        };
        _venue = HyperliquidVenue.Start(options, this);
    }

    public Task Up => _up.Task;

    public long Failed { get; private set; }

    public long Fills { get; private set; }

    public string? FirstFailure { get; private set; }

    public async Task<TimeSpan> RunAsync(int orders, int lines)
    {
        _done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        long start = Stopwatch.GetTimestamp();
        Volatile.Write(ref _open, orders);
        long first = Volatile.Read(ref _number);
        Volatile.Write(ref _end, first + orders);
        for (int i = 0; i < Math.Min(lines, orders); i++)
        {
            SendNext();
        }

        await _done.Task.WaitAsync(TimeSpan.FromMinutes(3)).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(start);
    }

    public void On(VenueEvent venueEvent)
    {
        switch (venueEvent)
        {
            case VenueEvent.SessionUp:
                _up.TrySetResult();
                break;
            case VenueEvent.Filled:
                Fills++;
                break;
            case VenueEvent.OrderAcked:
                Ended(null);
                break;
            case VenueEvent.OrderRejected rejected:
                Ended($"{rejected.Code} {rejected.Text}");
                break;
            case VenueEvent.OrderUnknown unknown:
                Ended(unknown.Reason);
                break;
            case VenueEvent.SessionDown down:
                FirstFailure ??= down.Reason;
                break;
            default:
                break;
        }
    }

    public void Mid(string symbol, double mid, long receivedMonotonicMs) { }

    public void Quote(string symbol, double bid, double ask, long venueMs, long receivedMonotonicMs) { }

    public async ValueTask DisposeAsync()
    {
        await _venue.DisposeAsync().ConfigureAwait(false);
        Directory.Delete(_folder, recursive: true);
    }

    private void Ended(string? failure)
    {
        if (failure is not null)
        {
            Failed++;
            FirstFailure ??= failure;
        }

        if (Interlocked.Decrement(ref _open) == 0)
        {
            _done.TrySetResult();
        }
        else
        {
            SendNext();
        }
    }

    private void SendNext()
    {
        long number = Interlocked.Increment(ref _number) - 1;
        if (number < Volatile.Read(ref _end))
        {
            _venue.Send(new VenueCommand.Place([ApprovedOrder.From(OrderWriter.Intent(number), Receipt)]));
        }
        else
        {
            Interlocked.Decrement(ref _number);
        }
    }
}
