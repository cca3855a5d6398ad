using Kedge.Model.Venues;

namespace Kedge.Data.Feed.Serving;

/// <summary>A stream of the venue that is silent for longer than its limit.</summary>
/// <param name="Channel">Which.</param>
/// <param name="Symbol">Of which symbol; empty for streams of all symbols or of the account.</param>
/// <param name="AgeMs">Milliseconds since its last message.</param>
public readonly record struct FeedStaleStream(VenueChannel Channel, string Symbol, long AgeMs);
