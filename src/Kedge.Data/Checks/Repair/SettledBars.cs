using Kedge.Data.Feed;
using Kedge.Data.Sqlite;
using Kedge.Model;

namespace Kedge.Data.Checks.Repair;

/// <summary>Bars that a feed has proven not to exist because nothing traded: no holes.</summary>
internal static class SettledBars
{
    /// <summary>All of a database, ascending, by symbol; none when it is not the feed's database of the interval.</summary>
    public static Dictionary<string, List<OpenRange>> Read(SqliteDatabase database, Interval interval)
    {
        Dictionary<string, List<OpenRange>> settled = new(StringComparer.Ordinal);
        if (Path.GetFileName(database.Path) != $"candles_{interval}.db")
        {
            return settled;
        }

        using (SqliteStatement has = database.Prepare("SELECT 1 FROM pragma_table_info('feed_settled') WHERE name = 'to_ms'"))
        {
            if (!has.Step())
            {
                return settled;
            }
        }

        using SqliteStatement rows = database.Prepare("SELECT symbol, from_ms, to_ms FROM feed_settled ORDER BY symbol, from_ms");
        while (rows.Step())
        {
            string symbol = rows.Text(0);
            if (!settled.TryGetValue(symbol, out List<OpenRange>? ranges))
            {
                settled.Add(symbol, ranges = []);
            }

            ranges.Add(new OpenRange(rows.Int64(1), rows.Int64(2)));
        }

        return settled;
    }

    /// <summary>What of a range is in none of some ascending ranges.</summary>
    public static IEnumerable<OpenRange> Without(OpenRange range, IReadOnlyList<OpenRange> others)
    {
        long from = range.FromMs;
        for (int i = First(others, from); i < others.Count && others[i].FromMs < range.ToMs; i++)
        {
            if (others[i].FromMs > from)
            {
                yield return new OpenRange(from, others[i].FromMs);
            }

            from = Math.Max(from, others[i].ToMs);
        }

        if (from < range.ToMs)
        {
            yield return new OpenRange(from, range.ToMs);
        }
    }

    private static int First(IReadOnlyList<OpenRange> ranges, long from)
    {
        int low = 0;
        int high = ranges.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = ranges[middle].ToMs > from ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
