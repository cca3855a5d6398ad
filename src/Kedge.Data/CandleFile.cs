using Kedge.Data.Checks;
using Kedge.Data.Parquet;
using Kedge.Data.Sqlite;
using Kedge.Model;

namespace Kedge.Data;

/// <summary>One file of candles: a SQLite database or a Parquet archive, told apart by its first bytes.</summary>
internal static class CandleFile
{
    private const string SeriesColumns = "symbol, interval, count(*), min(t), max(t)";

    /// <summary>Whether the file is Parquet.</summary>
    /// <exception cref="KedgeException">It cannot be read (exit 4).</exception>
    internal static bool IsParquet(string file)
    {
        if (!File.Exists(file))
        {
            return false;
        }

        Span<byte> magic = stackalloc byte[4];
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(
                file,
                share: FileShare.ReadWrite | FileShare.Delete
            );
            return RandomAccess.Read(handle, magic, 0) == magic.Length && magic.SequenceEqual("PAR1"u8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{file}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>All rows of one interval, in the order they are stored.</summary>
    internal static void Scan<TSink>(string file, Interval interval, ref TSink sink)
        where TSink : ICandleSink
    {
        if (IsParquet(file))
        {
            ParquetScan.Run(file, interval, ref sink);
            return;
        }

        using SqliteDatabase database = SqliteDatabase.OpenReadOnly(file);
        CandleScan.Run(database, interval, ref sink);
    }

    /// <summary>Names of the intervals it holds, shortest first, unknown ones last.</summary>
    internal static IReadOnlyList<string> Intervals(string file)
    {
        if (!IsParquet(file))
        {
            using SqliteDatabase database = SqliteDatabase.OpenReadOnly(file);
            return CandleScan.Intervals(database);
        }

        return
        [
            .. Series(file)
                .Select(series => series.Interval)
                .Distinct(StringComparer.Ordinal)
                .OrderBy(n => Interval.TryParse(n, out Interval i) ? i.Ms : long.MaxValue)
                .ThenBy(n => n, StringComparer.Ordinal),
        ];
    }

    /// <summary>What it holds, in no particular order.</summary>
    internal static List<StoredSeries> Series(string file)
    {
        List<StoredSeries> series = [];
        if (IsParquet(file))
        {
            using DuckDb archive = ParquetScan.Open(file);
            archive.Query(
                $"SELECT {SeriesColumns} FROM read_parquet({DuckDb.Literal(file)}) GROUP BY symbol, interval",
                chunk =>
                {
                    for (int row = 0; row < chunk.Count; row++)
                    {
                        series.Add(
                            new StoredSeries(
                                file,
                                System.Text.Encoding.UTF8.GetString(chunk.Utf8(0, row)),
                                System.Text.Encoding.UTF8.GetString(chunk.Utf8(1, row)),
                                chunk.Int64(2, row),
                                chunk.Int64(3, row),
                                chunk.Int64(4, row)
                            )
                        );
                    }
                }
            );
            return series;
        }

        using SqliteDatabase database = SqliteDatabase.OpenReadOnly(file);
        database.RequireTable("candles", "symbol", "interval", "t");
        using SqliteStatement rows = database.Prepare($"SELECT {SeriesColumns} FROM candles GROUP BY symbol, interval");
        while (rows.Step())
        {
            series.Add(new StoredSeries(file, rows.Text(0), rows.Text(1), rows.Int64(2), rows.Int64(3), rows.Int64(4)));
        }

        return series;
    }
}
