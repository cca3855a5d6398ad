namespace Kedge.Data.Hub;

/// <summary>A watchlist as it stands.</summary>
public sealed record WatchlistState
{
    /// <summary>Nothing looked at yet.</summary>
    public static WatchlistState Empty { get; } = new();

    /// <summary>Symbols in which positions may be opened, the most wanted first.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>
    /// Symbols whose prices are wanted: the anchor, <see cref="Symbols"/>, and what is held, whether it may still be opened or not.
    /// </summary>
    public IReadOnlyList<string> Watched { get; init; } = [];

    /// <summary>Looks in a row in which a symbol was beyond the margin; those that never were are not named.</summary>
    public IReadOnlyDictionary<string, int> LooksBeyond { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Where the symbols come from.</summary>
    public WatchlistSource Source { get; init; } = WatchlistSource.BuiltIn;

    /// <summary>Symbols that were named and do not trade at the venue, as far as that is known.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];
}
