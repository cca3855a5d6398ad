using System.Text;
using Kedge.Data.Sqlite;
using Kedge.Data.Universe;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Data.Generated;

/// <summary>Writes a generated market as the databases that the other verbs read.</summary>
public static class MarketFiles
{
    /// <summary>
    /// Writes <c>candles_{interval}.db</c>, <c>funding_rates.db</c> and <c>universe_history.db</c>, replacing those of that name. Each appears whole or not at all.
    /// </summary>
    /// <param name="market">What to write.</param>
    /// <param name="folder">Where to; made if missing.</param>
    /// <param name="cancellation">Stops between symbols; the file being written is removed.</param>
    /// <returns>The candle database.</returns>
    /// <exception cref="KedgeException">The folder cannot be written, or the disk is full (exit 4).</exception>
    public static string Write(GeneratedMarket market, string folder, CancellationToken cancellation = default)
    {
        string candles = Path.Combine(folder, $"candles_{market.Interval}.db");
        Replace(candles, file => Fill(file, market, writer => PutCandles(writer, market, cancellation)));
        Replace(
            Path.Combine(folder, "funding_rates.db"),
            file => Fill(file, market, writer => PutFunding(writer, market, cancellation))
        );
        Replace(
            Path.Combine(folder, "universe_history.db"),
            file =>
                UniverseStore.Record(
                    file,
                    [
                        .. market
                            .Bars.Where(p => p.Value.Count > 0)
                            .Select(p => new UniverseListing(
                                p.Key,
                                p.Value[0].OpenTimeMs,
                                p.Value[^1].OpenTimeMs + market.Interval.Ms
                            )),
                    ]
                )
        );
        return candles;
    }

    private static void Fill(string file, GeneratedMarket market, Action<RowWriter> put)
    {
        long endMs = market.Bars.Values.Where(b => b.Count > 0).Max(b => b[^1].OpenTimeMs) + market.Interval.Ms;
        using RowWriter writer = new(file, endMs);
        writer.NeverMindCrashes();
        writer.Begin();
        put(writer);
        writer.Commit();
    }

    private static void PutCandles(RowWriter writer, GeneratedMarket market, CancellationToken cancellation)
    {
        writer.CreateCandles();
        foreach ((string symbol, IReadOnlyList<Bar> bars) in market.Bars)
        {
            cancellation.ThrowIfCancellationRequested();
            byte[] utf8 = Encoding.UTF8.GetBytes(symbol);
            foreach (Bar bar in bars)
            {
                writer.Put(utf8, market.Interval, in bar);
            }
        }
    }

    private static void PutFunding(RowWriter writer, GeneratedMarket market, CancellationToken cancellation)
    {
        writer.CreateFunding();
        foreach (FundingSeries series in market.Funding)
        {
            cancellation.ThrowIfCancellationRequested();
            byte[] utf8 = Encoding.UTF8.GetBytes(series.Symbol);
            for (int i = 0; i < series.TimeMs.Length; i++)
            {
                writer.PutFunding(utf8, series.TimeMs[i], series.Rate[i]);
            }
        }
    }

    private static void Replace(string path, Action<string> fill)
    {
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            Delete(temporary);
            fill(temporary);

            // Side files of a database replaced would be taken for ours.
            Delete(path + "-wal");
            Delete(path + "-shm");
            Delete(path + "-journal");
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e)
        {
            Delete(temporary);
            Delete(temporary + "-journal");
            switch (e)
            {
                case KedgeException known:
                    throw new KedgeException(known.Kind, known.Message.Replace(temporary, path, StringComparison.Ordinal), e);
                case IOException or UnauthorizedAccessException:
                    throw KedgeException.Environment($"{path}: cannot be written: {e.Message}", e);
                default:
                    throw;
            }
        }
    }

    private static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (DirectoryNotFoundException)
        {
            // The folder is about to be made.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{file}: cannot be replaced: {e.Message}", e);
        }
    }
}
