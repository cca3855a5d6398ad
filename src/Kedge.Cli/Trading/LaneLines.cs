using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using Kedge.Cli.Hosting;
using Kedge.Model;

namespace Kedge.Cli.Trading;

/// <summary>
/// Shows what a lane does: lines for a person, JSON lines for a program, the log. The engine never waits for a slow reader: beyond what may wait events are left
/// out here, and counted; the ledger has them all.
/// </summary>
internal sealed class LaneLines : IAsyncDisposable
{
    private const int MaxWaiting = 8_192;
    private const long MaxLogBytes = 256L << 20;
    private readonly BlockingCollection<LaneEvent> _events = new(MaxWaiting);
    private readonly LogFile? _log;
    private readonly Stream? _json;
    private readonly bool _quiet;
    private readonly Thread _writer;
    private long _leftOut;
    private long _alerts;

    /// <param name="log">File of the log; null for none.</param>
    /// <param name="json">JSON lines on standard output.</param>
    /// <param name="quiet">No lines for a person.</param>
    /// <exception cref="KedgeException">The log cannot be opened (exit 4).</exception>
    public LaneLines(string? log, bool json, bool quiet)
    {
        _log = log is null ? null : LogFile.Open(log, MaxLogBytes);
        _json = json ? Console.OpenStandardOutput() : null;
        _quiet = quiet;
        _writer = new Thread(WriteAll) { Name = "lane lines", IsBackground = true };
        _writer.Start();
    }

    /// <summary>Events that found no place, and lines that the log has not taken: a full disk.</summary>
    public long LeftOut => Interlocked.Read(ref _leftOut) + (_log?.Left ?? 0);

    /// <summary>Alerts so far.</summary>
    public long Alerts => Interlocked.Read(ref _alerts);

    /// <summary>Takes an event; never waits.</summary>
    public void Add(LaneEvent told)
    {
        if (told.Kind == "alert")
        {
            Interlocked.Increment(ref _alerts);
        }

        if (!_events.TryAdd(told))
        {
            Interlocked.Increment(ref _leftOut);
        }
    }

    /// <summary>Something about the lane itself.</summary>
    public void Say(string code, string text) => Add(new LaneEvent(Now(), "lane", code, "", text));

    /// <summary>Something about the lane itself that somebody has to look at.</summary>
    public void Warn(string code, string text) => Add(new LaneEvent(Now(), "alert", code, "", text));

    /// <summary>Something worth a line in the log.</summary>
    public void Note(string code, string symbol, string text) => Add(new LaneEvent(Now(), "note", code, symbol, text));

    /// <summary>Everything that was taken is written.</summary>
    public async ValueTask DisposeAsync()
    {
        _events.CompleteAdding();
        await Task.Run(_writer.Join).ConfigureAwait(false);
        _events.Dispose();
        if (_json is not null)
        {
            await _json.DisposeAsync().ConfigureAwait(false);
        }

        if (_log is not null)
        {
            await _log.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private void WriteAll()
    {
        ArrayBufferWriter<byte> line = new();
        bool isRead = _json is not null;
        foreach (LaneEvent told in _events.GetConsumingEnumerable())
        {
            _log?.Write(
                new LogLine(
                    told.TimeMs,
                    told.Code.Length == 0 ? told.Kind : $"{told.Kind}.{told.Code}",
                    told.Symbol,
                    told.Text,
                    told.Kind == "alert" ? "warning" : "info"
                )
            );
            if (!_quiet && told.IsForPeople)
            {
                Terminal.Say(
                    $"{Timestamp.Show(told.TimeMs)} {told.Kind}{(told.Symbol.Length == 0 ? "" : $" {told.Symbol}")}: {told.Text}"
                );
            }

            if (isRead)
            {
                line.ResetWrittenCount();
                Write(line, told);
                isRead = TryWrite(line.WrittenSpan);
            }
        }
    }

    private bool TryWrite(ReadOnlySpan<byte> line)
    {
        try
        {
            _json!.Write(line);
            _json.Flush();
            return true;
        }
        catch (IOException e)
        {
            Terminal.Say($"nobody reads standard output any more, the lane goes on: {e.Message}");
            return false;
        }
    }

    private static void Write(ArrayBufferWriter<byte> into, LaneEvent told)
    {
        using (Utf8JsonWriter json = new(into))
        {
            json.WriteStartObject();
            json.WriteNumber("time_ms", told.TimeMs);
            json.WriteString("event", told.Kind);
            if (told.Code.Length > 0)
            {
                json.WriteString("code", told.Code);
            }

            if (told.Symbol.Length > 0)
            {
                json.WriteString("symbol", told.Symbol);
            }

            if (told.Booking is { } b)
            {
                json.WriteString("side", b.Side.ToString().ToLowerInvariant());
                json.WriteNumber("size", b.Size);
                json.WriteNumber("price", b.Price);
                json.WriteNumber("pnl", b.Pnl);
                json.WriteNumber("fee", b.Fee);
                json.WriteNumber("balance", b.Balance);
            }

            json.WriteString("text", told.Text);
            json.WriteEndObject();
        }

        into.Write("\n"u8);
    }
}
