using Kedge.Data.Columns;
using Kedge.Data.Sqlite;
using Kedge.Model;

namespace Kedge.Data;

/// <summary>Candle databases as a set ready to be walked. A fresh column cache is mapped, without opening SQLite or touching a bar.</summary>
public static class CandleStore
{
    /// <summary>Opens one interval of one or several databases.</summary>
    /// <param name="paths">Comma list of files and folders; of a time held twice the first in the list wins.</param>
    /// <param name="interval">Interval to read.</param>
    /// <param name="options">Cache use; null for the usual.</param>
    /// <returns>All symbols of that interval; the caller disposes it.</returns>
    /// <exception cref="KedgeException">A file is missing or no candle database (exit 4), or holds a bar that cannot be used (exit 1).</exception>
    public static ICandleSet Open(string paths, Interval interval, CandleOpenOptions? options = null)
    {
        options ??= CandleOpenOptions.Default;
        IReadOnlyList<string> files = StorePaths.Candles(paths);
        if (!options.UseCache)
        {
            return BuilderOwner.ToSet(interval, CandleLoader.Load(files, interval, options.Cancellation));
        }

        IEnumerable<string> places = CachePlaces.For(files, interval, options.CacheFolder);
        string fingerprint = CacheFingerprint.Of(files);
        foreach (string place in places)
        {
            if (ColumnCache.TryOpen(place, interval, fingerprint) is { } cached)
            {
                return cached;
            }
        }

        ColumnCandleSet set = BuilderOwner.ToSet(interval, CandleLoader.Load(files, interval, options.Cancellation));
        // A database written to while it was read gets no cache: the next run reads it again.
        if (string.Equals(CacheFingerprint.Of(files), fingerprint, StringComparison.Ordinal))
        {
            _ = places.Any(place => ColumnCache.TryWrite(place, set, fingerprint));
        }

        return set;
    }

    /// <summary>Names of the intervals that the databases hold, shortest first.</summary>
    /// <param name="paths">Comma list of files and folders.</param>
    /// <exception cref="KedgeException">A file is missing or no candle database (exit 4).</exception>
    public static IReadOnlyList<string> Intervals(string paths)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (string file in StorePaths.Candles(paths))
        {
            names.UnionWith(CandleFile.Intervals(file));
        }

        return
        [
            .. names
                .OrderBy(n => Interval.TryParse(n, out Interval i) ? i.Ms : long.MaxValue)
                .ThenBy(n => n, StringComparer.Ordinal),
        ];
    }
}
