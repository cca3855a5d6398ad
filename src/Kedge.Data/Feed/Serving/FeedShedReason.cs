namespace Kedge.Data.Feed.Serving;

/// <summary>Why values were left out. The numbers go over the wire.</summary>
public enum FeedShedReason
{
    /// <summary>The client did not read in time.</summary>
    TooSlow = 1,

    /// <summary>The client was away for longer than the server remembers.</summary>
    Away = 2,

    /// <summary>The server itself could not take in what came; every client lacks it.</summary>
    Overrun = 3,
}
