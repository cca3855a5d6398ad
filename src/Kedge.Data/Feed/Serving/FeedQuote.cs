namespace Kedge.Data.Feed.Serving;

/// <summary>A best bid and offer as served; a side that is empty has price 0.</summary>
/// <param name="Bid">Best bid.</param>
/// <param name="Ask">Best offer.</param>
/// <param name="VenueMs">The venue's time of it, UTC epoch milliseconds; 0 when the venue does not tell.</param>
/// <param name="Sequence">Counts quotes of all symbols; ascends for a symbol within an instance of the feed.</param>
/// <param name="ReceivedAgeMs">Milliseconds since the feed last received a quote of this symbol.</param>
/// <param name="ChangedAgeMs">Milliseconds since bid or offer of this symbol last changed; not less than <paramref name="ReceivedAgeMs"/>.</param>
/// <param name="Source">Where it came from.</param>
public readonly record struct FeedQuote(
    double Bid,
    double Ask,
    long VenueMs,
    long Sequence,
    long ReceivedAgeMs,
    long ChangedAgeMs,
    FeedSourceKind Source
);
