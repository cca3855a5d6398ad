namespace Kedge.Data;

/// <summary>How a candle store is opened.</summary>
/// <param name="UseCache">False reads the databases and touches no cache file (<c>--no-cache</c>).</param>
/// <param name="CacheFolder">
/// Folder for cache files; null puts the cache beside a single database, else in <c>$XDG_CACHE_HOME/kedge</c> or <c>~/.cache/kedge</c>.
/// </param>
/// <param name="Cancellation">Stops reading; nothing is written then.</param>
public sealed record CandleOpenOptions(bool UseCache = true, string? CacheFolder = null, CancellationToken Cancellation = default)
{
    /// <summary>Cache on, in its usual places.</summary>
    public static CandleOpenOptions Default { get; } = new();
}
