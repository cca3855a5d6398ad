using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Feed.Serving;

/// <summary>A candle as served; it is always over.</summary>
/// <param name="Symbol">Symbol as the venue spells it.</param>
/// <param name="Interval">Length.</param>
/// <param name="Bar">The bar.</param>
/// <param name="IsComplete">All its minutes are known; always so for a minute itself.</param>
/// <param name="Kind">Why it is served, or was last.</param>
/// <param name="Source">Where its numbers came from.</param>
/// <param name="Sequence">
/// Counts what is served of all symbols and intervals; 0 for bars that were in the store when the feed started. A bar may come twice around a
/// snapshot: the higher sequence is right, and equal ones are equal.
/// </param>
/// <param name="AgeMs">Milliseconds since the feed served it, or read it at start.</param>
/// <param name="IsSnapshot">It is part of a snapshot: known before the subscription, or after values were left out.</param>
public readonly record struct FeedCandle(
    string Symbol,
    Interval Interval,
    VenueCandle Bar,
    bool IsComplete,
    ServedAs Kind,
    BarSource Source,
    long Sequence,
    long AgeMs,
    bool IsSnapshot
);
