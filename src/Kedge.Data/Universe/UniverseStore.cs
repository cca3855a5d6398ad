using Kedge.Data.Sqlite;
using Kedge.Model;

namespace Kedge.Data.Universe;

/// <summary>
/// Listing history: table <c>universe_listings(symbol, first_seen_ms, last_seen_ms)</c>, and <c>universe_snapshots(ts_ms, symbol)</c> with each
/// observation. Times are those of observations, not of listings.
/// </summary>
public static class UniverseStore
{
    /// <summary>The file beside a candle store that is meant when none is named: <c>universe_history.db</c>.</summary>
    /// <param name="candlePaths">The path argument of the candles; its first item counts.</param>
    public static string DefaultPath(string candlePaths)
    {
        string first = candlePaths.Split(',', 2, StringSplitOptions.TrimEntries)[0];
        string folder = Directory.Exists(first) ? first : Path.GetDirectoryName(first) ?? "";
        return Path.Combine(folder, "universe_history.db");
    }

    /// <summary>All listings in ordinal order.</summary>
    /// <param name="path">The database file.</param>
    /// <exception cref="KedgeException">The file is missing, is no such database, or is empty (exit 4).</exception>
    public static IReadOnlyList<UniverseListing> Load(string path)
    {
        using SqliteDatabase database = SqliteDatabase.OpenReadOnly(path);
        database.RequireTable("universe_listings", "symbol", "first_seen_ms", "last_seen_ms");
        List<UniverseListing> listings = [];
        using SqliteStatement row = database.Prepare("SELECT symbol, first_seen_ms, last_seen_ms FROM universe_listings");
        while (row.Step())
        {
            listings.Add(new UniverseListing(row.Text(0), row.Int64(1), row.Int64(2)));
        }

        if (listings.Count == 0)
        {
            throw KedgeException.Environment(
                $"{path}: holds no listings; run without the universe filter or record the universe first"
            );
        }

        return [.. listings.OrderBy(l => l.Symbol, StringComparer.Ordinal)];
    }

    /// <summary>Symbols listed at some time within [<paramref name="fromMs"/>, <paramref name="toMs"/>].</summary>
    /// <param name="path">The database file.</param>
    /// <param name="fromMs">Start, epoch ms.</param>
    /// <param name="toMs">End, epoch ms, inclusive.</param>
    /// <exception cref="KedgeException">The file is missing, is no such database, or is empty (exit 4).</exception>
    public static IReadOnlySet<string> Active(string path, long fromMs, long toMs) =>
        Load(path).Where(l => l.IsActive(fromMs, toMs)).Select(l => l.Symbol).ToHashSet(StringComparer.Ordinal);

    /// <summary>Writes listings, widening what is there: the earlier first and the later last observation stay.</summary>
    /// <param name="path">The database file, made if missing.</param>
    /// <param name="listings">What was observed; must not be empty.</param>
    /// <exception cref="KedgeException">Nothing to write (exit 2), or the file cannot be written (exit 4).</exception>
    public static void Record(string path, IReadOnlyCollection<UniverseListing> listings)
    {
        if (listings.Count == 0)
        {
            throw KedgeException.Usage($"{path}: refusing to record an empty universe");
        }

        using SqliteDatabase database = SqliteDatabase.OpenWrite(path);
        database.Execute("BEGIN IMMEDIATE");
        Widen(database, listings);
        database.Execute("COMMIT");
    }

    /// <summary>Writes down what trades at one moment, as a snapshot and in the listings; an observation out of order does no harm.</summary>
    /// <param name="path">The database file, made if missing.</param>
    /// <param name="atMs">When that was seen, epoch ms.</param>
    /// <param name="symbols">All symbols; must not be empty.</param>
    /// <exception cref="KedgeException">Nothing to write (exit 2), or the file cannot be written (exit 4).</exception>
    public static void Observe(string path, long atMs, IReadOnlyCollection<string> symbols)
    {
        if (symbols.Count == 0)
        {
            throw KedgeException.Usage($"{path}: refusing to record an empty universe");
        }

        using SqliteDatabase database = SqliteDatabase.OpenWrite(path);
        database.Execute("BEGIN IMMEDIATE");
        database.Execute(CandleSchema.CreateUniverseSnapshots);
        Widen(database, symbols.Select(s => new UniverseListing(s, atMs, atMs)));
        using (SqliteStatement put = database.Prepare("INSERT OR IGNORE INTO universe_snapshots (ts_ms, symbol) VALUES (?1, ?2)"))
        {
            foreach (string symbol in symbols)
            {
                put.Bind(1, atMs);
                put.Bind(2, symbol);
                put.Run();
            }
        }

        database.Execute("COMMIT");
    }

    private static void Widen(SqliteDatabase database, IEnumerable<UniverseListing> listings)
    {
        database.Execute(CandleSchema.CreateUniverse);
        using (
            SqliteStatement put = database.Prepare(
                """
                INSERT INTO universe_listings (symbol, first_seen_ms, last_seen_ms) VALUES (?1, ?2, ?3)
                ON CONFLICT (symbol) DO UPDATE SET
                  first_seen_ms = min(first_seen_ms, excluded.first_seen_ms), last_seen_ms = max(last_seen_ms, excluded.last_seen_ms)
                """
            )
        )
        {
            foreach (UniverseListing listing in listings)
            {
                put.Bind(1, listing.Symbol);
                put.Bind(2, listing.FirstSeenMs);
                put.Bind(3, listing.LastSeenMs);
                put.Run();
            }
        }
    }
}
