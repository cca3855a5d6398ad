using Kedge.Model.Venues;

namespace Kedge.FeedRace;

/// <summary>A venue that streams what it is made to and answers no question.</summary>
internal sealed class SilentVenue(IVenueListener listener) : IVenue
{
    public IVenueListener Listener { get; } = listener;

    public string Name => "silent";

    public VenueCapabilities Capabilities => VenueCapabilities.History;

    public void Send(VenueCommand command) { }
}
