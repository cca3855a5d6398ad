using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using Kedge.Data.Feed;

namespace Kedge.Cli.Feed;

/// <summary>
/// Tells another program which bars are on disk, one JSON line for each. The store never waits for a slow reader: batches are left out then, and a line
/// with <c>left_out</c> says how many bars that were so far.
/// </summary>
internal sealed class StoredLines : IDisposable
{
    private const int BatchesWaiting = 256;
    private readonly BlockingCollection<FeedEffect.Store> _batches = new(BatchesWaiting);
    private readonly Stream _out;
    private readonly Thread _writer;
    private long _leftOut;

    /// <param name="destination">Where the lines go; it is closed in the end.</param>
    public StoredLines(Stream destination)
    {
        _out = destination;
        _writer = new Thread(WriteAll) { Name = "stored lines", IsBackground = true };
        _writer.Start();
    }

    /// <summary>Takes a batch that is on disk. Never blocks.</summary>
    public void Add(FeedEffect.Store batch)
    {
        if (!_batches.TryAdd(batch))
        {
            Interlocked.Add(ref _leftOut, batch.Bars.Count);
        }
    }

    /// <summary>Ends when everything that was taken is written, or nobody reads any more.</summary>
    public void Dispose()
    {
        _batches.CompleteAdding();
        _writer.Join();
        _batches.Dispose();
        _out.Dispose();
    }

    private void WriteAll()
    {
        ArrayBufferWriter<byte> lines = new();
        long told = 0;
        bool isRead = true;
        foreach (FeedEffect.Store batch in _batches.GetConsumingEnumerable())
        {
            if (!isRead)
            {
                continue;
            }

            lines.ResetWrittenCount();
            long leftOut = Interlocked.Read(ref _leftOut);
            if (leftOut > told)
            {
                told = leftOut;
                Line(lines, json => json.WriteNumber("left_out", leftOut));
            }

            foreach (BarToStore bar in batch.Bars)
            {
                Line(lines, json => Write(json, bar));
            }

            isRead = TryWrite(lines.WrittenSpan);
        }
    }

    private bool TryWrite(ReadOnlySpan<byte> lines)
    {
        try
        {
            _out.Write(lines);
            _out.Flush();
            return true;
        }
        catch (IOException e)
        {
            Terminal.Say($"nobody reads what is stored any more, the feed goes on: {e.Message}");
            return false;
        }
    }

    private static void Line(ArrayBufferWriter<byte> lines, Action<Utf8JsonWriter> write)
    {
        using (Utf8JsonWriter json = new(lines))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        lines.Write("\n"u8);
    }

    private static void Write(Utf8JsonWriter json, in BarToStore stored)
    {
        json.WriteString("symbol", stored.Symbol);
        json.WriteString("interval", stored.Interval.Name);
        json.WriteNumber("t", stored.Bar.OpenMs);
        json.WriteNumber("o", stored.Bar.Open);
        json.WriteNumber("h", stored.Bar.High);
        json.WriteNumber("l", stored.Bar.Low);
        json.WriteNumber("c", stored.Bar.Close);
        json.WriteNumber("v", stored.Bar.Volume);
        json.WriteNumber("n", stored.Bar.Trades);
    }
}
