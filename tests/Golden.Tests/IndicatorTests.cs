using System.Globalization;
using Kedge.Kernel;
using Kedge.Kernel.Indicators;
using Kedge.TestSupport;

namespace Kedge.Golden.Tests;

/// <summary>The kernel's indicators against the golden dumps of the earlier system and the vectors of indicators.md §9.</summary>
public sealed class IndicatorTests
{
    private const string Document = "spec/indicators.md";

    /// <summary>The second configuration of indicators.md §9.</summary>
    private static readonly Dictionary<string, string> ShortWindows = new(StringComparer.Ordinal)
    {
        ["indicators.ema_slow_window"] = "15",
        ["indicators.ema_fast_window"] = "8",
        ["indicators.ema_macro_window"] = "60",
        ["indicators.adx_window"] = "10",
        ["indicators.bb_window"] = "15",
        ["indicators.bb_width_avg_window"] = "12",
        ["indicators.atr_window"] = "10",
        ["indicators.rsi_window"] = "9",
        ["indicators.vol_sma_window"] = "10",
        ["indicators.vol_trend_window"] = "3",
        ["indicators.stoch_rsi_window"] = "8",
        ["indicators.stoch_rsi_smooth1"] = "2",
        ["indicators.stoch_rsi_smooth2"] = "4",
        ["thresholds.entry.ave_avg_atr_window"] = "20",
    };

    [Theory]
    [InlineData("BTC_1h_default", "hl12_1h", "BTC")]
    [InlineData("AIXBT_1h_default", "hl12_1h", "AIXBT")]
    [InlineData("edgeETH_1h_default", "edge5_1h", "ETH")]
    [InlineData("edgeSOL_1h_default", "edge5_1h", "SOL")]
    [InlineData("fix3ETH_1h_default", "fix3_1h", "ETH")]
    public void All_35_fields_agree_with_the_dump(string dump, string series, string symbol)
    {
        string file = $"golden/indicators/{dump}.full.csv.xz";
        string? absent = ReferenceData.WhyAbsent(file, GoldenSeries.PathOf(series), Document);
        Assert.SkipWhen(absent is not null, absent ?? "");
        using TextReader reader = ReferenceData.OpenXz(file);
        CsvTable golden = CsvTable.Read(reader);
        Snapshot[] ours = Snapshots(GoldenSeries.Candles(series)[symbol], []);

        Assert.Equal<IEnumerable<string>>(SnapshotFields.All.Select(f => f.Name), golden.Header);
        Assert.Equal(golden.Rows.Count, ours.Length);
        Differences d = new();
        for (int row = 0; row < ours.Length; row++)
        {
            for (int column = 0; column < SnapshotFields.All.Count; column++)
            {
                double expected = double.Parse(golden.Rows[row][column], CultureInfo.InvariantCulture);
                d.Close($"row {row} {golden.Header[column]}", expected, SnapshotFields.All[column].Value(ours[row]));
            }
        }

        Assert.True(d.Count == 0, d.ToString());
    }

    [Fact]
    public void Vectors_with_default_windows_agree() => CompareVectors(table: 0, []);

    [Fact]
    public void Vectors_with_short_windows_agree() => CompareVectors(table: 1, ShortWindows);

    private static void CompareVectors(int table, Dictionary<string, string> overrides)
    {
        string? absent = ReferenceData.WhyAbsent(Document);
        Assert.SkipWhen(absent is not null, absent ?? "");
        (int[] bars, List<string[]> rows) = VectorTable(table);
        Snapshot[] ours = Snapshots(GoldenMarket.MainBars(12345, 400), overrides);
        Dictionary<string, Func<Snapshot, double>> fields = SnapshotFields.All.ToDictionary(
            f => f.Name,
            f => f.Value,
            StringComparer.Ordinal
        );

        Differences d = new();
        foreach (string[] row in rows)
        {
            for (int i = 0; i < bars.Length; i++)
            {
                string cell = row[i + 1];
                double expected =
                    cell == "true" ? 1.0
                    : cell == "false" ? 0.0
                    : double.Parse(cell, CultureInfo.InvariantCulture);
                d.Close($"bar {bars[i]} {row[0]}", expected, fields[row[0]](ours[bars[i]]));
            }
        }

        Assert.True(d.Count == 0, d.ToString());
        Assert.True(rows.Count >= 20);
    }

    /// <summary>The n-th table whose header reads <c>| field | i=… |</c>.</summary>
    private static (int[] Bars, List<string[]> Rows) VectorTable(int table)
    {
        List<string> lines = [.. File.ReadLines(ReferenceData.Require(Document))];
        List<int> headers =
        [
            .. lines.Index().Where(l => l.Item.StartsWith("| field | i=", StringComparison.Ordinal)).Select(l => l.Index),
        ];
        int header = headers[table];
        int[] bars = [.. Cells(lines[header])[1..].Select(c => int.Parse(c[2..], CultureInfo.InvariantCulture))];
        return (bars, [.. lines.Skip(header + 2).TakeWhile(l => l.StartsWith('|')).Select(Cells)]);
    }

    private static string[] Cells(string line) => [.. line.Trim('|').Split('|').Select(c => c.Trim())];

    private static Snapshot[] Snapshots(Bar[] bars, Dictionary<string, string> overrides)
    {
        IndicatorBank bank = default;
        bank.Reset(DefaultParameters.With(overrides));
        Snapshot[] snapshots = new Snapshot[bars.Length];
        for (int i = 0; i < bars.Length; i++)
        {
            Assert.True(bank.Next(bars[i], ref snapshots[i]));
        }

        return snapshots;
    }
}
