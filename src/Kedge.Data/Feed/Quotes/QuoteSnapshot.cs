namespace Kedge.Data.Feed.Quotes;

/// <summary>A best bid and offer at a moment.</summary>
/// <param name="Symbol">Symbol.</param>
/// <param name="VenueMs">When, by the venue's clock, UTC epoch milliseconds.</param>
/// <param name="Bid">Best bid.</param>
/// <param name="Ask">Best offer.</param>
internal readonly record struct QuoteSnapshot(string Symbol, long VenueMs, double Bid, double Ask);
