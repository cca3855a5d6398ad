using Kedge.Data.Sqlite;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Data.Tests;

/// <summary>Databases as other programs make them: a plain table with a rowid, rows in the order given.</summary>
internal static class Db
{
    public const long Hour = 3_600_000;
    public const long T0 = 1_704_067_200_000;

    public static Bar Bar(int index, double close = 100.0, double volume = 5.0) =>
        new(T0 + (index * Hour), close, close + 1.0, close - 1.0, close, volume);

    public static string Candles(string path, params (string Symbol, Bar Bar)[] rows) => Candles(path, "1h", key: true, rows);

    public static string Candles(string path, string interval, bool key, params (string Symbol, Bar Bar)[] rows)
    {
        using SqliteDatabase database = SqliteDatabase.OpenWrite(path);
        string primary = key ? ", PRIMARY KEY(symbol, interval, t)" : "";
        database.Execute(
            "CREATE TABLE IF NOT EXISTS candles(symbol TEXT, interval TEXT, t INTEGER, t_close INTEGER, o REAL, h REAL, l REAL, c REAL, v REAL, n INTEGER, "
                + $"updated_at TEXT{primary})"
        );
        using SqliteStatement put = database.Prepare("INSERT INTO candles VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, NULL)");
        long step = Interval.Parse(interval).Ms;
        database.Execute("PRAGMA synchronous=OFF");
        database.Execute("BEGIN");
        foreach ((string symbol, Bar bar) in rows)
        {
            put.Bind(1, symbol);
            put.Bind(2, interval);
            put.Bind(3, bar.OpenTimeMs);
            put.Bind(4, bar.OpenTimeMs + step - 1);
            put.Bind(5, bar.Open);
            put.Bind(6, bar.High);
            put.Bind(7, bar.Low);
            put.Bind(8, bar.Close);
            put.Bind(9, bar.Volume);
            put.Run();
        }

        database.Execute("COMMIT");
        return path;
    }

    public static void Execute(string path, string sql)
    {
        using SqliteDatabase database = SqliteDatabase.OpenWrite(path);
        database.Execute("PRAGMA synchronous=OFF");
        database.Execute(sql);
    }

    public static long Scalar(string path, string sql)
    {
        using SqliteDatabase database = SqliteDatabase.OpenReadOnly(path);
        using SqliteStatement row = database.Prepare(sql);
        return row.Step() ? row.Int64(0) : throw new InvalidOperationException(sql);
    }

    public static (string Symbol, Bar Bar)[] Series(string symbol, int from, int count, double close = 100.0) =>
        [.. Enumerable.Range(from, count).Select(i => (symbol, Bar(i, close + i)))];
}
