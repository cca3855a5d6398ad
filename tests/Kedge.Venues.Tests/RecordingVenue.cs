using Kedge.Model.Venues;

namespace Kedge.Venues.Tests;

/// <summary>A venue that does nothing but remember what it was told.</summary>
internal sealed class RecordingVenue(IVenueListener listener) : IVenue
{
    public string Name => "recording";

    public VenueCapabilities Capabilities => VenueCapabilities.Sends | VenueCapabilities.Triggers | VenueCapabilities.History;

    public IVenueListener Listener { get; } = listener;

    public List<VenueCommand> Sent { get; } = [];

    public Action? OnSend { get; set; }

    public void Send(VenueCommand command)
    {
        Sent.Add(command);
        OnSend?.Invoke();
    }
}
