using Kedge.Model;

namespace Kedge.Data.Parquet;

/// <summary>Appends rows to a table, column by column.</summary>
internal sealed unsafe class DuckAppender(DuckDb database, nint appender) : IDisposable
{
    private nint _appender = appender;

    internal void Add(ReadOnlySpan<byte> utf8)
    {
        byte nothing = 0;
        fixed (byte* text = utf8)
        {
            Check(NativeDuckDb.AppendText(_appender, text == null ? &nothing : text, (ulong)utf8.Length));
        }
    }

    internal void Add(long value) => Check(NativeDuckDb.AppendInt64(_appender, value));

    internal void Add(double value) => Check(NativeDuckDb.AppendDouble(_appender, value));

    internal void AddNull() => Check(NativeDuckDb.AppendNull(_appender));

    internal void EndRow() => Check(NativeDuckDb.EndRow(_appender));

    /// <summary>Makes all rows visible.</summary>
    internal void Finish() => Check(NativeDuckDb.CloseAppender(_appender));

    public void Dispose() => _ = NativeDuckDb.DestroyAppender(ref _appender);

    private void Check(int state)
    {
        if (state != NativeDuckDb.Success)
        {
            KedgeException failure = database.Failure(DuckDb.Text(NativeDuckDb.AppenderError(_appender)));
            throw failure;
        }
    }
}
