using System.Runtime.InteropServices;
using Kedge.Model;

namespace Kedge.Data.Parquet;

/// <summary>The part of DuckDB's C interface that archives need (duckdb.h of version 1.5).</summary>
internal static unsafe partial class NativeDuckDb
{
    /// <summary>The value of <c>DuckDBSuccess</c>.</summary>
    internal const int Success = 0;

    private const string Library = "duckdb";
    private const string FileName = "libduckdb.so";

    static NativeDuckDb() => NativeLibrary.SetDllImportResolver(typeof(NativeDuckDb).Assembly, Resolve);

    /// <summary>Fails with what to do where the library cannot be loaded.</summary>
    /// <exception cref="KedgeException">It is not there (exit 4).</exception>
    internal static void Require()
    {
        foreach (string place in Places())
        {
            if (NativeLibrary.TryLoad(place, out nint handle))
            {
                NativeLibrary.Free(handle);
                return;
            }
        }

        throw KedgeException.Environment(
            $"Parquet archives need DuckDB: {FileName} is not in {AppContext.BaseDirectory} and not among the system's libraries; "
                + "build kedge where npm is found, or put the library there"
        );
    }

    [LibraryImport(Library, EntryPoint = "duckdb_create_config")]
    internal static partial int CreateConfig(out nint config);

    [LibraryImport(Library, EntryPoint = "duckdb_set_config", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetConfig(nint config, string name, string value);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_config")]
    internal static partial void DestroyConfig(ref nint config);

    [LibraryImport(Library, EntryPoint = "duckdb_open_ext")]
    internal static partial int Open(byte* path, out nint database, nint config, out nint error);

    [LibraryImport(Library, EntryPoint = "duckdb_free")]
    internal static partial void Free(nint memory);

    [LibraryImport(Library, EntryPoint = "duckdb_close")]
    internal static partial void Close(ref nint database);

    [LibraryImport(Library, EntryPoint = "duckdb_connect")]
    internal static partial int Connect(nint database, out nint connection);

    [LibraryImport(Library, EntryPoint = "duckdb_disconnect")]
    internal static partial void Disconnect(ref nint connection);

    [LibraryImport(Library, EntryPoint = "duckdb_query", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Query(nint connection, string sql, out Result result);

    [LibraryImport(Library, EntryPoint = "duckdb_result_error")]
    internal static partial nint ResultError(ref Result result);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_result")]
    internal static partial void DestroyResult(ref Result result);

    [LibraryImport(Library, EntryPoint = "duckdb_fetch_chunk")]
    internal static partial nint FetchChunk(Result result);

    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_get_size")]
    internal static partial ulong ChunkSize(nint chunk);

    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_get_vector")]
    internal static partial nint ChunkVector(nint chunk, ulong column);

    [LibraryImport(Library, EntryPoint = "duckdb_vector_get_data")]
    internal static partial void* VectorData(nint vector);

    [LibraryImport(Library, EntryPoint = "duckdb_vector_get_validity")]
    internal static partial ulong* VectorValidity(nint vector);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_data_chunk")]
    internal static partial void DestroyChunk(ref nint chunk);

    [LibraryImport(Library, EntryPoint = "duckdb_appender_create", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int CreateAppender(nint connection, string? schema, string table, out nint appender);

    [LibraryImport(Library, EntryPoint = "duckdb_appender_error")]
    internal static partial nint AppenderError(nint appender);

    [LibraryImport(Library, EntryPoint = "duckdb_append_varchar_length")]
    internal static partial int AppendText(nint appender, byte* text, ulong length);

    [LibraryImport(Library, EntryPoint = "duckdb_append_int64")]
    internal static partial int AppendInt64(nint appender, long value);

    [LibraryImport(Library, EntryPoint = "duckdb_append_double")]
    internal static partial int AppendDouble(nint appender, double value);

    [LibraryImport(Library, EntryPoint = "duckdb_append_null")]
    internal static partial int AppendNull(nint appender);

    [LibraryImport(Library, EntryPoint = "duckdb_appender_end_row")]
    internal static partial int EndRow(nint appender);

    [LibraryImport(Library, EntryPoint = "duckdb_appender_close")]
    internal static partial int CloseAppender(nint appender);

    [LibraryImport(Library, EntryPoint = "duckdb_appender_destroy")]
    internal static partial int DestroyAppender(ref nint appender);

    private static nint Resolve(string name, System.Reflection.Assembly assembly, DllImportSearchPath? path)
    {
        if (string.Equals(name, Library, StringComparison.Ordinal))
        {
            foreach (string place in Places())
            {
                if (NativeLibrary.TryLoad(place, out nint handle))
                {
                    return handle;
                }
            }
        }

        return 0;
    }

    private static string[] Places() => [Path.Combine(AppContext.BaseDirectory, FileName), FileName];

    /// <summary><c>duckdb_result</c>: six words, of which only the last is not deprecated.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Result
    {
        private nint _columnCount;
        private nint _rowCount;
        private nint _rowsChanged;
        private nint _columns;
        private nint _error;
        private nint _internal;
    }
}
