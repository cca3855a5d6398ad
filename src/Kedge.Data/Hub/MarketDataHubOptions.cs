using Kedge.Data.Feed.Serving;
using Kedge.Model.Market;
using Kedge.Model.Venues;

namespace Kedge.Data.Hub;

/// <summary>What a <see cref="MarketDataHub"/> is made with.</summary>
public sealed record MarketDataHubOptions
{
    /// <summary>How the hub works.</summary>
    public required HubSettings Settings { get; init; }

    /// <summary>Folder of the candle databases, which a feed keeps up to date.</summary>
    public required string Folder { get; init; }

    /// <summary>Hears what the hub tells.</summary>
    public required IMarketListener Listener { get; init; }

    /// <summary>Connects to the feed for a listener; null for no feed. The hub disposes what it returns.</summary>
    public Func<IFeedListener, IDisposable>? Feed { get; init; }

    /// <summary>
    /// Where the venue is asked for candles; null for nowhere. Its answers go to the listener that is handed over; answers to questions of others may go
    /// there as well. The caller disposes it.
    /// </summary>
    public Func<IVenueListener, ICandleHistory>? History { get; init; }

    /// <summary>
    /// Asks the venue what was traded in 24 hours; its answer goes to the hub as a listener of venues. Null for nobody: a watchlist by volume then stays the
    /// built-in one.
    /// </summary>
    public Action? AskVolumes { get; init; }

    /// <summary>Hears that the watchlist of the settings' rules is another one. Called on the hub's loop.</summary>
    public Action<WatchlistState>? WatchlistChanged { get; init; }

    /// <summary>Clock of the machine it runs on.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
