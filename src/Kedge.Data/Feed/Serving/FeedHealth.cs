namespace Kedge.Data.Feed.Serving;

/// <summary>How a feed stands.</summary>
/// <param name="IsVenueUp">The feed is connected to its venue.</param>
/// <param name="Epoch">Counts connections to the venue, from 1; 0 before the first.</param>
/// <param name="SinceMs">Milliseconds since the connection came or went, or since start.</param>
/// <param name="Reason">Why it is not connected; empty when it is.</param>
/// <param name="Clients">Clients of the feed.</param>
/// <param name="Symbols">Symbols of which the feed has told anything.</param>
/// <param name="Mids">Mids received since start.</param>
/// <param name="Quotes">Quotes received since start.</param>
/// <param name="Candles">Candles served since start.</param>
/// <param name="AccountEvents">Events of the account since start.</param>
/// <param name="LeftOut">Values that the server itself could not take in time and left out for everyone.</param>
/// <param name="Sheds">Times that a client was too slow and values were left out for it.</param>
/// <param name="Refused">Refusals since start, all reasons.</param>
/// <param name="Refusals">The same by reason; those that never happened are not named.</param>
/// <param name="StaleStreams">Streams of the venue that are silent for longer than their limit.</param>
/// <param name="Stale">The first of them, at most <see cref="MaxStaleNamed"/>.</param>
public readonly record struct FeedHealth(
    bool IsVenueUp,
    int Epoch,
    long SinceMs,
    string Reason,
    int Clients,
    int Symbols,
    long Mids,
    long Quotes,
    long Candles,
    long AccountEvents,
    long LeftOut,
    long Sheds,
    long Refused,
    IReadOnlyList<FeedRefusalCount> Refusals,
    int StaleStreams,
    IReadOnlyList<FeedStaleStream> Stale
)
{
    /// <summary>Silent streams that are named; the number counts all.</summary>
    public const int MaxStaleNamed = 256;
}
