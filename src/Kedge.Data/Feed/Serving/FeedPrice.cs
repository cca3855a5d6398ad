namespace Kedge.Data.Feed.Serving;

/// <summary>A mid price as served.</summary>
/// <param name="Mid">Price, above zero.</param>
/// <param name="VenueMs">The venue's time of it, UTC epoch milliseconds; 0 when the venue does not tell.</param>
/// <param name="Sequence">Counts mids of all symbols; ascends for a symbol within an instance of the feed.</param>
/// <param name="ReceivedAgeMs">Milliseconds since the feed last received a mid of this symbol.</param>
/// <param name="ChangedAgeMs">Milliseconds since the mid of this symbol last changed; not less than <paramref name="ReceivedAgeMs"/>.</param>
/// <param name="Source">Where it came from.</param>
public readonly record struct FeedPrice(
    double Mid,
    long VenueMs,
    long Sequence,
    long ReceivedAgeMs,
    long ChangedAgeMs,
    FeedSourceKind Source
);
