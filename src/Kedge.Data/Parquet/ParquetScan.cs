using Kedge.Data.Sqlite;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Data.Parquet;

/// <summary>Reads candles from a Parquet file with the columns of the candle table.</summary>
internal static unsafe class ParquetScan
{
    private static readonly string[] Needed = ["symbol", "interval", "t", "o", "h", "l", "c", "v"];

    /// <summary>All rows of one interval, in file order.</summary>
    internal static void Run<TSink>(string file, Interval interval, ref TSink sink)
        where TSink : ICandleSink
    {
        using DuckDb database = Open(file);
        string sql =
            "SELECT symbol, CAST(t AS BIGINT), CAST(o AS DOUBLE), CAST(h AS DOUBLE), CAST(l AS DOUBLE), CAST(c AS DOUBLE), CAST(v AS DOUBLE) "
            + $"FROM read_parquet({DuckDb.Literal(file)}) WHERE interval = {DuckDb.Literal(interval.Name)}";
        TSink taker = sink;
        database.Query(
            sql,
            chunk =>
            {
                int count = chunk.Count;
                for (int row = 0; row < count; row++)
                {
                    Bar bar = new(
                        chunk.Int64(1, row),
                        chunk.Double(2, row),
                        chunk.Double(3, row),
                        chunk.Double(4, row),
                        chunk.Double(5, row),
                        chunk.Double(6, row)
                    );
                    taker.Add(chunk.Utf8(0, row), in bar);
                }
            }
        );
        sink = taker;
    }

    /// <summary>Opens the engine and checks that the file is a table of candles.</summary>
    /// <exception cref="KedgeException">It is not (exit 4).</exception>
    internal static DuckDb Open(string file)
    {
        DuckDb database = new(file);
        try
        {
            HashSet<string> there = new(StringComparer.Ordinal);
            database.Query(
                $"SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet({DuckDb.Literal(file)}))",
                chunk =>
                {
                    for (int row = 0; row < chunk.Count; row++)
                    {
                        there.Add(System.Text.Encoding.UTF8.GetString(chunk.Utf8(0, row)));
                    }
                }
            );
            if (Needed.FirstOrDefault(name => !there.Contains(name)) is { } missing)
            {
                throw KedgeException.Environment(
                    $"{file}: has no column '{missing}'; expected at least {string.Join(", ", Needed)}"
                );
            }
        }
        catch
        {
            database.Dispose();
            throw;
        }

        return database;
    }
}
