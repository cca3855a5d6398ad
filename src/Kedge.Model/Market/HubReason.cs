namespace Kedge.Model.Market;

/// <summary>Why a channel uses the source it uses.</summary>
public enum HubReason
{
    /// <summary>Nothing has come yet.</summary>
    Starting,

    /// <summary>The feed serves it in time.</summary>
    Ok,

    /// <summary>The feed is not connected.</summary>
    FeedDown,

    /// <summary>The feed is connected and says nothing of this symbol for longer than the limit.</summary>
    FeedSilent,

    /// <summary>The feed repeats a price that has not changed for longer than the limit.</summary>
    FeedFrozen,

    /// <summary>A bar that is over has not come from the feed in time.</summary>
    FeedLate,

    /// <summary>The feed is back, and has yet to prove itself.</summary>
    FeedRecovering,

    /// <summary>The symbol is not watched any more.</summary>
    NotWatched,
}
