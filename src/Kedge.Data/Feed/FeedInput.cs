using Kedge.Model.Venues;

namespace Kedge.Data.Feed;

/// <summary>What a feed is told. The set is closed.</summary>
public abstract record FeedInput
{
    private FeedInput() { }

    /// <summary>
    /// The watchlist, at start and whenever it changes; symbols that are not named are given up. Symbols that come first get a stream first.
    /// </summary>
    /// <param name="Symbols">Symbols as the venue spells them, most wanted first.</param>
    /// <param name="Holdings">What the store holds of those that are new; a series that is not named has nothing stored.</param>
    /// <param name="FundingLastMs">Time of the newest funding rate stored, of those that are new and have one.</param>
    public sealed record Watch(
        IReadOnlyList<string> Symbols,
        IReadOnlyList<StoredSeries> Holdings,
        IReadOnlyDictionary<string, long>? FundingLastMs = null
    ) : FeedInput;

    /// <summary>The venue told something.</summary>
    /// <param name="Event">What; events that do not concern candles are passed over.</param>
    public sealed record Told(VenueEvent Event) : FeedInput;

    /// <summary>The venue's clock had reached a moment, as some message just received says.</summary>
    /// <param name="VenueMs">UTC epoch milliseconds by the venue's clock.</param>
    public sealed record VenueClock(long VenueMs) : FeedInput;

    /// <summary>A batch is on disk: it is acknowledged.</summary>
    /// <param name="Batch">Its number.</param>
    public sealed record Stored(long Batch) : FeedInput;

    /// <summary>A batch is not on disk, nor is any part of it to be relied on.</summary>
    /// <param name="Batch">Its number.</param>
    /// <param name="Reason">For people.</param>
    /// <param name="IsDiskFull">The disk is full, rather than anything else.</param>
    public sealed record StoreFailed(long Batch, string Reason, bool IsDiskFull) : FeedInput;

    /// <summary>Funding rates are on disk.</summary>
    /// <param name="Symbol">Of which symbol.</param>
    /// <param name="LastMs">Time of the newest, UTC epoch milliseconds.</param>
    public sealed record FundingKept(string Symbol, long LastMs) : FeedInput;

    /// <summary>A timer that was asked for has come.</summary>
    /// <param name="Id">Its id.</param>
    public sealed record TimerFired(long Id) : FeedInput;
}
