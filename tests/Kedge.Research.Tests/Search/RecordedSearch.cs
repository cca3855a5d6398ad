using System.Globalization;
using Kedge.Configuration;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Research.Tests.Replay;
using Kedge.TestSupport;

namespace Kedge.Research.Tests.Search;

/// <summary>Searches on recorded candles.</summary>
internal static class RecordedSearch
{
    /// <summary>A case; skips the test where its files are not.</summary>
    /// <param name="main">File of main candles.</param>
    /// <param name="finer">File of 5-minute candles for entries and exits; null for none.</param>
    /// <param name="funding">With funding.</param>
    public static ReplayCase Make(string main, string? finer, bool funding)
    {
        string?[] names = [main, finer, funding ? "hl12_funding" : null];
        string[] files = [.. names.OfType<string>().Select(n => $"golden/data/{n}.csv.xz")];
        string? absent = ReferenceData.WhyAbsent(files);
        Assert.SkipWhen(absent is not null, absent ?? "");
        Dictionary<string, List<Bar>> bars = Candles(files[0]);
        return new ReplayCase
        {
            Seed = 1,
            Market = new TestMarket
            {
                Main = new TestSeries(Interval.Parse("1h"), bars),
                Exit = finer is null ? null : new TestSeries(Interval.Parse("5m"), Candles(files[1])),
                Entry = finer is null ? null : new TestSeries(Interval.Parse("5m"), Candles(files[1])),
                Funding = funding ? Funding(files[^1]) : null,
            },
            Portfolio = Busy(finer is not null, ""),
            Parameters = bars.Keys.ToDictionary(s => s, s => Busy(finer is not null, s), StringComparer.Ordinal),
            Lookback = 200,
            FromMs = finer is null ? long.MinValue : 1_750_000_000_000,
        };
    }

    private static Parameters Busy(bool finer, string symbol)
    {
        Parameters p = KeyTable.Defaults;
        p.Trade.EntryMinConfidence = Confidence.Low;
        p.Trade.EnableDynamicLeverage = false;
        p.Trade.AllocationPct = 0.05;
        p.SignalOnCandleClose = !finer;
        p.Traits = symbol == "BTC" ? SymbolTraits.Btc : SymbolTraits.None;
        return p;
    }

    private static Dictionary<string, List<Bar>> Candles(string file)
    {
        Dictionary<string, List<Bar>> bars = new(StringComparer.Ordinal);
        foreach (string[] cells in Rows(file))
        {
            if (!bars.TryGetValue(cells[0], out List<Bar>? list))
            {
                bars[cells[0]] = list = [];
            }

            double[] n = [.. cells[2..7].Select(c => double.Parse(c, CultureInfo.InvariantCulture))];
            list.Add(new Bar(long.Parse(cells[1], CultureInfo.InvariantCulture), n[0], n[1], n[2], n[3], n[4]));
        }

        return bars;
    }

    private static Dictionary<string, FundingSeries> Funding(string file) =>
        Rows(file)
            .GroupBy(c => c[0], StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g => new FundingSeries(
                    g.Key,
                    [.. g.Select(c => long.Parse(c[1], CultureInfo.InvariantCulture))],
                    [.. g.Select(c => double.Parse(c[2], CultureInfo.InvariantCulture))]
                ),
                StringComparer.Ordinal
            );

    private static IEnumerable<string[]> Rows(string file)
    {
        using TextReader reader = ReferenceData.OpenXz(file);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            yield return line.Split(',');
        }
    }
}
