using Kedge.Model;

namespace Kedge.Data.Feed;

/// <summary>How a series stands.</summary>
/// <param name="Symbol">Symbol.</param>
/// <param name="Interval">Length of a bar.</param>
/// <param name="FirstMs">Open time of the oldest bar; null when there is none.</param>
/// <param name="LastMs">Open time of the newest closed bar; null when there is none.</param>
/// <param name="ListedFromMs">Open time of the first bar that exists at the venue; null when not known.</param>
/// <param name="Missing">Bars that lack and are not settled as empty.</param>
/// <param name="Revised">Bars whose numbers changed after they were served, since start.</param>
/// <param name="Quarantined">Bars that were refused.</param>
/// <param name="IsStreamed">Its minutes come by stream, not only by questions.</param>
/// <param name="IsListed">It trades at the venue, as far as is known.</param>
/// <param name="LastSource">Where the newest bar came from; null when there is none.</param>
public sealed record SeriesStatus(
    string Symbol,
    Interval Interval,
    long? FirstMs,
    long? LastMs,
    long? ListedFromMs,
    long Missing,
    long Revised,
    long Quarantined,
    bool IsStreamed,
    bool IsListed = true,
    BarSource? LastSource = null
);
