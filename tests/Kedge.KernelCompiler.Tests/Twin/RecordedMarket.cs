using System.Globalization;
using System.IO.Compression;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Research.Tests.Replay;
using Kedge.TestSupport;

namespace Kedge.KernelCompiler.Tests.Twin;

/// <summary>Recorded candles and funding of the reference data.</summary>
internal static class RecordedMarket
{
    private const string Folder = "data/hyperliquid-perp";
    private static readonly string[] Symbols = ["BTC", "ETH", "HYPE", "LINK", "SOL", "XRP"];

    /// <summary>Files of <see cref="Read"/>.</summary>
    public static string[] Files { get; } =
    [.. Symbols.SelectMany(s => new[] { $"{Folder}/1h/{s}.csv.gz", $"{Folder}/5m/{s}.csv.gz", $"{Folder}/funding/{s}.csv.gz" })];

    /// <summary>Six symbols by the hour, with 5-minute bars for entries and exits, and funding.</summary>
    public static TestMarket Read()
    {
        TestSeries finer = new(
            Interval.Parse("5m"),
            Symbols.ToDictionary(s => s, s => Bars($"{Folder}/5m/{s}.csv.gz"), StringComparer.Ordinal)
        );
        long start = finer.Bars.Values.Max(bars => bars[0].OpenTimeMs) - 200 * 3_600_000L;
        return new TestMarket
        {
            Main = new TestSeries(
                Interval.Parse("1h"),
                Symbols.ToDictionary(
                    s => s,
                    s => Bars($"{Folder}/1h/{s}.csv.gz").FindAll(bar => bar.OpenTimeMs >= start),
                    StringComparer.Ordinal
                )
            ),
            Exit = finer,
            Entry = finer,
            Funding = Symbols.ToDictionary(s => s, Funding, StringComparer.Ordinal),
        };
    }

    /// <summary>The bars of one file, at most 35,000.</summary>
    public static List<Bar> Bars(string file) =>
        [.. Rows(file).Take(35_000).Select(cells => new Bar((long)cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]))];

    private static FundingSeries Funding(string symbol)
    {
        List<double[]> rows = [.. Rows($"{Folder}/funding/{symbol}.csv.gz")];
        return new FundingSeries(symbol, [.. rows.Select(r => (long)r[0])], [.. rows.Select(r => r[1])]);
    }

    private static IEnumerable<double[]> Rows(string file)
    {
        using StreamReader reader = new(new GZipStream(File.OpenRead(ReferenceData.Require(file)), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            yield return [.. line.Split(',').Take(6).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
        }
    }
}
