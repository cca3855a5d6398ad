using System.Buffers;
using System.Text;
using SQLitePCL;

namespace Kedge.Data.Sqlite;

/// <summary>A prepared statement. Columns are read and parameters bound by position; parameters count from 1.</summary>
internal sealed unsafe class SqliteStatement : IDisposable
{
    private const int StackBytes = 512;
    private static readonly nint CopyBytes = -1;
    private readonly SqliteDatabase _database;
    private readonly sqlite3_stmt _statement;
    private readonly nint _handle;

    internal SqliteStatement(SqliteDatabase database, sqlite3_stmt statement)
    {
        _database = database;
        _statement = statement;
        _handle = statement.DangerousGetHandle();
    }

    /// <summary>The raw handle, for scans; it lives as long as this object.</summary>
    internal nint Handle => _handle;

    /// <summary>Advances to the next row; false at the end.</summary>
    internal bool Step()
    {
        int code = NativeSqlite.Step(_handle);
        return code switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw _database.Failure(code),
        };
    }

    /// <summary>Runs a statement that returns no rows and makes it ready to run again.</summary>
    internal void Run()
    {
        int code = NativeSqlite.Step(_handle);
        if (code is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            // Build the failure first: resetting clears the connection's message.
            Exception failure = _database.Failure(code);
            _ = NativeSqlite.Reset(_handle);
            throw failure;
        }

        _ = NativeSqlite.Reset(_handle);
    }

    internal void Bind(int parameter, long value) => Check(NativeSqlite.BindInt64(_handle, parameter, value));

    internal void Bind(int parameter, double value) => Check(NativeSqlite.BindDouble(_handle, parameter, value));

    internal void Bind(int parameter, string value) => Bind(parameter, value.AsSpan());

    internal void Bind(int parameter, ReadOnlySpan<char> value)
    {
        int most = Encoding.UTF8.GetMaxByteCount(value.Length);
        byte[]? rented = null;
        Span<byte> utf8 = most <= StackBytes ? stackalloc byte[StackBytes] : rented = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            Bind(parameter, utf8[..Encoding.UTF8.GetBytes(value, utf8)]);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    internal void BindNull(int parameter) => Check(NativeSqlite.BindNull(_handle, parameter));

    internal void BindBlob(int parameter, ReadOnlySpan<byte> bytes)
    {
        byte nothing = 0;
        fixed (byte* blob = bytes)
        {
            Check(NativeSqlite.BindBlob(_handle, parameter, blob == null ? &nothing : blob, bytes.Length, CopyBytes));
        }
    }

    /// <summary>Makes it ready to run again; what was bound stays.</summary>
    internal void Reset() => _ = NativeSqlite.Reset(_handle);

    internal void Bind(int parameter, ReadOnlySpan<byte> utf8)
    {
        // A null pointer would bind NULL, so empty text needs an address too.
        byte nothing = 0;
        fixed (byte* text = utf8)
        {
            Check(NativeSqlite.BindText(_handle, parameter, text == null ? &nothing : text, utf8.Length, CopyBytes));
        }
    }

    internal long Int64(int column) => NativeSqlite.ColumnInt64(_handle, column);

    internal double Double(int column) => NativeSqlite.ColumnDouble(_handle, column);

    internal bool IsNull(int column) => NativeSqlite.ColumnType(_handle, column) == raw.SQLITE_NULL;

    internal bool IsInteger(int column) => NativeSqlite.ColumnType(_handle, column) == raw.SQLITE_INTEGER;

    internal ReadOnlySpan<byte> Utf8(int column)
    {
        byte* text = NativeSqlite.ColumnText(_handle, column);
        return new ReadOnlySpan<byte>(text, NativeSqlite.ColumnBytes(_handle, column));
    }

    internal byte[] Blob(int column)
    {
        byte* blob = NativeSqlite.ColumnBlob(_handle, column);
        return new ReadOnlySpan<byte>(blob, NativeSqlite.ColumnBytes(_handle, column)).ToArray();
    }

    internal string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw _database.Failure(code);
        }
    }
}
