using Kedge.Model.Venues;

namespace Kedge.Venues.Tests;

/// <summary>Remembers what a venue told.</summary>
internal sealed class RecordingListener : IVenueListener
{
    public List<VenueEvent> Events { get; } = [];

    public List<(string Symbol, double Price)> Mids { get; } = [];

    /// <summary>Called after each event.</summary>
    public Action<VenueEvent>? Then { get; set; }

    public void On(VenueEvent venueEvent)
    {
        Events.Add(venueEvent);
        Then?.Invoke(venueEvent);
    }

    public void Mid(string symbol, double mid, long receivedMonotonicMs) => Mids.Add((symbol, mid));

    public void Quote(string symbol, double bid, double ask, long venueMs, long receivedMonotonicMs) => Mids.Add((symbol, bid));
}
