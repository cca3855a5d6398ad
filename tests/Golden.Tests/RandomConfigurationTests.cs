using System.Globalization;
using Kedge.Golden.Engine;
using Kedge.TestSupport;

namespace Kedge.Golden.Tests;

/// <summary>150 runs with 116 keys drawn at random each (golden-scenarios.md §10).</summary>
public sealed class RandomConfigurationTests
{
    private const string Table = "spec/golden/random-configs.csv";

    private static readonly HashSet<string> NotKeys = new(StringComparer.Ordinal)
    {
        "id",
        "bars",
        "lookback",
        "exit_subbars",
        "entry_subbars",
        "funding",
        "rows",
        "final_balance",
        "sum_pnl",
        "sum_fee",
        "sum_size",
    };

    [Fact]
    public void All_150_runs_agree_in_rows_balance_and_sums()
    {
        string? absent = ReferenceData.WhyAbsent(Table);
        Assert.SkipWhen(absent is not null, absent ?? "");
        using StreamReader reader = File.OpenText(ReferenceData.Require(Table));
        CsvTable golden = CsvTable.Read(reader);
        Assert.Equal(150, golden.Rows.Count);

        GoldenState[] runs = new GoldenState[golden.Rows.Count];
        Parallel.For(0, runs.Length, i => runs[i] = RunOf(golden, i).Execute());

        Differences d = new();
        for (int i = 0; i < runs.Length; i++)
        {
            string id = golden.Text(i, "id");
            List<TradeRow> trades = runs[i].Trades;
            d.Same($"{id} rows", golden.Integer(i, "rows"), trades.Count);
            d.Close($"{id} final balance", golden.Number(i, "final_balance"), runs[i].Balance);
            d.Close($"{id} Σ pnl", golden.Number(i, "sum_pnl"), trades.Sum(t => t.Pnl));
            d.Close($"{id} Σ fee", golden.Number(i, "sum_fee"), trades.Sum(t => t.Fee));
            d.Close($"{id} Σ size", golden.Number(i, "sum_size"), trades.Sum(t => t.Size));
        }

        Assert.True(d.Count == 0, d.ToString());
    }

    private static GeneratedRun RunOf(CsvTable golden, int row) =>
        new(
            int.Parse(golden.Text(row, "bars"), CultureInfo.InvariantCulture),
            int.Parse(golden.Text(row, "lookback"), CultureInfo.InvariantCulture),
            golden.Text(row, "exit_subbars") == "1",
            golden.Text(row, "entry_subbars") == "1",
            golden.Text(row, "funding") == "1",
            golden.Header.Where(c => !NotKeys.Contains(c)).ToDictionary(c => c, c => golden.Text(row, c), StringComparer.Ordinal)
        );
}
