using System.Text;
using Kedge.Data.Sqlite;
using Kedge.Model;

namespace Kedge.Data;

/// <summary>Adds funding rates to a database as they come; pages as <see cref="CandleRecorder"/>.</summary>
public sealed class FundingRecorder : IDisposable
{
    private readonly RowWriter _writer;

    private FundingRecorder(RowWriter writer) => _writer = writer;

    /// <summary>Opens a database, and makes it and its folder if they are missing.</summary>
    /// <exception cref="KedgeException">It cannot be opened or is no funding database (exit 4).</exception>
    public static FundingRecorder Open(string path)
    {
        RowWriter writer = new(path, 0);
        try
        {
            writer.CreateFunding();
            return new FundingRecorder(writer);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>First and last time of a symbol; null when there is none.</summary>
    public TimeRange? Stored(string symbol) => _writer.FundingRange(symbol);

    /// <summary>Writes one page; a rate that is there already is replaced.</summary>
    /// <exception cref="KedgeException">The disk is full or the file is locked (exit 4); nothing of the page is written.</exception>
    public void Write(string symbol, IReadOnlyList<(long TimeMs, double Rate)> rates)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(symbol);
        _writer.Transact(() =>
        {
            foreach ((long time, double rate) in rates)
            {
                _writer.PutFunding(utf8, time, rate);
            }
        });
    }

    /// <summary>Writes one page of rates that are not there; one that is there stays as it is.</summary>
    /// <exception cref="KedgeException">The disk is full or the file is locked (exit 4); nothing of the page is written.</exception>
    public void Fill(string symbol, IReadOnlyList<(long TimeMs, double Rate)> rates)
    {
        _writer.KeepWhatIsThere();
        Write(symbol, rates);
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
