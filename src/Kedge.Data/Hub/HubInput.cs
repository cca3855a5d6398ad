using Kedge.Data.Feed;
using Kedge.Data.Feed.Serving;
using Kedge.Model.Venues;

namespace Kedge.Data.Hub;

/// <summary>What a hub is told. The set is closed. Prices have a path of their own, <see cref="HubCore.Mid"/> and <see cref="HubCore.Quote"/>.</summary>
public abstract record HubInput
{
    private HubInput() { }

    /// <summary>The symbols that are watched from now on; those not named are given up.</summary>
    /// <param name="Symbols">Symbols as the venue spells them, most wanted first.</param>
    public sealed record Watch(IReadOnlyList<string> Symbols) : HubInput;

    /// <summary>Symbols with a position or an order at work; they stay watched whatever the watchlist says.</summary>
    /// <param name="Symbols">Symbols as the venue spells them.</param>
    public sealed record Held(IReadOnlyList<string> Symbols) : HubInput;

    /// <summary>The venue told what was traded in 24 hours.</summary>
    /// <param name="Volumes">Of each symbol that trades.</param>
    /// <param name="Error">Why there is no answer; null when there is one.</param>
    public sealed record VolumesRead(IReadOnlyList<DayVolume> Volumes, string? Error) : HubInput;

    /// <summary>The feed is connected.</summary>
    /// <param name="IsNewInstance">Its sequences begin anew.</param>
    public sealed record FeedUp(bool IsNewInstance) : HubInput;

    /// <summary>The feed is not connected.</summary>
    /// <param name="Reason">For people.</param>
    public sealed record FeedDown(string Reason) : HubInput;

    /// <summary>The feed left candles out.</summary>
    public sealed record FeedShed : HubInput;

    /// <summary>The feed served a closed bar.</summary>
    /// <param name="Served">The bar.</param>
    public sealed record Candle(FeedCandle Served) : HubInput;

    /// <summary>The databases answered.</summary>
    /// <param name="Request">Number of the question.</param>
    /// <param name="Bars">Closed bars.</param>
    /// <param name="Empty">Bars known not to exist.</param>
    /// <param name="Error">Why there is no answer; null when there is one.</param>
    public sealed record StoreRead(long Request, IReadOnlyList<VenueCandle> Bars, IReadOnlyList<OpenRange> Empty, string? Error)
        : HubInput;

    /// <summary>The venue answered.</summary>
    /// <param name="Page">One page; answers to questions that are not the hub's are passed over.</param>
    public sealed record RestRead(VenueEvent.CandlesAnswered Page) : HubInput;

    /// <summary>A timer that was asked for has come.</summary>
    /// <param name="Id">Its id.</param>
    public sealed record TimerFired(long Id) : HubInput;
}
