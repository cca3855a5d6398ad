using System.Globalization;
using Kedge.Data.Sqlite;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Feed;

/// <summary>The database of one interval as a feed writes it.</summary>
internal sealed class FeedFile : IDisposable
{
    private const int MaxQuarantined = 10_000;
    private readonly Interval _interval;
    private readonly SqliteStatement? _put;
    private readonly bool _hasNotes = true;

    /// <summary>Opens it for reading alone; a database that no feed wrote to has no notes.</summary>
    private FeedFile(SqliteDatabase database, Interval interval)
    {
        _interval = interval;
        Database = database;
        using SqliteStatement has = database.Prepare("SELECT 1 FROM sqlite_master WHERE name = 'feed_meta'");
        _hasNotes = has.Step();
    }

    public FeedFile(string path, Interval interval)
    {
        _interval = interval;
        Database = SqliteDatabase.OpenWrite(path);
        try
        {
            Database.Execute("PRAGMA journal_mode=WAL");
            Database.Execute("PRAGMA synchronous=NORMAL");
            // Pages of the newest bars of some hundred symbols; six files of the usual two megabytes would be more than the bars held in memory.
            Database.Execute("PRAGMA cache_size=-768");
            Database.Execute("BEGIN IMMEDIATE");
            Database.Execute(CandleSchema.CreateCandles);
            Database.Execute(FeedSchema.Create);
            Database.Execute("COMMIT");
            Database.RequireTable("candles", "symbol", "interval", "t", "t_close", "o", "h", "l", "c", "v", "n", "updated_at");
            FeedSchema.RequireVersion(Database);
            _put = Database.Prepare(FeedSchema.PutCandle);
        }
        catch
        {
            Database.Dispose();
            throw;
        }
    }

    /// <summary>Opens a database for reading, while a feed may be writing it.</summary>
    public static FeedFile OpenReadOnly(string path, Interval interval)
    {
        SqliteDatabase database = SqliteDatabase.OpenReadOnly(path);
        try
        {
            database.RequireTable("candles", "symbol", "interval", "t", "o", "h", "l", "c", "v", "n");
            return new FeedFile(database, interval);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>The connection.</summary>
    public SqliteDatabase Database { get; }

    /// <summary>The last batch that failed did so because the disk is full.</summary>
    public bool IsDiskFull { get; private set; }

    /// <summary>Writes bars in one transaction.</summary>
    public void Write(IEnumerable<BarToStore> bars, long nowMs)
    {
        Database.Execute("BEGIN IMMEDIATE");
        try
        {
            string stamp = Stamp(nowMs);
            foreach (BarToStore b in bars)
            {
                VenueCandle bar = b.Bar;
                _put!.Bind(1, b.Symbol);
                _put.Bind(2, _interval.Name);
                _put.Bind(3, bar.OpenMs);
                _put.Bind(4, bar.OpenMs + _interval.Ms - 1);
                _put.Bind(5, bar.Open);
                _put.Bind(6, bar.High);
                _put.Bind(7, bar.Low);
                _put.Bind(8, bar.Close);
                _put.Bind(9, bar.Volume);
                _put.Bind(10, bar.Trades);
                _put.Bind(11, stamp);
                _put.Run();
            }

            Database.Execute("COMMIT");
        }
        catch
        {
            // Rolling back may fail too, for another reason.
            IsDiskFull = Database.IsDiskFull;
            RollBack();
            throw;
        }
    }

    /// <summary>Remembers bars without trades; a range that continues one that is there makes it longer.</summary>
    public void RememberEmpty(string symbol, OpenRange range)
    {
        using SqliteStatement grow = Database.Prepare(
            "UPDATE feed_settled SET to_ms = ?3 WHERE symbol = ?1 AND to_ms = ?2 AND to_ms < ?3 RETURNING 1"
        );
        grow.Bind(1, symbol);
        grow.Bind(2, range.FromMs);
        grow.Bind(3, range.ToMs);
        if (grow.Step())
        {
            return;
        }

        Run("INSERT OR REPLACE INTO feed_settled (symbol, from_ms, to_ms) VALUES (?1, ?2, ?3)", symbol, range.FromMs, range.ToMs);
    }

    /// <summary>Remembers where the bars of a symbol begin.</summary>
    public void RememberListing(string symbol, long fromMs) =>
        Run("INSERT OR REPLACE INTO feed_listing (symbol, from_ms) VALUES (?1, ?2)", symbol, fromMs);

    /// <summary>Puts a bar aside; the oldest give way when there are too many.</summary>
    public void Quarantine(FeedEffect.Quarantine bad, long nowMs)
    {
        using (
            SqliteStatement put = Database.Prepare(
                "INSERT INTO feed_quarantine (symbol, t, o, h, l, c, v, n, reason, seen_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
            )
        )
        {
            VenueCandle bar = bad.Bar;
            put.Bind(1, bad.Symbol);
            put.Bind(2, bar.OpenMs);
            put.Bind(3, bar.Open);
            put.Bind(4, bar.High);
            put.Bind(5, bar.Low);
            put.Bind(6, bar.Close);
            put.Bind(7, bar.Volume);
            put.Bind(8, bar.Trades);
            put.Bind(9, bad.Reason);
            put.Bind(10, Stamp(nowMs));
            put.Run();
        }

        Database.Execute($"DELETE FROM feed_quarantine WHERE id <= (SELECT MAX(id) FROM feed_quarantine) - {MaxQuarantined}");
    }

    /// <summary>Deletes what is older than it is kept.</summary>
    public void Prune(long beforeMs)
    {
        // A transaction for each symbol: the first time there may be years to delete, and batches wait meanwhile.
        using SqliteStatement prune = Database.Prepare("DELETE FROM candles WHERE symbol = ?1 AND interval = ?2 AND t < ?3");
        foreach (string symbol in Symbols())
        {
            prune.Bind(1, symbol);
            prune.Bind(2, _interval.Name);
            prune.Bind(3, beforeMs);
            prune.Run();
        }

        Database.Execute($"DELETE FROM feed_settled WHERE to_ms <= {beforeMs.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>Symbols of which it holds candles.</summary>
    public List<string> Symbols()
    {
        // From one symbol to the next by the key, rather than through every row.
        List<string> symbols = [];
        using SqliteStatement all = Database.Prepare(
            """
            WITH RECURSIVE s (symbol) AS (
              SELECT min(symbol) FROM candles UNION ALL SELECT (SELECT min(symbol) FROM candles WHERE symbol > s.symbol) FROM s WHERE symbol IS NOT NULL
            )
            SELECT symbol FROM s WHERE symbol IS NOT NULL
            """
        );
        while (all.Step())
        {
            symbols.Add(all.Text(0));
        }

        return symbols;
    }

    /// <summary>What is held of a symbol from a moment on.</summary>
    public StoredSeries Read(string symbol, long fromMs, int windowBars)
    {
        List<OpenRange> settled = ReadSettled(symbol, fromMs);
        List<OpenRange> holes = [];
        long count = 0;
        long first = 0;
        long last = 0;
        using (
            SqliteStatement times = Database.Prepare(
                "SELECT t FROM candles WHERE symbol = ?1 AND interval = ?2 AND t >= ?3 ORDER BY t"
            )
        )
        {
            times.Bind(1, symbol);
            times.Bind(2, _interval.Name);
            times.Bind(3, fromMs);
            while (times.Step())
            {
                long t = times.Int64(0);
                if (count++ == 0)
                {
                    first = t;
                }
                else if (t > last + _interval.Ms)
                {
                    AddHoles(holes, settled, last + _interval.Ms, t);
                }

                last = t;
            }
        }

        return new StoredSeries(
            symbol,
            _interval,
            count,
            first,
            last,
            holes,
            settled,
            _hasNotes ? Number("SELECT from_ms FROM feed_listing WHERE symbol = ?1", symbol) : null,
            _hasNotes ? Number("SELECT count(*) FROM feed_quarantine WHERE symbol = ?1", symbol) ?? 0 : 0,
            count == 0 ? [] : ReadBars(symbol, Math.Max(fromMs, last - (windowBars * _interval.Ms)))
        );
    }

    public void Dispose()
    {
        _put?.Dispose();
        Database.Dispose();
    }

    private static string Stamp(long nowMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(nowMs).ToString("yyyy-MM-ddTHH:mm:ss+00:00", CultureInfo.InvariantCulture);

    private static void AddHoles(List<OpenRange> holes, List<OpenRange> settled, long from, long to)
    {
        foreach (OpenRange r in settled.Where(r => r.ToMs > from && r.FromMs < to))
        {
            if (r.FromMs > from)
            {
                holes.Add(new OpenRange(from, r.FromMs));
            }

            from = Math.Max(from, r.ToMs);
        }

        if (from < to)
        {
            holes.Add(new OpenRange(from, to));
        }
    }

    private List<OpenRange> ReadSettled(string symbol, long fromMs)
    {
        List<OpenRange> settled = [];
        if (!_hasNotes)
        {
            return settled;
        }

        using SqliteStatement rows = Database.Prepare(
            "SELECT from_ms, to_ms FROM feed_settled WHERE symbol = ?1 AND to_ms > ?2 ORDER BY from_ms"
        );
        rows.Bind(1, symbol);
        rows.Bind(2, fromMs);
        while (rows.Step())
        {
            settled.Add(new OpenRange(rows.Int64(0), rows.Int64(1)));
        }

        return settled;
    }

    private List<VenueCandle> ReadBars(string symbol, long fromMs)
    {
        List<VenueCandle> bars = [];
        using SqliteStatement rows = Database.Prepare(
            "SELECT t, o, h, l, c, v, n FROM candles WHERE symbol = ?1 AND interval = ?2 AND t >= ?3 ORDER BY t"
        );
        rows.Bind(1, symbol);
        rows.Bind(2, _interval.Name);
        rows.Bind(3, fromMs);
        while (rows.Step())
        {
            bars.Add(
                new VenueCandle(
                    rows.Int64(0),
                    rows.Double(1),
                    rows.Double(2),
                    rows.Double(3),
                    rows.Double(4),
                    rows.Double(5),
                    rows.Int64(6)
                )
            );
        }

        return bars;
    }

    private long? Number(string sql, string symbol)
    {
        using SqliteStatement row = Database.Prepare(sql);
        row.Bind(1, symbol);
        return row.Step() ? row.Int64(0) : null;
    }

    private void Run(string sql, string symbol, params ReadOnlySpan<long> numbers)
    {
        using SqliteStatement statement = Database.Prepare(sql);
        statement.Bind(1, symbol);
        for (int i = 0; i < numbers.Length; i++)
        {
            statement.Bind(i + 2, numbers[i]);
        }

        statement.Run();
    }

    private void RollBack()
    {
        try
        {
            Database.Execute("ROLLBACK");
        }
        catch (KedgeException)
        {
            // A full disk makes SQLite roll back by itself; then there is nothing left to do.
        }
    }
}
