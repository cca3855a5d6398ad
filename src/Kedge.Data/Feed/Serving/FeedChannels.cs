namespace Kedge.Data.Feed.Serving;

/// <summary>What a client of the feed may subscribe to.</summary>
[Flags]
public enum FeedChannels
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Mid prices.</summary>
    Mids = 1,

    /// <summary>Best bids and offers.</summary>
    Quotes = 2,

    /// <summary>Closed candles and their corrections.</summary>
    Candles = 4,

    /// <summary>Events of the account, for displays only.</summary>
    Account = 8,

    /// <summary>The venue's connection, silent streams, counters.</summary>
    Health = 16,

    /// <summary>All of them.</summary>
    All = Mids | Quotes | Candles | Account | Health,
}
