using Kedge.Data.Sqlite;
using Kedge.Model;

namespace Kedge.Data.Checks;

/// <summary>Lists what candle databases hold.</summary>
public static class StoreList
{
    /// <summary>All series, in list order of the databases, then by symbol and interval.</summary>
    /// <param name="paths">Comma list of files and folders.</param>
    /// <exception cref="KedgeException">A file is missing or no candle database (exit 4).</exception>
    public static IReadOnlyList<StoredSeries> Read(string paths)
    {
        List<StoredSeries> series = [];
        foreach (string file in StorePaths.Candles(paths))
        {
            series.AddRange(
                CandleFile
                    .Series(file)
                    .OrderBy(s => s.Symbol, StringComparer.Ordinal)
                    .ThenBy(s => Interval.TryParse(s.Interval, out Interval i) ? i.Ms : long.MaxValue)
                    .ThenBy(s => s.Interval, StringComparer.Ordinal)
            );
        }

        return series;
    }
}
