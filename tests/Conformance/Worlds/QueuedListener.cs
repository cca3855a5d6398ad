using System.Collections.Concurrent;
using Kedge.Model.Venues;

namespace Kedge.Conformance.Worlds;

/// <summary>Hears a venue on its thread and tells it on the test's.</summary>
internal sealed class QueuedListener(IVenueListener listener) : IVenueListener
{
    private readonly ConcurrentQueue<Action> _heard = new();

    public void On(VenueEvent venueEvent) => _heard.Enqueue(() => listener.On(venueEvent));

    public void Mid(string symbol, double mid, long receivedMonotonicMs) =>
        _heard.Enqueue(() => listener.Mid(symbol, mid, receivedMonotonicMs));

    public void Quote(string symbol, double bid, double ask, long venueMs, long receivedMonotonicMs) =>
        _heard.Enqueue(() => listener.Quote(symbol, bid, ask, venueMs, receivedMonotonicMs));

    /// <summary>Tells what was heard.</summary>
    public void Drain()
    {
        while (_heard.TryDequeue(out Action? tell))
        {
            tell();
        }
    }
}
