using Kedge.Data.Sqlite;
using Kedge.Model;

namespace Kedge.Data.Feed;

/// <summary>What a feed adds to a candle database.</summary>
internal static class FeedSchema
{
    /// <summary>Version of the tables below; a database of a later version is refused.</summary>
    public const long Version = 1;

    public const string Create = """
        CREATE TABLE IF NOT EXISTS feed_meta (
          key TEXT PRIMARY KEY,
          value INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS feed_settled (
          symbol TEXT NOT NULL,
          from_ms INTEGER NOT NULL,
          to_ms INTEGER NOT NULL,
          PRIMARY KEY (symbol, from_ms)
        ) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS feed_listing (
          symbol TEXT PRIMARY KEY,
          from_ms INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS feed_quarantine (
          id INTEGER PRIMARY KEY,
          symbol TEXT NOT NULL,
          t INTEGER NOT NULL,
          o REAL, h REAL, l REAL, c REAL, v REAL,
          n INTEGER,
          reason TEXT NOT NULL,
          seen_at TEXT NOT NULL
        );
        INSERT OR IGNORE INTO feed_meta (key, value) VALUES ('schema_version', 1);
        """;

    /// <exception cref="KedgeException">A later version wrote it (exit 4).</exception>
    public static void RequireVersion(SqliteDatabase database)
    {
        using SqliteStatement row = database.Prepare("SELECT value FROM feed_meta WHERE key = 'schema_version'");
        long version = row.Step() ? row.Int64(0) : 0;
        if (version != Version)
        {
            throw KedgeException.Environment(
                $"{database.Path}: its feed tables have version {version}, this program knows {Version}; use the program that wrote it, or another folder"
            );
        }
    }

    public const string PutCandle = """
        INSERT INTO candles (symbol, interval, t, t_close, o, h, l, c, v, n, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        ON CONFLICT (symbol, interval, t) DO UPDATE SET t_close = excluded.t_close, o = excluded.o, h = excluded.h, l = excluded.l,
          c = excluded.c, v = excluded.v, n = excluded.n, updated_at = excluded.updated_at
        """;
}
