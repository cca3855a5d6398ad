using Kedge.Model.Venues;

namespace Kedge.Data.Feed.Serving;

/// <summary>
/// Takes everything a feed has to tell the outside. Prices and events come on the venue's thread, bars on the feed's loop; none may block or throw.
/// </summary>
public interface IFeedOutlet : IPriceSink
{
    /// <summary>What the store held of a series when the feed started.</summary>
    void Restored(StoredSeries series);

    /// <summary>A closed bar.</summary>
    void Served(FeedEffect.Served served);

    /// <summary>The venue told something, forming candles left out; in order with prices.</summary>
    void Told(VenueEvent told);
}
