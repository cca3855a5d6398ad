using System.Text.Json;
using System.Threading.Channels;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Model;

namespace Kedge.Cli.Exchange;

/// <summary>The venue's log as JSON lines. The venue never waits for the disk: when it is too slow, lines are left out and counted.</summary>
internal sealed class LogFile : IAsyncDisposable
{
    private const int Waiting = 65_536;
    private readonly Channel<GatewayLogEntry> _lines = Channel.CreateBounded<GatewayLogEntry>(
        new BoundedChannelOptions(Waiting) { SingleReader = true }
    );
    private readonly Task _writing;
    private long _left;

    private LogFile(FileStream file) => _writing = WriteAsync(file);

    /// <exception cref="KedgeException">The file cannot be written (exit 4).</exception>
    public static LogFile Open(string path)
    {
        try
        {
            return new LogFile(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{path}: cannot be written: {e.Message}; name another file with --log", e);
        }
    }

    public void Write(GatewayLogEntry entry)
    {
        if (!_lines.Writer.TryWrite(entry))
        {
            Interlocked.Increment(ref _left);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_left > 0)
        {
            Terminal.Say($"{_left} lines of the log were left out: the disk was too slow");
        }

        if (_writing.Exception is { } failure)
        {
            Terminal.Error($"the log could not be written to its end: {failure.InnerException!.Message}");
        }
    }

    private async Task WriteAsync(FileStream file)
    {
        await using (file.ConfigureAwait(false))
        {
            await using Utf8JsonWriter json = new(file);
            while (await _lines.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                while (_lines.Reader.TryRead(out GatewayLogEntry? entry))
                {
                    json.Reset();
                    json.WriteStartObject();
                    json.WriteNumber("time", entry.TimeMs);
                    json.WriteString("code", entry.Code);
                    json.WriteString("subject", entry.Subject);
                    json.WriteString("detail", entry.Detail);
                    json.WriteEndObject();
                    await json.FlushAsync().ConfigureAwait(false);
                    file.WriteByte((byte)'\n');
                }

                await file.FlushAsync().ConfigureAwait(false);
            }
        }
    }
}
