using Kedge.Model;
using Kedge.Model.Market;
using Kedge.Model.Venues;

namespace Kedge.Data.Hub;

/// <summary>What a hub asks its driver for. The set is closed.</summary>
public abstract record HubEffect
{
    private HubEffect() { }

    /// <summary>Tells of a closed bar: each of a series once, in the order of time.</summary>
    /// <param name="Bar">The bar.</param>
    public sealed record CandleClosed(MarketCandle Bar) : HubEffect;

    /// <summary>Tells that a bar that was passed has other numbers, or exists after all.</summary>
    /// <param name="Bar">The bar as it is now.</param>
    public sealed record CandleRevised(MarketCandle Bar) : HubEffect;

    /// <summary>Tells of a price that did not come from the feed.</summary>
    /// <param name="Price">The price.</param>
    public sealed record Priced(MarketPrice Price) : HubEffect;

    /// <summary>Tells that a channel changed its source.</summary>
    /// <param name="Before">As it was.</param>
    /// <param name="After">As it is.</param>
    public sealed record SourceChanged(ChannelStatus Before, ChannelStatus After) : HubEffect;

    /// <summary>Reads the databases; ends as <see cref="HubInput.StoreRead"/>, once.</summary>
    /// <param name="Request">The hub's number for it.</param>
    /// <param name="Symbol">Symbol.</param>
    /// <param name="Interval">Length of a bar.</param>
    /// <param name="FromMs">Open time of the first bar wanted.</param>
    /// <param name="ToMs">Bars that open before this moment.</param>
    public sealed record ReadStore(long Request, string Symbol, Interval Interval, long FromMs, long ToMs) : HubEffect;

    /// <summary>Asks the venue; ends as <see cref="HubInput.RestRead"/>.</summary>
    /// <param name="Query">The question.</param>
    public sealed record AskRest(VenueCommand.QueryCandles Query) : HubEffect;

    /// <summary>Asks the venue what was traded in 24 hours; ends as <see cref="HubInput.VolumesRead"/>, or not at all.</summary>
    public sealed record AskVolumes : HubEffect;

    /// <summary>Tells that the watchlist is another one.</summary>
    /// <param name="State">As it is now.</param>
    public sealed record WatchlistChanged(WatchlistState State) : HubEffect;

    /// <summary>Asks for <see cref="HubInput.TimerFired"/>; one of the same id that is already set is replaced.</summary>
    /// <param name="Id">The hub's number for it.</param>
    /// <param name="DueMonotonicMs">When, on the monotonic clock.</param>
    public sealed record SetTimer(long Id, long DueMonotonicMs) : HubEffect;
}
