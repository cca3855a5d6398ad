using System.Globalization;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Data.Sqlite;

/// <summary>Writes candles or funding into a database, all or nothing between <see cref="Begin"/> and <see cref="Commit"/>.</summary>
internal sealed class RowWriter : IDisposable
{
    private const string ReplaceCandle =
        "UPDATE SET t_close = excluded.t_close, o = excluded.o, h = excluded.h, l = excluded.l, "
        + "c = excluded.c, v = excluded.v, n = excluded.n, updated_at = excluded.updated_at";

    private readonly SqliteDatabase _database;
    private readonly string _updatedAt;
    private bool _keeps;
    private SqliteStatement? _candle;
    private SqliteStatement? _funding;

    /// <summary>Opens or makes the database; <paramref name="nowMs"/> becomes <c>updated_at</c> of the rows written.</summary>
    internal RowWriter(string path, long nowMs)
    {
        _database = SqliteDatabase.OpenWrite(path);
        _updatedAt = DateTimeOffset
            .FromUnixTimeMilliseconds(nowMs)
            .ToString("yyyy-MM-ddTHH:mm:ss+00:00", CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Gives up crash safety for speed; only for a file that is thrown away if the process dies.
    /// </summary>
    internal void NeverMindCrashes()
    {
        _database.Execute("PRAGMA journal_mode=OFF");
        _database.Execute("PRAGMA synchronous=OFF");
    }

    /// <summary>From now on a row that is there stays as it is, instead of being replaced.</summary>
    internal void KeepWhatIsThere()
    {
        if (!_keeps)
        {
            _keeps = true;
            _candle?.Dispose();
            _funding?.Dispose();
            _candle = _funding = null;
        }
    }

    internal void Begin() => _database.Execute("BEGIN IMMEDIATE");

    internal void Commit() => _database.Execute("COMMIT");

    internal void Rollback() => _database.Execute("ROLLBACK");

    /// <summary>Runs something as one transaction.</summary>
    internal void Transact(Action write)
    {
        Begin();
        try
        {
            write();
            Commit();
        }
        catch
        {
            try
            {
                Rollback();
            }
            catch (KedgeException)
            {
                // SQLite has rolled back by itself; the first failure is the one to tell.
            }

            throw;
        }
    }

    /// <summary>First and last open time of a series.</summary>
    internal TimeRange? CandleRange(string symbol, Interval interval)
    {
        using SqliteStatement range = _database.Prepare("SELECT min(t), max(t) FROM candles WHERE symbol = ?1 AND interval = ?2");
        range.Bind(1, symbol);
        range.Bind(2, interval.Name);
        return Range(range);
    }

    /// <summary>First and last time of the funding of a symbol.</summary>
    internal TimeRange? FundingRange(string symbol)
    {
        using SqliteStatement range = _database.Prepare("SELECT min(time), max(time) FROM funding_rates WHERE symbol = ?1");
        range.Bind(1, symbol);
        return Range(range);
    }

    private static TimeRange? Range(SqliteStatement range) =>
        range.Step() && !range.IsNull(0) ? new TimeRange(range.Int64(0), range.Int64(1)) : null;

    /// <summary>Inserts or replaces a bar.</summary>
    internal void Put(ReadOnlySpan<byte> symbol, Interval interval, in Bar bar, long trades = 0)
    {
        SqliteStatement put = _candle ??= PrepareCandles(interval);
        put.Bind(1, symbol);
        put.Bind(2, bar.OpenTimeMs);
        put.Bind(3, bar.OpenTimeMs + interval.Ms - 1);
        put.Bind(4, bar.Open);
        put.Bind(5, bar.High);
        put.Bind(6, bar.Low);
        put.Bind(7, bar.Close);
        put.Bind(8, bar.Volume);
        put.Bind(11, trades);
        put.Run();
    }

    /// <summary>Inserts or replaces a funding record.</summary>
    internal void PutFunding(ReadOnlySpan<byte> symbol, long timeMs, double rate)
    {
        SqliteStatement put = _funding ??= PrepareFunding();
        put.Bind(1, symbol);
        put.Bind(2, timeMs);
        put.Bind(3, rate);
        put.Run();
    }

    /// <summary>Makes the candle table if it is missing.</summary>
    internal void CreateCandles()
    {
        _database.Execute(CandleSchema.CreateCandles);
        _database.RequireTable("candles", "symbol", "interval", "t", "t_close", "o", "h", "l", "c", "v", "n", "updated_at");
    }

    /// <summary>Makes the funding table if it is missing.</summary>
    internal void CreateFunding()
    {
        _database.Execute(CandleSchema.CreateFunding);
        _database.RequireTable("funding_rates", "symbol", "time", "funding_rate");
    }

    public void Dispose()
    {
        _candle?.Dispose();
        _funding?.Dispose();
        _database.Dispose();
    }

    private SqliteStatement PrepareCandles(Interval interval)
    {
        SqliteStatement put = _database.Prepare(
            "INSERT INTO candles (symbol, interval, t, t_close, o, h, l, c, v, n, updated_at) VALUES (?1, ?9, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?11, ?10) "
                + "ON CONFLICT (symbol, interval, t) DO "
                + (_keeps ? "NOTHING" : ReplaceCandle)
        );
        put.Bind(9, interval.Name);
        put.Bind(10, _updatedAt);
        return put;
    }

    private SqliteStatement PrepareFunding() =>
        _database.Prepare(
            "INSERT INTO funding_rates (symbol, time, funding_rate) VALUES (?1, ?2, ?3) ON CONFLICT (symbol, time) DO "
                + (_keeps ? "NOTHING" : "UPDATE SET funding_rate = excluded.funding_rate")
        );
}
