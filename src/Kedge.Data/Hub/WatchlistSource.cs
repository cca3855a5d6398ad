namespace Kedge.Data.Hub;

/// <summary>Where a watchlist comes from.</summary>
public enum WatchlistSource
{
    /// <summary>Named one by one.</summary>
    Named,

    /// <summary>The most traded.</summary>
    Volume,

    /// <summary>Built in, because volumes are not known yet.</summary>
    BuiltIn,
}
