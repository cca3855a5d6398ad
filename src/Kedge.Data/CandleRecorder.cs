using System.Text;
using Kedge.Data.Sqlite;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Data;

/// <summary>Adds closed candles of one interval to a database as they come. Each page is in the file whole or not at all, whenever the process dies.</summary>
public sealed class CandleRecorder : IDisposable
{
    private readonly RowWriter _writer;
    private readonly Interval _interval;

    private CandleRecorder(RowWriter writer, Interval interval)
    {
        _writer = writer;
        _interval = interval;
    }

    /// <summary>Opens a database, and makes it and its folder if they are missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="interval">Length of the candles.</param>
    /// <param name="nowMs">Becomes <c>updated_at</c> of what is written, UTC epoch milliseconds.</param>
    /// <exception cref="KedgeException">It cannot be opened or is no candle database (exit 4).</exception>
    public static CandleRecorder Open(string path, Interval interval, long nowMs)
    {
        RowWriter writer = new(path, nowMs);
        try
        {
            writer.CreateCandles();
            return new CandleRecorder(writer, interval);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Open times of the first and last candle of a symbol; null when there is none.</summary>
    public TimeRange? Stored(string symbol) => _writer.CandleRange(symbol, _interval);

    /// <summary>Writes one page; a candle that is there already is replaced.</summary>
    /// <param name="symbol">Symbol as the venue spells it.</param>
    /// <param name="bars">Closed candles and how many trades each had.</param>
    /// <exception cref="KedgeException">The disk is full or the file is locked (exit 4); nothing of the page is written.</exception>
    public void Write(string symbol, IReadOnlyList<(Bar Bar, long Trades)> bars)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(symbol);
        _writer.Transact(() =>
        {
            foreach ((Bar bar, long trades) in bars)
            {
                _writer.Put(utf8, _interval, in bar, trades);
            }
        });
    }

    /// <summary>Writes one page of candles that are not there; one that is there stays as it is.</summary>
    /// <param name="symbol">Symbol as the venue spells it.</param>
    /// <param name="bars">Closed candles and how many trades each had.</param>
    /// <exception cref="KedgeException">The disk is full or the file is locked (exit 4); nothing of the page is written.</exception>
    public void Fill(string symbol, IReadOnlyList<(Bar Bar, long Trades)> bars)
    {
        _writer.KeepWhatIsThere();
        Write(symbol, bars);
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
