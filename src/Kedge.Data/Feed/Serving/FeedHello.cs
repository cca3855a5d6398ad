namespace Kedge.Data.Feed.Serving;

/// <summary>Who serves.</summary>
/// <param name="Instance">Drawn anew at each start of the feed; sequences of different instances have nothing to do with each other.</param>
/// <param name="IsNewInstance">It is not the one of the last connection, or this is the first: sequences begin anew.</param>
/// <param name="Version">Version of the protocol.</param>
/// <param name="Venue">Name of the venue.</param>
/// <param name="StartedMs">When it started, UTC epoch milliseconds.</param>
public readonly record struct FeedHello(ulong Instance, bool IsNewInstance, int Version, string Venue, long StartedMs);
