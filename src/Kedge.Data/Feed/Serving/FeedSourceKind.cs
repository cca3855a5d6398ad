namespace Kedge.Data.Feed.Serving;

/// <summary>Where a price came from. The numbers go over the wire.</summary>
public enum FeedSourceKind
{
    /// <summary>A stream of the venue.</summary>
    Stream = 1,

    /// <summary>An answer of the venue to a question.</summary>
    Rest = 2,

    /// <summary>A database.</summary>
    Store = 3,
}
