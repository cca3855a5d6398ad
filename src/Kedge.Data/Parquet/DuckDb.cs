using System.Runtime.InteropServices;
using Kedge.Model;

namespace Kedge.Data.Parquet;

/// <summary>An in-memory DuckDB, used by one thread. It installs and loads nothing by itself. Failures name the file at hand.</summary>
internal sealed unsafe class DuckDb : IDisposable
{
    private readonly string _subject;
    private nint _database;
    private nint _connection;

    /// <summary>Opens one.</summary>
    /// <param name="subject">The file that failures name.</param>
    internal DuckDb(string subject)
    {
        _subject = subject;
        NativeDuckDb.Require();
        _ = NativeDuckDb.CreateConfig(out nint config);
        foreach (string name in (string[])["autoinstall_known_extensions", "autoload_known_extensions"])
        {
            _ = NativeDuckDb.SetConfig(config, name, "false");
        }

        int state = NativeDuckDb.Open(null, out _database, config, out nint error);
        NativeDuckDb.DestroyConfig(ref config);
        string text = Text(error);
        NativeDuckDb.Free(error);
        if (state != NativeDuckDb.Success || NativeDuckDb.Connect(_database, out _connection) != NativeDuckDb.Success)
        {
            NativeDuckDb.Close(ref _database);
            throw Failure(text);
        }
    }

    /// <summary>A path or a word as a literal of SQL.</summary>
    internal static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Runs a statement.</summary>
    internal void Execute(string sql)
    {
        NativeDuckDb.Result result = Run(sql);
        NativeDuckDb.DestroyResult(ref result);
    }

    /// <summary>Runs a query and hands over its rows, a chunk at a time.</summary>
    internal void Query(string sql, Action<DuckChunk> take)
    {
        NativeDuckDb.Result result = Run(sql);
        try
        {
            nint chunk;
            while ((chunk = NativeDuckDb.FetchChunk(result)) != 0)
            {
                try
                {
                    take(new DuckChunk(chunk));
                }
                finally
                {
                    NativeDuckDb.DestroyChunk(ref chunk);
                }
            }
        }
        finally
        {
            NativeDuckDb.DestroyResult(ref result);
        }
    }

    /// <summary>The first number of a query.</summary>
    internal long Number(string sql)
    {
        long value = 0;
        Query(sql, chunk => value = chunk.Int64(0, 0));
        return value;
    }

    /// <summary>Appends rows to a table.</summary>
    internal DuckAppender Append(string table)
    {
        int state = NativeDuckDb.CreateAppender(_connection, null, table, out nint appender);
        if (state != NativeDuckDb.Success)
        {
            KedgeException failure = Failure(Text(NativeDuckDb.AppenderError(appender)));
            _ = NativeDuckDb.DestroyAppender(ref appender);
            throw failure;
        }

        return new DuckAppender(this, appender);
    }

    /// <summary>A failure in DuckDB's words.</summary>
    internal KedgeException Failure(string text) =>
        KedgeException.Environment(
            $"{_subject}: DuckDB: {(text.Length == 0 ? "failed without a reason" : text.ReplaceLineEndings(" "))}"
        );

    /// <summary>Text of the library.</summary>
    internal static string Text(nint utf8) => Marshal.PtrToStringUTF8(utf8) ?? "";

    public void Dispose()
    {
        NativeDuckDb.Disconnect(ref _connection);
        NativeDuckDb.Close(ref _database);
    }

    private NativeDuckDb.Result Run(string sql)
    {
        int state = NativeDuckDb.Query(_connection, sql, out NativeDuckDb.Result result);
        if (state != NativeDuckDb.Success)
        {
            KedgeException failure = Failure(Text(NativeDuckDb.ResultError(ref result)));
            NativeDuckDb.DestroyResult(ref result);
            throw failure;
        }

        return result;
    }
}
