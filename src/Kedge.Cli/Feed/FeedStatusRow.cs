using Kedge.Model;

namespace Kedge.Cli.Feed;

/// <summary>How one series stands.</summary>
/// <param name="Symbol">Symbol.</param>
/// <param name="Interval">Length of a bar.</param>
/// <param name="Bars">Bars stored, as far back as a feed looks.</param>
/// <param name="FirstMs">Open time of the oldest of them.</param>
/// <param name="LastMs">Open time of the newest.</param>
/// <param name="LagMs">Since the end of the newest that is there or proven not to exist, milliseconds.</param>
/// <param name="Lacking">Bars between first and last that are neither stored nor proven not to exist.</param>
/// <param name="PutAside">Bars that were refused.</param>
/// <param name="IsListed">It trades at the venue, as far as is known.</param>
/// <param name="Source">Where the newest bar came from; null when no running feed was asked.</param>
internal sealed record FeedStatusRow(
    string Symbol,
    Interval Interval,
    long Bars,
    long FirstMs,
    long LastMs,
    long LagMs,
    long Lacking,
    long PutAside,
    bool IsListed,
    string? Source
)
{
    /// <summary>It trades, and its newest bar is older than one bar and a limit.</summary>
    public bool IsLate(long limitMs) => IsListed && LagMs > Interval.Ms + limitMs;
}
