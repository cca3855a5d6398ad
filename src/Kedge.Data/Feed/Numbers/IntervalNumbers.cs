using Kedge.Model;

namespace Kedge.Data.Feed.Numbers;

/// <summary>The bars of one interval, all symbols together, since start.</summary>
/// <param name="Interval">Length.</param>
/// <param name="Closed">Served for the first time.</param>
/// <param name="Revised">Served again with other numbers.</param>
/// <param name="Completed">Served again because all their minutes are known.</param>
/// <param name="Stored">Acknowledged by the store.</param>
/// <param name="Quarantined">Put aside because they cannot be right.</param>
/// <param name="Missing">Bars that lack now.</param>
/// <param name="Incomplete">Series that lack bars now.</param>
/// <param name="LagMs">Venue's time since the end of the newest bar of any symbol that trades, milliseconds; null before the first.</param>
/// <param name="WorstLagMs">The same of the symbol that is furthest behind. A symbol without trades is behind without a fault.</param>
public readonly record struct IntervalNumbers(
    Interval Interval,
    long Closed,
    long Revised,
    long Completed,
    long Stored,
    long Quarantined,
    long Missing,
    int Incomplete,
    long? LagMs,
    long? WorstLagMs
);
