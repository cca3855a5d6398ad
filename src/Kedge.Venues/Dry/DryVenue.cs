using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Venues.Dry;

/// <summary>
/// A venue that only writes down what it would send. Questions and market data are the inner venue's; whatever would change something is written
/// down and ends at once as not sent, so that nobody waits for it.
/// </summary>
public sealed class DryVenue : IVenue, IVenueListener
{
    /// <summary>The words of every refusal.</summary>
    public const string Refusal = "dry: written down, not sent";

    private readonly Lock _lock = new();
    private readonly IVenueListener _listener;
    private readonly IDrySink _sink;
    private readonly Func<long> _wallMs;
    private readonly Func<VenueCommand, string?> _wire;
    private readonly IVenue _inner;

    /// <summary>Makes a dry venue.</summary>
    /// <param name="sink">Where it writes.</param>
    /// <param name="listener">Who is told.</param>
    /// <param name="wallMs">UTC epoch milliseconds.</param>
    /// <param name="inner">Makes the inner venue with this venue as its listener.</param>
    /// <param name="wire">How the inner venue would put a command on the wire, unsigned; null when it cannot be said.</param>
    public DryVenue(
        IDrySink sink,
        IVenueListener listener,
        Func<long> wallMs,
        Func<IVenueListener, IVenue> inner,
        Func<VenueCommand, string?>? wire = null
    )
    {
        ArgumentNullException.ThrowIfNull(inner);
        _sink = sink;
        _listener = listener;
        _wallMs = wallMs;
        _wire = wire ?? (_ => null);
        _inner = inner(this);
    }

    /// <inheritdoc/>
    public string Name => $"dry:{_inner.Name}";

    /// <inheritdoc/>
    public VenueCapabilities Capabilities => _inner.Capabilities & ~VenueCapabilities.Sends;

    /// <inheritdoc/>
    public void Send(VenueCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);

        // Named one by one: a command that is added later is not sent before somebody says that it only asks.
        bool asks =
            command
            is VenueCommand.QueryOrder
                or VenueCommand.ResolveOrder
                or VenueCommand.QueryAccount
                or VenueCommand.QueryOpenOrders
                or VenueCommand.QueryHistory
                or VenueCommand.QueryInstruments
                or VenueCommand.QueryDayVolumes
                or VenueCommand.QueryCandles
                or VenueCommand.QueryFundingRates
                or VenueCommand.Subscribe
                or VenueCommand.CursorKept;
        if (asks)
        {
            _inner.Send(command);
            return;
        }

        lock (_lock)
        {
            DryRecord record = new(_wallMs(), command, _wire(command));
            _sink.Written(record);
            _listener.On(new VenueEvent.Noted("dry", $"would send {record.Wire ?? command.ToString()}"));
            foreach (VenueEvent refusal in CommandRefusals.Of(command, RejectCode.NotSent, Refusal))
            {
                _listener.On(refusal);
            }
        }
    }

    /// <inheritdoc/>
    public void On(VenueEvent venueEvent)
    {
        lock (_lock)
        {
            _listener.On(venueEvent);
        }
    }

    /// <inheritdoc/>
    public void Mid(string symbol, double mid, long receivedMonotonicMs)
    {
        lock (_lock)
        {
            _listener.Mid(symbol, mid, receivedMonotonicMs);
        }
    }

    /// <inheritdoc/>
    public void Quote(string symbol, double bid, double ask, long venueMs, long receivedMonotonicMs)
    {
        lock (_lock)
        {
            _listener.Quote(symbol, bid, ask, venueMs, receivedMonotonicMs);
        }
    }
}
