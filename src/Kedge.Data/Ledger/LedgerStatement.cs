using Kedge.Data.Sqlite;
using Kedge.Model.Ledger;

namespace Kedge.Data.Ledger;

/// <summary>A statement that is prepared once and bound in order of its parameters. The first parameter bound makes it ready to run again.</summary>
internal sealed class LedgerStatement : IDisposable
{
    private readonly SqliteStatement _statement;
    private int _next = 1;

    public LedgerStatement(SqliteDatabase database, string sql) => _statement = database.Prepare(sql);

    public LedgerStatement Text(string? value)
    {
        int parameter = Next();
        if (value is null)
        {
            _statement.BindNull(parameter);
        }
        else
        {
            _statement.Bind(parameter, value);
        }

        return this;
    }

    public LedgerStatement Int(long? value)
    {
        int parameter = Next();
        if (value is long number)
        {
            _statement.Bind(parameter, number);
        }
        else
        {
            _statement.BindNull(parameter);
        }

        return this;
    }

    public LedgerStatement Flag(bool value) => Int(value ? 1 : 0);

    public LedgerStatement Real(double? value)
    {
        int parameter = Next();
        if (value is double number)
        {
            _statement.Bind(parameter, number);
        }
        else
        {
            _statement.BindNull(parameter);
        }

        return this;
    }

    public LedgerStatement Money(Amount? value)
    {
        int parameter = Next();
        if (value is Amount amount)
        {
            Span<char> text = stackalloc char[Amount.MaxTextLength];
            _statement.Bind(parameter, text[..amount.Write(text)]);
        }
        else
        {
            _statement.BindNull(parameter);
        }

        return this;
    }

    public LedgerStatement Blob(ReadOnlySpan<byte> bytes)
    {
        _statement.BindBlob(Next(), bytes);
        return this;
    }

    /// <summary>Runs it to its end.</summary>
    public void Run()
    {
        if (_next == 1)
        {
            _statement.Reset();
        }

        _next = 1;
        _statement.Run();
    }

    /// <summary>Its next row; the row's columns hold until the next call.</summary>
    public bool Step()
    {
        _next = 1;
        return _statement.Step();
    }

    /// <summary>Lets go of the row.</summary>
    public void Reset()
    {
        _next = 1;
        _statement.Reset();
    }

    public string TextAt(int column) => _statement.Text(column);

    public string? TextOrNull(int column) => _statement.IsNull(column) ? null : _statement.Text(column);

    public long IntAt(int column) => _statement.Int64(column);

    public long? IntOrNull(int column) => _statement.IsNull(column) ? null : _statement.Int64(column);

    public bool FlagAt(int column) => _statement.Int64(column) != 0;

    public double RealAt(int column) => _statement.Double(column);

    public double? RealOrNull(int column) => _statement.IsNull(column) ? null : _statement.Double(column);

    public Amount MoneyAt(int column) => Amount.Parse(_statement.Text(column));

    public Amount? MoneyOrNull(int column) => _statement.IsNull(column) ? null : MoneyAt(column);

    public byte[] BlobAt(int column) => _statement.Blob(column);

    /// <summary>Text, a whole number, or null: whatever is there.</summary>
    public object? ValueAt(int column) =>
        _statement.IsNull(column) ? null
        : _statement.IsInteger(column) ? _statement.Int64(column)
        : _statement.Text(column);

    public void Dispose() => _statement.Dispose();

    private int Next()
    {
        if (_next == 1)
        {
            _statement.Reset();
        }

        return _next++;
    }
}
