using System.Runtime.CompilerServices;
using Kedge.Kernel;
using Kedge.Model;
using SQLitePCL;

namespace Kedge.Data.Sqlite;

/// <summary>Reads all rows of one interval in storage order, which is several times faster than asking SQLite for them sorted.</summary>
internal static unsafe class CandleScan
{
    internal static void Run<TSink>(SqliteDatabase database, Interval interval, ref TSink sink)
        where TSink : ICandleSink
    {
        database.RequireTable("candles", "symbol", "interval", "t", "o", "h", "l", "c", "v");
        using SqliteStatement rows = database.Prepare(
            "SELECT symbol, t, o, h, l, c, v FROM candles NOT INDEXED WHERE interval = ?1"
        );
        rows.Bind(1, interval.Name);
        nint row = rows.Handle;
        int code;
        while ((code = NativeSqlite.Step(row)) == raw.SQLITE_ROW)
        {
            Bar bar = Read(row);
            byte* symbol = NativeSqlite.ColumnText(row, 0);
            sink.Add(new ReadOnlySpan<byte>(symbol, NativeSqlite.ColumnBytes(row, 0)), in bar);
        }

        if (code != raw.SQLITE_DONE)
        {
            throw database.Failure(code);
        }
    }

    /// <summary>The intervals a database holds, shortest first, unknown names last.</summary>
    internal static IReadOnlyList<string> Intervals(SqliteDatabase database)
    {
        database.RequireTable("candles", "symbol", "interval", "t");
        List<string> found = [];
        using SqliteStatement names = database.Prepare("SELECT DISTINCT interval FROM candles");
        while (names.Step())
        {
            found.Add(names.Text(0));
        }

        return
        [
            .. found
                .OrderBy(n => Interval.TryParse(n, out Interval i) ? i.Ms : long.MaxValue)
                .ThenBy(n => n, StringComparer.Ordinal),
        ];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Bar Read(nint row) =>
        new(
            NativeSqlite.ColumnInt64(row, 1),
            NativeSqlite.ColumnDouble(row, 2),
            NativeSqlite.ColumnDouble(row, 3),
            NativeSqlite.ColumnDouble(row, 4),
            NativeSqlite.ColumnDouble(row, 5),
            NativeSqlite.ColumnDouble(row, 6)
        );
}
