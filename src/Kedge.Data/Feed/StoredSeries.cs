using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Feed;

/// <summary>What the store holds of one symbol and interval, as far back as the venue could still be asked.</summary>
/// <param name="Symbol">Symbol as the venue spells it.</param>
/// <param name="Interval">Length of a bar.</param>
/// <param name="Count">Bars stored.</param>
/// <param name="FirstMs">Open time of the oldest; 0 when there is none.</param>
/// <param name="LastMs">Open time of the newest; 0 when there is none.</param>
/// <param name="Holes">Bars between those that are neither stored nor settled as empty, ascending.</param>
/// <param name="Settled">Bars known not to exist because nothing traded, ascending.</param>
/// <param name="ListedFromMs">Open time of the first bar that exists at the venue; null when not known.</param>
/// <param name="Quarantined">Bars that were refused so far.</param>
/// <param name="Recent">The newest bars, ascending.</param>
public sealed record StoredSeries(
    string Symbol,
    Interval Interval,
    long Count,
    long FirstMs,
    long LastMs,
    IReadOnlyList<OpenRange> Holes,
    IReadOnlyList<OpenRange> Settled,
    long? ListedFromMs,
    long Quarantined,
    IReadOnlyList<VenueCandle> Recent
);
