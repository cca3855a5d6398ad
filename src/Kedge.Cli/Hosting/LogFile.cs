using System.Text.Json;
using System.Threading.Channels;
using Kedge.Model;

namespace Kedge.Cli.Hosting;

/// <summary>
/// A log as JSON lines. Nobody waits for the disk: when it is too slow or full, lines are left out and counted, and the log goes on when it takes them
/// again. A file that has grown to its limit becomes <c>.1</c>, the one before it <c>.2</c> and so on.
/// </summary>
internal sealed class LogFile : IAsyncDisposable
{
    private const int Waiting = 65_536;
    private const int Kept = 4;
    private readonly Channel<LogLine> _lines = Channel.CreateBounded<LogLine>(
        new BoundedChannelOptions(Waiting) { SingleReader = true }
    );
    private readonly string _path;
    private readonly long _maxBytes;
    private readonly Task _writing;
    private FileStream _file;
    private long _left;

    private LogFile(string path, long maxBytes, FileStream file)
    {
        _path = path;
        _maxBytes = maxBytes;
        _file = file;
        _writing = WriteAsync();
    }

    /// <summary>Lines left out so far.</summary>
    public long Left => Interlocked.Read(ref _left);

    /// <exception cref="KedgeException">The file cannot be written (exit 4).</exception>
    public static LogFile Open(string path, long maxBytes = long.MaxValue)
    {
        try
        {
            return new LogFile(path, maxBytes, OpenFile(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{path}: cannot be written: {e.Message}; name another file with --log", e);
        }
    }

    public void Write(in LogLine line)
    {
        if (!_lines.Writer.TryWrite(line))
        {
            Interlocked.Increment(ref _left);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Left > 0)
        {
            Terminal.Say($"{Left} lines of the log were left out: the disk was too slow or full");
        }

        if (_writing.Exception is { } failure)
        {
            Terminal.Error($"the log could not be written to its end: {failure.InnerException!.Message}");
        }
    }

    private static FileStream OpenFile(string path) =>
        new(path, FileMode.Append, FileAccess.Write, FileShare.Read | FileShare.Delete, 1);

    private async Task WriteAsync()
    {
        using MemoryStream text = new();
        await using Utf8JsonWriter json = new(text);
        try
        {
            while (await _lines.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                text.SetLength(0);
                int lines = 0;
                while (text.Length < 1 << 16 && _lines.Reader.TryRead(out LogLine line))
                {
                    json.Reset();
                    Put(json, in line);
                    await json.FlushAsync().ConfigureAwait(false);
                    text.WriteByte((byte)'\n');
                    lines++;
                }

                await AppendAsync(text, lines).ConfigureAwait(false);
            }
        }
        finally
        {
            await _file.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task AppendAsync(MemoryStream text, int lines)
    {
        long before = long.MaxValue;
        try
        {
            if (!_file.CanWrite)
            {
                // It could not be opened anew when it was rotated.
                _file = OpenFile(_path);
            }

            before = _file.Length;
            await _file.WriteAsync(text.GetBuffer().AsMemory(0, (int)text.Length)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Interlocked.Add(ref _left, lines);
            Cut(before);
            return;
        }

        await RotateAsync().ConfigureAwait(false);
    }

    /// <summary>Takes back half a line, so that the next one begins on a line of its own.</summary>
    private void Cut(long length)
    {
        try
        {
            if (_file.CanWrite && _file.Length > length)
            {
                _file.SetLength(length);
            }
        }
        catch (IOException)
        {
            // Then one line stays cut off.
        }
    }

    private async Task RotateAsync()
    {
        try
        {
            if (_file.Length < _maxBytes)
            {
                return;
            }

            await _file.DisposeAsync().ConfigureAwait(false);
            for (int i = Kept; i >= 1; i--)
            {
                string from = i == 1 ? _path : $"{_path}.{i - 1}";
                if (File.Exists(from))
                {
                    File.Move(from, $"{_path}.{i}", overwrite: true);
                }
            }

            _file = OpenFile(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Tried again with the next lines, which open it anew and go on at its end.
        }
    }

    private static void Put(Utf8JsonWriter json, in LogLine line)
    {
        json.WriteStartObject();
        json.WriteNumber("time", line.TimeMs);
        if (line.Level is { } level)
        {
            json.WriteString("level", level);
        }

        json.WriteString("code", line.Code);
        json.WriteString("subject", line.Subject);
        json.WriteString("detail", line.Detail);
        json.WriteEndObject();
    }
}
