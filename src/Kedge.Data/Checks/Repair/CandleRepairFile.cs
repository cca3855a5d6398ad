using System.Globalization;
using Kedge.Data.Columns;
using Kedge.Data.Feed;
using Kedge.Data.Sqlite;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Checks.Repair;

/// <summary>
/// One interval of a candle database under repair. Good rows are never touched; a bad one is moved to <c>feed_quarantine</c>, and what takes its place
/// comes from the venue and keeps every rule. Each call is one transaction.
/// </summary>
public sealed class CandleRepairFile : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly Interval _interval;

    private CandleRepairFile(SqliteDatabase database, Interval interval)
    {
        _database = database;
        _interval = interval;
    }

    /// <summary>Opens a database.</summary>
    /// <param name="path">The file.</param>
    /// <param name="interval">Which of its intervals.</param>
    /// <param name="canWrite">False to look only.</param>
    /// <exception cref="KedgeException">It cannot be used (exit 4).</exception>
    public static CandleRepairFile Open(string path, Interval interval, bool canWrite)
    {
        SqliteDatabase database = canWrite ? SqliteDatabase.OpenWrite(path) : SqliteDatabase.OpenReadOnly(path);
        try
        {
            database.RequireTable("candles", "symbol", "interval", "t", "t_close", "o", "h", "l", "c", "v", "n", "updated_at");
            if (canWrite)
            {
                database.Execute(FeedSchema.Create);
                FeedSchema.RequireVersion(database);
            }

            return new CandleRepairFile(database, interval);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Every series with damage, by symbol.</summary>
    public IReadOnlyList<SeriesDamage> Examine()
    {
        Dictionary<string, List<OpenRange>> settled = SettledBars.Read(_database, _interval);
        List<SeriesDamage> damage = [];
        using SqliteStatement rows = _database.Prepare(
            "SELECT symbol, t, t_close, o, h, l, c, v, n FROM candles WHERE interval = ?1 ORDER BY symbol, t"
        );
        rows.Bind(1, _interval.Name);
        Examined? series = null;
        while (rows.Step())
        {
            string symbol = rows.Text(0);
            if (series?.Symbol != symbol)
            {
                Finish(series, damage);
                series = new Examined(symbol, _interval, settled.GetValueOrDefault(symbol) ?? []);
            }

            long t = rows.Int64(1);
            series.Take(t, Problem(rows, t), !rows.IsNull(2) && rows.Int64(2) != t + _interval.Ms - 1);
        }

        Finish(series, damage);
        return damage;
    }

    /// <summary>Mends a stretch of a series.</summary>
    /// <param name="damage">What is wrong with the series.</param>
    /// <param name="range">The stretch; damage outside it is left alone.</param>
    /// <param name="bars">What the venue has of it; only closed bars may be given.</param>
    /// <param name="nowMs">Stamp of what is written, UTC epoch milliseconds.</param>
    /// <exception cref="KedgeException">It cannot be written (exit 4); nothing of the stretch is changed then.</exception>
    public RepairCount Mend(SeriesDamage damage, OpenRange range, IEnumerable<VenueCandle> bars, long nowMs)
    {
        Dictionary<long, VenueCandle> good = bars.Where(b => CandleCheck.Problem(b, _interval) is null)
            .DistinctBy(b => b.OpenMs)
            .ToDictionary(b => b.OpenMs);
        string stamp = DateTimeOffset
            .FromUnixTimeMilliseconds(nowMs)
            .ToString("yyyy-MM-ddTHH:mm:ss+00:00", CultureInfo.InvariantCulture);
        RepairCount count = default;
        _database.Execute("BEGIN IMMEDIATE");
        try
        {
            foreach (BadRow bad in damage.Bad.Where(b => b.OpenMs >= range.FromMs && b.OpenMs < range.ToMs))
            {
                if (bad.IsDouble && !good.ContainsKey(bad.OpenMs))
                {
                    // Which of the two is right nobody can say without the venue.
                    continue;
                }

                PutAside(damage.Symbol, bad, stamp);
                bool isReplaced = good.TryGetValue(bad.OpenMs, out VenueCandle bar) && Put(damage.Symbol, bar, stamp);
                count += new RepairCount(0, isReplaced ? 1 : 0, 1, 0);
            }

            foreach (OpenRange missing in damage.Missing)
            {
                long to = Math.Min(missing.ToMs, range.ToMs);
                for (long t = Math.Max(missing.FromMs, range.FromMs); t < to; t += _interval.Ms)
                {
                    bool isFilled = good.TryGetValue(t, out VenueCandle bar) && Put(damage.Symbol, bar, stamp);
                    count += new RepairCount(isFilled ? 1 : 0, 0, 0, 0);
                }
            }

            _database.Execute("COMMIT");
            return count;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    /// <summary>Corrects the close times of a series, which follow from its open times.</summary>
    public RepairCount CorrectCloseTimes(SeriesDamage damage)
    {
        using SqliteStatement put = _database.Prepare(
            "UPDATE candles SET t_close = t + ?3 WHERE symbol = ?1 AND interval = ?2 AND t_close <> t + ?3"
        );
        put.Bind(1, damage.Symbol);
        put.Bind(2, _interval.Name);
        put.Bind(3, _interval.Ms - 1);
        put.Run();
        return new RepairCount(0, 0, 0, damage.CloseTimes);
    }

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private static void Finish(Examined? series, List<SeriesDamage> damage)
    {
        if (series?.Damage() is { } found)
        {
            damage.Add(found);
        }
    }

    private string? Problem(SqliteStatement row, long t)
    {
        for (int i = 3; i <= 7; i++)
        {
            if (row.IsNull(i))
            {
                return "a number is missing";
            }
        }

        Bar bar = new(t, row.Double(3), row.Double(4), row.Double(5), row.Double(6), row.Double(7));
        return BarRules.Problem(bar)
            ?? (BarRules.IsEnclosed(bar) ? null : "open or close is outside low and high")
            ?? (t % _interval.Ms == 0 ? null : $"time {t} is no start of {_interval}");
    }

    private void PutAside(string symbol, BadRow bad, string stamp)
    {
        using SqliteStatement copy = _database.Prepare(
            """
            INSERT INTO feed_quarantine (symbol, t, o, h, l, c, v, n, reason, seen_at)
            SELECT symbol, t, o, h, l, c, v, n, ?4, ?5 FROM candles WHERE symbol = ?1 AND interval = ?2 AND t = ?3
            """
        );
        copy.Bind(1, symbol);
        copy.Bind(2, _interval.Name);
        copy.Bind(3, bad.OpenMs);
        copy.Bind(4, bad.Reason);
        copy.Bind(5, stamp);
        copy.Run();
        using SqliteStatement delete = _database.Prepare("DELETE FROM candles WHERE symbol = ?1 AND interval = ?2 AND t = ?3");
        delete.Bind(1, symbol);
        delete.Bind(2, _interval.Name);
        delete.Bind(3, bad.OpenMs);
        delete.Run();
    }

    private bool Put(string symbol, in VenueCandle bar, string stamp)
    {
        using SqliteStatement put = _database.Prepare(
            """
            INSERT INTO candles (symbol, interval, t, t_close, o, h, l, c, v, n, updated_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            """
        );
        put.Bind(1, symbol);
        put.Bind(2, _interval.Name);
        put.Bind(3, bar.OpenMs);
        put.Bind(4, bar.OpenMs + _interval.Ms - 1);
        put.Bind(5, bar.Open);
        put.Bind(6, bar.High);
        put.Bind(7, bar.Low);
        put.Bind(8, bar.Close);
        put.Bind(9, bar.Volume);
        put.Bind(10, bar.Trades);
        put.Bind(11, stamp);
        put.Run();
        return true;
    }

    private void RollBack()
    {
        try
        {
            _database.Execute("ROLLBACK");
        }
        catch (KedgeException)
        {
            // A full disk makes SQLite roll back by itself; the first failure is the one to tell.
        }
    }

    /// <summary>One series as its rows go by in order.</summary>
    private sealed class Examined(string symbol, Interval interval, List<OpenRange> settled)
    {
        private readonly List<OpenRange> _missing = [];
        private readonly List<BadRow> _bad = [];
        private long _closeTimes;
        private long? _last;

        public string Symbol => symbol;

        public void Take(long t, string? problem, bool hasWrongClose)
        {
            bool isDouble = problem is null && t == _last;
            problem = isDouble ? "its open time is there twice" : problem;

            if (problem is not null)
            {
                // One time that is there twice is put aside once, both rows together.
                if (_bad.Count == 0 || _bad[^1].OpenMs != t)
                {
                    _bad.Add(new BadRow(t, problem, isDouble));
                }

                return;
            }

            _closeTimes += hasWrongClose ? 1 : 0;
            if (_last is long last && t > last + interval.Ms)
            {
                _missing.AddRange(SettledBars.Without(new OpenRange(last + interval.Ms, t), settled));
            }

            _last = t;
        }

        public SeriesDamage? Damage()
        {
            // A bad row on the grid is mended as itself, not as a bar that lacks.
            OpenRange[] bad =
            [
                .. _bad.Where(b => b.OpenMs % interval.Ms == 0).Select(b => new OpenRange(b.OpenMs, b.OpenMs + interval.Ms)),
            ];
            OpenRange[] missing = [.. _missing.SelectMany(m => SettledBars.Without(m, bad))];
            return missing.Length == 0 && _bad.Count == 0 && _closeTimes == 0
                ? null
                : new SeriesDamage(symbol, interval, missing, _bad, _closeTimes);
        }
    }
}
