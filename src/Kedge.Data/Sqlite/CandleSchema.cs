namespace Kedge.Data.Sqlite;

/// <summary>The documented tables.</summary>
internal static class CandleSchema
{
    // Without a rowid a row is stored once, in key order, instead of once and again in the key's index: half the writing, ordered scans.
    internal const string CreateCandles = """
        CREATE TABLE IF NOT EXISTS candles (
          symbol TEXT NOT NULL,
          interval TEXT NOT NULL,
          t INTEGER NOT NULL,
          t_close INTEGER,
          o REAL, h REAL, l REAL, c REAL, v REAL,
          n INTEGER,
          updated_at TEXT,
          PRIMARY KEY (symbol, interval, t)
        ) WITHOUT ROWID
        """;

    internal const string CreateFunding = """
        CREATE TABLE IF NOT EXISTS funding_rates (
          symbol TEXT NOT NULL,
          time INTEGER NOT NULL,
          funding_rate REAL NOT NULL,
          premium REAL,
          PRIMARY KEY (symbol, time)
        ) WITHOUT ROWID
        """;

    internal const string CreateUniverse = """
        CREATE TABLE IF NOT EXISTS universe_listings (
          symbol TEXT PRIMARY KEY,
          first_seen_ms INTEGER NOT NULL,
          last_seen_ms INTEGER NOT NULL
        )
        """;

    internal const string CreateUniverseSnapshots = """
        CREATE TABLE IF NOT EXISTS universe_snapshots (
          ts_ms INTEGER NOT NULL,
          symbol TEXT NOT NULL,
          PRIMARY KEY (ts_ms, symbol)
        ) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS universe_snapshots_symbol ON universe_snapshots (symbol, ts_ms);
        """;
}
