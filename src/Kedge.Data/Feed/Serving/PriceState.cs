namespace Kedge.Data.Feed.Serving;

/// <summary>The newest price of a symbol: one number for a mid, two for a quote. Times are monotonic milliseconds.</summary>
internal struct PriceState
{
    internal double First;
    internal double Second;
    internal long VenueMs;
    internal long ReceivedMs;
    internal long ChangedMs;
    internal long Sequence;
    internal FeedSourceKind Source;

    /// <summary>Takes a newer one; the time of change stays when the numbers do.</summary>
    internal void Take(double first, double second, long venueMs, long receivedMs, long sequence, FeedSourceKind source)
    {
        if (Sequence == 0 || !First.Equals(first) || !Second.Equals(second))
        {
            ChangedMs = receivedMs;
        }

        (First, Second, VenueMs, ReceivedMs, Sequence, Source) = (first, second, venueMs, receivedMs, sequence, source);
    }
}
