using Kedge.Model.Venues;

namespace Kedge.Data.Feed.Serving;

/// <summary>Several outlets as one, told in their order.</summary>
internal sealed class FeedOutlets(params IFeedOutlet[] all) : IFeedOutlet
{
    public void Restored(StoredSeries series)
    {
        foreach (IFeedOutlet outlet in all)
        {
            outlet.Restored(series);
        }
    }

    public void Served(FeedEffect.Served served)
    {
        foreach (IFeedOutlet outlet in all)
        {
            outlet.Served(served);
        }
    }

    public void Told(VenueEvent told)
    {
        foreach (IFeedOutlet outlet in all)
        {
            outlet.Told(told);
        }
    }

    public void Mid(string symbol, double mid, long receivedMonotonicMs)
    {
        foreach (IFeedOutlet outlet in all)
        {
            outlet.Mid(symbol, mid, receivedMonotonicMs);
        }
    }

    public void Quote(string symbol, double bid, double ask, long venueMs, long receivedMonotonicMs)
    {
        foreach (IFeedOutlet outlet in all)
        {
            outlet.Quote(symbol, bid, ask, venueMs, receivedMonotonicMs);
        }
    }
}
