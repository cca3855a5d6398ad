using System.Collections.Concurrent;
using System.Globalization;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.TestSupport;

namespace Kedge.Golden.Tests;

/// <summary>The recorded candles and funding of the golden results, read once per test run.</summary>
internal static class GoldenSeries
{
    private static readonly ConcurrentDictionary<string, Lazy<SortedDictionary<string, Bar[]>>> Read = new(
        StringComparer.Ordinal
    );

    private static readonly Lazy<SortedDictionary<string, FundingSeries>> FundingRead = new(ReadFunding);

    /// <summary>Path of a data set below the reference data.</summary>
    public static string PathOf(string name) => $"golden/data/{name}.csv.xz";

    /// <summary>Bars by symbol, ordinal.</summary>
    public static SortedDictionary<string, Bar[]> Candles(string name) =>
        Read.GetOrAdd(name, n => new Lazy<SortedDictionary<string, Bar[]>>(() => ReadCandles(n))).Value;

    /// <summary>Funding by symbol, ordinal.</summary>
    public static SortedDictionary<string, FundingSeries> Funding => FundingRead.Value;

    private static SortedDictionary<string, Bar[]> ReadCandles(string name)
    {
        Dictionary<string, List<Bar>> bars = new(StringComparer.Ordinal);
        foreach (string[] cells in Rows(name))
        {
            if (!bars.TryGetValue(cells[0], out List<Bar>? list))
            {
                bars[cells[0]] = list = [];
            }

            double[] n = [.. cells[2..7].Select(c => double.Parse(c, CultureInfo.InvariantCulture))];
            list.Add(new Bar(long.Parse(cells[1], CultureInfo.InvariantCulture), n[0], n[1], n[2], n[3], n[4]));
        }

        SortedDictionary<string, Bar[]> sorted = new(StringComparer.Ordinal);
        foreach ((string symbol, List<Bar> list) in bars)
        {
            sorted[symbol] = [.. list.OrderBy(b => b.OpenTimeMs)];
        }

        return sorted;
    }

    private static SortedDictionary<string, FundingSeries> ReadFunding()
    {
        SortedDictionary<string, FundingSeries> sorted = new(StringComparer.Ordinal);
        foreach (IGrouping<string, string[]> symbol in Rows("hl12_funding").GroupBy(c => c[0], StringComparer.Ordinal))
        {
            List<(long Time, double Rate)> records =
            [
                .. symbol
                    .Select(c =>
                        (long.Parse(c[1], CultureInfo.InvariantCulture), double.Parse(c[2], CultureInfo.InvariantCulture))
                    )
                    .OrderBy(r => r.Item1),
            ];
            sorted[symbol.Key] = new FundingSeries(
                symbol.Key,
                [.. records.Select(r => r.Time)],
                [.. records.Select(r => r.Rate)]
            );
        }

        return sorted;
    }

    private static IEnumerable<string[]> Rows(string name)
    {
        using TextReader reader = ReferenceData.OpenXz(PathOf(name));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            yield return line.Split(',');
        }
    }
}
