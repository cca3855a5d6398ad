using System.Globalization;
using Kedge.Data.Sqlite;
using Kedge.Model;

namespace Kedge.Data.Parquet;

/// <summary>
/// Copies old candles of a database into one Parquet file a month and interval, with all their columns. A file that is there gets the rows it
/// lacks; of a bar that both have the database's wins. A new file is read back and compared bit for bit before it takes its place, and only what
/// was compared is deleted, so that a crash or a full disk at any moment loses nothing: a bar is in the database, in the archive, or in both.
/// </summary>
public static class ParquetArchive
{
    private const string Columns = "symbol, interval, t, t_close, o, h, l, c, v, n, updated_at";
    private const string Keys = "interval = ?1 AND t >= ?2 AND t < ?3";

    /// <summary>Archives.</summary>
    /// <param name="request">What.</param>
    /// <param name="progress">Told the share done, 0…1.</param>
    /// <param name="cancellation">Stops between months.</param>
    /// <returns>One entry a month and interval, oldest first.</returns>
    /// <exception cref="KedgeException">A file cannot be read or written, or DuckDB is not there (exit 4).</exception>
    public static IReadOnlyList<ArchivedMonth> Run(
        ArchiveRequest request,
        Action<double>? progress = null,
        CancellationToken cancellation = default
    )
    {
        if (CandleFile.IsParquet(request.Database))
        {
            throw KedgeException.Usage($"{request.Database}: is an archive already; name a candle database");
        }

        List<ArchivedMonth> done = [];
        List<Span> spans = Months(request);
        for (int i = 0; i < spans.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            done.Add(Archive(request, spans[i]));
            progress?.Invoke((i + 1.0) / spans.Count);
        }

        if (request is { Vacuum: true, IsDryRun: false } && done.Any(month => month.Deleted > 0))
        {
            using SqliteDatabase database = SqliteDatabase.OpenWrite(request.Database);
            database.Execute("VACUUM");
        }

        return done;
    }

    private static List<Span> Months(ArchiveRequest request)
    {
        using SqliteDatabase database = SqliteDatabase.OpenReadOnly(request.Database);
        database.RequireTable("candles", "symbol", "interval", "t", "t_close", "o", "h", "l", "c", "v", "n", "updated_at");
        using SqliteStatement rows = database.Prepare(
            """
            SELECT interval, strftime('%Y-%m', t / 1000, 'unixepoch') AS month, count(*) FROM candles
            WHERE t < ?1 AND (?2 = '' OR interval = ?2) GROUP BY interval, month ORDER BY month, interval
            """
        );
        rows.Bind(1, request.BeforeMs);
        rows.Bind(2, request.Interval?.Name ?? "");
        List<Span> spans = [];
        while (rows.Step())
        {
            string month = rows.Text(1);
            if (
                !DateTime.TryParseExact(
                    month,
                    "yyyy-MM",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                    out DateTime first
                )
            )
            {
                throw new KedgeException(
                    FailureKind.CheckFailed,
                    $"{request.Database}: {rows.Text(0)} bars have a time that is no date; `kedge data check` lists them"
                );
            }

            long fromMs = new DateTimeOffset(first, TimeSpan.Zero).ToUnixTimeMilliseconds();
            long toMs = new DateTimeOffset(first.AddMonths(1), TimeSpan.Zero).ToUnixTimeMilliseconds();
            spans.Add(new Span(rows.Text(0), month, fromMs, Math.Min(toMs, request.BeforeMs), rows.Int64(2)));
        }

        return spans;
    }

    private static ArchivedMonth Archive(ArchiveRequest request, Span span)
    {
        string root =
            request.Into ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(request.Database)) ?? ".", "partitions");
        string file = Path.Combine(root, span.Interval, $"candles_{span.Interval}_{span.Month}.parquet");
        if (request.IsDryRun)
        {
            return new ArchivedMonth(file, span.Interval, span.Month, span.Rows, 0, 0, Changed: false);
        }

        string temporary = $"{file}.{Environment.ProcessId}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            (RowHash hash, long total) = Write(request.Database, span, file, temporary);
            Flush(temporary);
            File.Move(temporary, file, overwrite: true);
            bool isSame = true;
            long deleted = request.Delete ? Delete(request.Database, span, hash, out isSame) : 0;
            return new ArchivedMonth(file, span.Interval, span.Month, hash.Rows, total, deleted, !isSame);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{file}: cannot be written: {e.Message}", e);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static (RowHash Hash, long Total) Write(string source, Span span, string file, string temporary)
    {
        using DuckDb database = new(file);
        database.Execute(
            "CREATE TABLE rows (symbol VARCHAR, interval VARCHAR, t BIGINT, t_close BIGINT, o DOUBLE, h DOUBLE, l DOUBLE, c DOUBLE, v DOUBLE, "
                + "n BIGINT, updated_at VARCHAR)"
        );
        RowHash hash;
        using (SqliteDatabase hot = SqliteDatabase.OpenReadOnly(source))
        using (DuckAppender rows = database.Append("rows"))
        {
            hash = Read(hot, span, rows);
            rows.Finish();
        }

        string all = $"SELECT {Columns} FROM rows";
        if (File.Exists(file))
        {
            all +=
                $" UNION ALL SELECT {Columns} FROM read_parquet({DuckDb.Literal(file)}) AS old "
                + "WHERE NOT EXISTS (SELECT 1 FROM rows WHERE rows.symbol = old.symbol AND rows.interval = old.interval AND rows.t = old.t)";
        }

        database.Execute(
            $"COPY (SELECT * FROM ({all}) ORDER BY symbol, t) TO {DuckDb.Literal(temporary)} (FORMAT parquet, COMPRESSION zstd)"
        );
        RowHash back = new();
        database.Query(
            $"SELECT {Columns} FROM read_parquet({DuckDb.Literal(temporary)}) AS f SEMI JOIN rows USING (symbol, interval, t) ORDER BY symbol, t",
            chunk => Mix(ref back, chunk)
        );
        if (back.Value != hash.Value || back.Rows != hash.Rows)
        {
            throw KedgeException.Environment(
                $"{file}: what was written does not read back as it was ({back.Rows} of {hash.Rows} rows); nothing was changed"
            );
        }

        return (hash, database.Number($"SELECT count(*) FROM read_parquet({DuckDb.Literal(temporary)})"));
    }

    /// <summary>Hashes the database's rows of a span, in key order, and appends them.</summary>
    private static RowHash Read(SqliteDatabase database, Span span, DuckAppender? into)
    {
        RowHash hash = new();
        using SqliteStatement rows = database.Prepare($"SELECT {Columns} FROM candles WHERE {Keys} ORDER BY symbol, t");
        span.Bind(rows);
        while (rows.Step())
        {
            for (int column = 0; column < 11; column++)
            {
                bool isNull = rows.IsNull(column);
                switch (column)
                {
                    case 0 or 1 or 10:
                        hash.Add(isNull ? default : rows.Utf8(column), isNull);
                        break;
                    case 2 or 3 or 9:
                        hash.Add(rows.Int64(column), isNull);
                        break;
                    default:
                        hash.Add(rows.Double(column), isNull);
                        break;
                }

                Append(rows, column, isNull, into);
            }

            hash.EndRow();
            into?.EndRow();
        }

        return hash;
    }

    private static void Append(SqliteStatement rows, int column, bool isNull, DuckAppender? into)
    {
        if (into is null)
        {
            return;
        }

        if (isNull)
        {
            into.AddNull();
            return;
        }

        switch (column)
        {
            case 0 or 1 or 10:
                into.Add(rows.Utf8(column));
                break;
            case 2 or 3 or 9:
                into.Add(rows.Int64(column));
                break;
            default:
                into.Add(rows.Double(column));
                break;
        }
    }

    private static void Mix(ref RowHash hash, DuckChunk chunk)
    {
        int count = chunk.Count;
        for (int row = 0; row < count; row++)
        {
            for (int column = 0; column < 11; column++)
            {
                bool isNull = chunk.IsNull(column, row);
                switch (column)
                {
                    case 0 or 1 or 10:
                        hash.Add(chunk.Utf8(column, row), isNull);
                        break;
                    case 2 or 3 or 9:
                        hash.Add(chunk.Int64(column, row), isNull);
                        break;
                    default:
                        hash.Add(chunk.Double(column, row), isNull);
                        break;
                }
            }

            hash.EndRow();
        }
    }

    /// <summary>Deletes a span, unless it no longer holds what was archived.</summary>
    private static long Delete(string source, Span span, RowHash archived, out bool isSame)
    {
        using SqliteDatabase database = SqliteDatabase.OpenWrite(source);
        database.Execute("BEGIN IMMEDIATE");
        RowHash now = Read(database, span, into: null);
        isSame = now.Value == archived.Value && now.Rows == archived.Rows;
        if (!isSame)
        {
            database.Execute("ROLLBACK");
            return 0;
        }

        using (SqliteStatement delete = database.Prepare($"DELETE FROM candles WHERE {Keys}"))
        {
            span.Bind(delete);
            delete.Run();
        }

        database.Execute("COMMIT");
        return archived.Rows;
    }

    private static void Flush(string file)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
    }

    private sealed record Span(string Interval, string Month, long FromMs, long ToMs, long Rows)
    {
        internal void Bind(SqliteStatement statement)
        {
            statement.Bind(1, Interval);
            statement.Bind(2, FromMs);
            statement.Bind(3, ToMs);
        }
    }
}
