using System.Globalization;
using System.IO.Compression;
using System.Text;
using Kedge.Data.Columns;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Data.Import;

/// <summary>Reads one CSV file line by line, strictly. Bad lines are collected as text; reading goes on to find them all.</summary>
internal sealed class CsvFile : IDisposable
{
    private const int MaxProblems = 20;
    private readonly StreamReader _reader;
    private readonly Dictionary<string, (byte[] Utf8, long LastMs)> _symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (byte[] Utf8, long LastMs)>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly List<string> _problems = [];
    private readonly string _fileSymbol;
    private long _moreProblems;
    private long _line = 1;

    private CsvFile(string path, StreamReader reader, CsvFormat format)
    {
        Path = path;
        Format = format;
        _reader = reader;
        _bySpan = _symbols.GetAlternateLookup<ReadOnlySpan<char>>();
        string name = System.IO.Path.GetFileName(path);
        _fileSymbol = name[..(name.IndexOf('.', StringComparison.Ordinal) is var dot && dot >= 0 ? dot : name.Length)];
    }

    internal string Path { get; }

    internal CsvFormat Format { get; }

    /// <summary>UTF-8 of the symbol of the line last read.</summary>
    internal byte[] Symbol { get; private set; } = [];

    /// <summary>The bar last read; for funding the time is its open time and the rate its close.</summary>
    internal Bar Row { get; private set; }

    internal bool HasProblems => _problems.Count > 0;

    /// <summary>All problems, the last line counting those not listed.</summary>
    internal IReadOnlyList<string> Problems =>
        _moreProblems == 0
            ? _problems
            : [.. _problems, $"{Path}: and {_moreProblems.ToString(CultureInfo.InvariantCulture)} more bad lines"];

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="KedgeException">The file cannot be read, or its header is none of the four.</exception>
    internal static CsvFile Open(string path)
    {
        StreamReader? reader = null;
        try
        {
            bool isGzip = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
            if (isGzip && !GzipCheck.IsWhole(path))
            {
                throw new InvalidDataException("the trailer does not fit the data");
            }

            Stream stream = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.Read,
                1 << 16,
                FileOptions.SequentialScan
            );
            if (isGzip)
            {
                stream = new GZipStream(stream, CompressionMode.Decompress);
            }

            reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 1 << 16);
            string? header = reader.ReadLine();
            if (!CsvHeaders.TryParse(header, out CsvFormat format))
            {
                string what = header is null ? "is empty" : $"header '{Shorten(header)}' is not known";
                throw new KedgeException(FailureKind.CheckFailed, $"{path}:1: {what}; expected one of {CsvHeaders.All}");
            }

            CsvFile file = new(path, reader, format);
            reader = null;
            return file;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw KedgeException.Environment($"{path}: no such file; check the path", e);
        }
        catch (InvalidDataException e)
        {
            throw new KedgeException(
                FailureKind.CheckFailed,
                $"{path}: the gzip data is damaged or cut short; fetch the file again",
                e
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{path}: cannot be read: {e.Message}", e);
        }
        finally
        {
            reader?.Dispose();
        }
    }

    /// <summary>Reads the next good line; false at the end, or when the file breaks off.</summary>
    internal bool Read()
    {
        while (true)
        {
            string? line;
            try
            {
                line = _reader.ReadLine();
            }
            catch (InvalidDataException)
            {
                Problem($"{Path}:{_line + 1}: the gzip data is damaged here; fetch the file again");
                return false;
            }
            catch (IOException e)
            {
                throw KedgeException.Environment($"{Path}:{_line + 1}: cannot be read: {e.Message}", e);
            }

            if (line is null)
            {
                return false;
            }

            _line++;
            if (Parse(line) is not { } problem)
            {
                return true;
            }

            Problem($"{Path}:{_line}: {problem}");
        }
    }

    public void Dispose() => _reader.Dispose();

    private void Problem(string text)
    {
        if (_problems.Count < MaxProblems)
        {
            _problems.Add(text);
        }
        else
        {
            _moreProblems++;
        }
    }

    private string? Parse(ReadOnlySpan<char> line)
    {
        Span<Range> fields = stackalloc Range[9];
        int expected = Format.Fields();
        int count = line.Split(fields, ',');
        if (count != expected)
        {
            return line.IsWhiteSpace() ? "empty line" : $"{count} fields, expected {expected}";
        }

        int at = 0;
        ReadOnlySpan<char> symbol = _fileSymbol;
        if (Format.NamesSymbol())
        {
            symbol = line[fields[at++]];
            if (symbol.IsWhiteSpace())
            {
                return "no symbol";
            }
        }

        ReadOnlySpan<char> timeText = line[fields[at++]];
        if (!long.TryParse(timeText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long time))
        {
            return $"time '{Shorten(timeText)}' is not a whole number of milliseconds";
        }

        Span<double> numbers = stackalloc double[expected - at];
        for (int i = 0; i < numbers.Length; i++)
        {
            ReadOnlySpan<char> text = line[fields[at + i]];
            if (
                !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])
                || !double.IsFinite(numbers[i])
            )
            {
                return $"'{Shorten(text)}' is not a finite number";
            }
        }

        Bar bar = Format.IsCandles()
            ? new Bar(time, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
            : new Bar(time, 1.0, 1.0, 1.0, 1.0, 0.0);
        if (BarRules.Problem(in bar) is { } problem)
        {
            return problem;
        }

        if (!Format.IsCandles())
        {
            bar.Close = numbers[0];
        }

        Row = bar;
        return Follow(symbol, time);
    }

    /// <summary>Checks that times of a symbol ascend.</summary>
    private string? Follow(ReadOnlySpan<char> symbol, long time)
    {
        if (!_bySpan.TryGetValue(symbol, out (byte[] Utf8, long LastMs) last))
        {
            string name = symbol.ToString();
            last = (Encoding.UTF8.GetBytes(name), long.MinValue);
        }

        if (time <= last.LastMs)
        {
            return time == last.LastMs
                ? $"time {time} of {symbol} is there twice"
                : $"time {time} of {symbol} comes after {last.LastMs}";
        }

        _bySpan[symbol] = (last.Utf8, time);
        Symbol = last.Utf8;
        return null;
    }

    private static string Shorten(ReadOnlySpan<char> text) =>
        text.Length <= 40 ? text.ToString() : string.Concat(text[..40], "…");
}
