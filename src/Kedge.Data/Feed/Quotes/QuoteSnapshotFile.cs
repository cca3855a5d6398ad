using System.Globalization;
using Kedge.Data.Sqlite;

namespace Kedge.Data.Feed.Quotes;

/// <summary>The database of best bids and offers: table <c>bbo_snapshots</c>. Used by one thread.</summary>
internal sealed class QuoteSnapshotFile : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _put;

    public QuoteSnapshotFile(string path)
    {
        _database = SqliteDatabase.OpenWrite(path);
        try
        {
            _database.Execute("PRAGMA journal_mode=WAL");
            _database.Execute("PRAGMA synchronous=NORMAL");
            _database.Execute(
                """
                CREATE TABLE IF NOT EXISTS bbo_snapshots (
                  symbol TEXT NOT NULL,
                  ts_ms INTEGER NOT NULL,
                  bid REAL NOT NULL,
                  ask REAL NOT NULL,
                  mid REAL NOT NULL,
                  updated_at TEXT,
                  PRIMARY KEY (symbol, ts_ms)
                ) WITHOUT ROWID;
                CREATE INDEX IF NOT EXISTS bbo_snapshots_ts ON bbo_snapshots (ts_ms);
                """
            );
            _database.RequireTable("bbo_snapshots", "symbol", "ts_ms", "bid", "ask", "mid", "updated_at");
            _put = _database.Prepare(
                "INSERT OR REPLACE INTO bbo_snapshots (symbol, ts_ms, bid, ask, mid, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
            );
        }
        catch
        {
            _database.Dispose();
            throw;
        }
    }

    /// <summary>Writes them in one transaction: all or none.</summary>
    public void Write(IReadOnlyList<QuoteSnapshot> quotes, long nowMs)
    {
        string stamp = DateTimeOffset
            .FromUnixTimeMilliseconds(nowMs)
            .ToString("yyyy-MM-ddTHH:mm:ss+00:00", CultureInfo.InvariantCulture);
        _database.Execute("BEGIN IMMEDIATE");
        try
        {
            foreach (QuoteSnapshot q in quotes)
            {
                _put.Bind(1, q.Symbol);
                _put.Bind(2, q.VenueMs);
                _put.Bind(3, q.Bid);
                _put.Bind(4, q.Ask);
                _put.Bind(5, (q.Bid + q.Ask) / 2);
                _put.Bind(6, stamp);
                _put.Run();
            }

            _database.Execute("COMMIT");
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    /// <summary>Deletes those from before a moment.</summary>
    public void Sweep(long beforeMs)
    {
        using SqliteStatement sweep = _database.Prepare("DELETE FROM bbo_snapshots WHERE ts_ms < ?1");
        sweep.Bind(1, beforeMs);
        sweep.Run();
    }

    public void Dispose()
    {
        _put.Dispose();
        _database.Dispose();
    }

    private void RollBack()
    {
        try
        {
            _database.Execute("ROLLBACK");
        }
        catch (Kedge.Model.KedgeException)
        {
            // A full disk makes SQLite roll back by itself.
        }
    }
}
