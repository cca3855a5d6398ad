using System.Globalization;
using System.IO.Compression;
using Kedge.Exchange.Core;
using Kedge.Exchange.Market;
using Kedge.Model.Venues;

namespace Kedge.Conformance.Feeds;

/// <summary>
/// Recorded hours of one symbol, <c>open_time_ms,open,high,low,close,volume</c>, as bars and as what an exchange plays. Numbers of the record become whole
/// ticks and lots, so that nothing is rounded on the way.
/// </summary>
internal sealed class RecordedHours
{
    private const long HourMs = 3_600_000;
    private const int PriceDecimalsOfPerp = 6;
    private readonly List<decimal[]> _rows = [];

    private RecordedHours(string symbol) => Symbol = symbol;

    public string Symbol { get; }

    /// <summary>The bars as recorded.</summary>
    public IReadOnlyList<VenueCandle> Bars { get; private set; } = [];

    /// <summary>Reads the hours that open in a range.</summary>
    /// <exception cref="InvalidDataException">Prices or volumes have more decimals than a perpetual of the venue can have.</exception>
    public static RecordedHours Read(string path, string symbol, long fromMs, long toMs)
    {
        RecordedHours read = new(symbol);
        List<VenueCandle> bars = [];
        using GZipStream unpacked = new(File.OpenRead(path), CompressionMode.Decompress);
        using StreamReader text = new(unpacked);
        text.ReadLine();
        while (text.ReadLine() is { } line)
        {
            string[] fields = line.Split(',');
            long openMs = long.Parse(fields[0], CultureInfo.InvariantCulture);
            if (openMs < fromMs || openMs >= toMs)
            {
                continue;
            }

            read._rows.Add([.. fields.Select(field => decimal.Parse(field, CultureInfo.InvariantCulture))]);
            double[] n = [.. fields.Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
            bars.Add(new VenueCandle(openMs, n[1], n[2], n[3], n[4], n[5], 0));
        }

        read.Bars = bars;
        return read;
    }

    /// <summary>An instrument whose ticks and lots hold every number of the record.</summary>
    public Instrument Instrument()
    {
        int size = _rows.Max(row => Decimals(row[5]));
        int price = _rows.Max(row => row[1..5].Max(Decimals));
        if (size + price > PriceDecimalsOfPerp)
        {
            throw new InvalidDataException(
                $"{Symbol} has {price} decimals in prices and {size} in volumes; together 6 are allowed."
            );
        }

        long highest = (long)(_rows.Max(row => row[2]) * Power(PriceDecimalsOfPerp - size));
        return new Instrument(Symbol, size, new MarginTable(new MarginTier(0, 20)), highest * 4);
    }

    /// <summary>What the exchange plays.</summary>
    public MarketSeries Series(int index, Instrument instrument)
    {
        decimal ticks = Power(instrument.PriceDecimals);
        decimal lots = Power(instrument.SizeDecimals);
        return new MarketSeries(
            index,
            [
                .. _rows.Select(row => new MarketBar(
                    (long)row[0],
                    HourMs,
                    (long)(row[1] * ticks),
                    (long)(row[2] * ticks),
                    (long)(row[3] * ticks),
                    (long)(row[4] * ticks),
                    (long)(row[5] * lots)
                )),
            ],
            [],
            (ulong)index + 1
        );
    }

    private static int Decimals(decimal number) => (number / 1.000000000000000000000000000000m).Scale;

    private static decimal Power(int decimals) => (decimal)Math.Pow(10, decimals);
}
