using System.Buffers;
using System.Globalization;
using System.Text;

namespace Kedge.Research.Reports;

/// <summary>Builds CSV lines: fields with a comma, a quote or a line end are quoted, quotes doubled (RFC 4180); lines end in LF.</summary>
internal sealed class CsvLine
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\n\r");

    private readonly StringBuilder _line = new(256);
    private readonly TextWriter _writer;

    public CsvLine(TextWriter writer) => _writer = writer;

    public CsvLine Field(string value)
    {
        Separate();
        if (value.AsSpan().IndexOfAny(Quoted) < 0)
        {
            _line.Append(value);
        }
        else
        {
            _line.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }

        return this;
    }

    public CsvLine Field(long value)
    {
        Separate();
        _line.Append(CultureInfo.InvariantCulture, $"{value}");
        return this;
    }

    /// <summary>Eight decimals, ties to even on the exact binary value; no negative zero.</summary>
    public CsvLine Fixed(double value)
    {
        Separate();
        int start = _line.Length;
        _line.Append(CultureInfo.InvariantCulture, $"{value:F8}");
        if (_line[start] == '-' && value > -1e-8 && IsZero(start + 1))
        {
            _line.Remove(start, 1);
        }

        return this;
    }

    /// <summary>Shortest form that reads back the same.</summary>
    public CsvLine Full(double value)
    {
        Separate();
        _line.Append(CultureInfo.InvariantCulture, $"{value:R}");
        return this;
    }

    public void End()
    {
        _line.Append('\n');
        foreach (ReadOnlyMemory<char> chunk in _line.GetChunks())
        {
            _writer.Write(chunk.Span);
        }

        _line.Clear();
    }

    private bool IsZero(int from)
    {
        for (int i = from; i < _line.Length; i++)
        {
            if (_line[i] is not ('0' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    private void Separate()
    {
        if (_line.Length > 0)
        {
            _line.Append(',');
        }
    }
}
