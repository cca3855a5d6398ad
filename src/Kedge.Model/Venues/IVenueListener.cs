namespace Kedge.Model.Venues;

/// <summary>Takes what a venue tells.</summary>
public interface IVenueListener : IPriceSink
{
    /// <summary>One event. Called in order, from one thread at a time; it must queue what takes long.</summary>
    void On(VenueEvent venueEvent);
}
