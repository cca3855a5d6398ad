using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Feed;

/// <summary>What a feed asks its driver for. The set is closed.</summary>
public abstract record FeedEffect
{
    private FeedEffect() { }

    /// <summary>Tells the venue something: a question for candles or the streams wanted.</summary>
    /// <param name="Command">What.</param>
    public sealed record Ask(VenueCommand Command) : FeedEffect;

    /// <summary>
    /// Writes bars; ends as <see cref="FeedInput.Stored"/> or <see cref="FeedInput.StoreFailed"/>, once. No other batch is handed out meanwhile.
    /// </summary>
    /// <param name="Batch">The feed's number for it.</param>
    /// <param name="Bars">Closed bars; each replaces what is stored of it.</param>
    public sealed record Store(long Batch, IReadOnlyList<BarToStore> Bars) : FeedEffect;

    /// <summary>Remembers that bars do not exist because nothing traded. Not answered: what is not remembered is asked again after a restart.</summary>
    /// <param name="Symbol">Symbol.</param>
    /// <param name="Interval">Length of a bar.</param>
    /// <param name="Range">Which.</param>
    public sealed record RememberEmpty(string Symbol, Interval Interval, OpenRange Range) : FeedEffect;

    /// <summary>Remembers the first bar that exists at the venue. Not answered.</summary>
    /// <param name="Symbol">Symbol.</param>
    /// <param name="Interval">Length of a bar.</param>
    /// <param name="FromMs">Open time of that bar, UTC epoch milliseconds.</param>
    public sealed record RememberListing(string Symbol, Interval Interval, long FromMs) : FeedEffect;

    /// <summary>Puts a bar aside that cannot be right. Not answered.</summary>
    /// <param name="Symbol">Symbol.</param>
    /// <param name="Interval">Length.</param>
    /// <param name="Bar">As it was told.</param>
    /// <param name="Reason">What is wrong with it.</param>
    public sealed record Quarantine(string Symbol, Interval Interval, VenueCandle Bar, string Reason) : FeedEffect;

    /// <summary>Deletes bars that are older than they are kept. Not answered.</summary>
    /// <param name="Interval">Of which interval.</param>
    /// <param name="BeforeMs">Bars that open before this moment, UTC epoch milliseconds.</param>
    public sealed record Prune(Interval Interval, long BeforeMs) : FeedEffect;

    /// <summary>Writes funding rates. Ends as <see cref="FeedInput.FundingKept"/> when they are on disk; without it they are asked for again.</summary>
    /// <param name="Symbol">Symbol.</param>
    /// <param name="Rates">Times (UTC epoch milliseconds) and hourly rates.</param>
    public sealed record KeepFunding(string Symbol, IReadOnlyList<(long TimeMs, double Rate)> Rates) : FeedEffect;

    /// <summary>Writes down what trades at the venue. Not answered.</summary>
    /// <param name="AtMs">When that was seen, UTC epoch milliseconds by the venue's clock.</param>
    /// <param name="Symbols">All symbols, never none.</param>
    public sealed record KeepUniverse(long AtMs, IReadOnlyList<string> Symbols) : FeedEffect;

    /// <summary>A closed bar for whoever listens. Never a forming one.</summary>
    /// <param name="Sequence">Counts what is served, from 1.</param>
    /// <param name="Kind">Why.</param>
    /// <param name="Symbol">Symbol.</param>
    /// <param name="Interval">Length.</param>
    /// <param name="Bar">The bar.</param>
    /// <param name="IsComplete">All its minutes are known; always so for a minute itself.</param>
    /// <param name="Source">Where it came from.</param>
    public sealed record Served(
        long Sequence,
        ServedAs Kind,
        string Symbol,
        Interval Interval,
        VenueCandle Bar,
        bool IsComplete,
        BarSource Source
    ) : FeedEffect;

    /// <summary>Asks for <see cref="FeedInput.TimerFired"/>; one of the same id that is already set is replaced.</summary>
    /// <param name="Id">The feed's number for it.</param>
    /// <param name="DueMonotonicMs">When, on the monotonic clock.</param>
    public sealed record SetTimer(long Id, long DueMonotonicMs) : FeedEffect;

    /// <summary>Something for an operator.</summary>
    /// <param name="Code">Short stable word.</param>
    /// <param name="Text">For people.</param>
    public sealed record Alert(string Code, string Text) : FeedEffect;
}
