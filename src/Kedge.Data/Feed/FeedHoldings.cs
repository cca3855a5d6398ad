using Kedge.Model;

namespace Kedge.Data.Feed;

/// <summary>What the databases of a feed hold, read while one may be writing them.</summary>
public static class FeedHoldings
{
    /// <summary>Every symbol and interval in the databases of a folder, by symbol and length.</summary>
    /// <param name="folder">Folder.</param>
    /// <param name="settings">Which intervals, and how far back.</param>
    /// <param name="nowMs">UTC epoch milliseconds.</param>
    /// <exception cref="KedgeException">A database cannot be read (exit 4).</exception>
    public static IReadOnlyList<StoredSeries> Read(string folder, FeedSettings settings, long nowMs)
    {
        Interval[] there =
        [
            .. settings.Coarse.Prepend(FeedSettings.Minute).Where(i => File.Exists(Path.Combine(folder, $"candles_{i}.db"))),
        ];
        if (there.Length == 0)
        {
            return [];
        }

        using FeedStore store = FeedStore.OpenReadOnly(folder, there);
        SortedSet<string> symbols = new(StringComparer.Ordinal);
        foreach (Interval interval in there)
        {
            symbols.UnionWith(store.File(interval)!.Symbols());
        }

        return
        [
            .. store
                .Read([.. symbols], settings, nowMs)
                .Where(s => s.Count > 0)
                .OrderBy(s => s.Symbol, StringComparer.Ordinal)
                .ThenBy(s => s.Interval.Ms),
        ];
    }
}
