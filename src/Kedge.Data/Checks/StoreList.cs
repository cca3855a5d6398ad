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
            using SqliteDatabase database = SqliteDatabase.OpenReadOnly(file);
            database.RequireTable("candles", "symbol", "interval", "t");
            List<StoredSeries> here = [];
            using SqliteStatement row = database.Prepare(
                "SELECT symbol, interval, count(*), min(t), max(t) FROM candles GROUP BY symbol, interval"
            );
            while (row.Step())
            {
                here.Add(new StoredSeries(file, row.Text(0), row.Text(1), row.Int64(2), row.Int64(3), row.Int64(4)));
            }

            series.AddRange(
                here.OrderBy(s => s.Symbol, StringComparer.Ordinal)
                    .ThenBy(s => Interval.TryParse(s.Interval, out Interval i) ? i.Ms : long.MaxValue)
                    .ThenBy(s => s.Interval, StringComparer.Ordinal)
            );
        }

        return series;
    }
}
