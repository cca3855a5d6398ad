using System.Globalization;
using System.Text.Json;
using Kedge.Research.Search.Methods;
using Kedge.Research.Search.Pages;
using Kedge.Research.Search.Results;

namespace Kedge.Research.Tests.Search;

/// <summary>What the page of a search is told; how it looks was looked at in a browser.</summary>
public sealed class SearchPageTests : IDisposable
{
    private static readonly TrialScore ByPnl = new(SweepObjective.Pnl, 0);

    private readonly string _folder = Directory.CreateTempSubdirectory("kedge-page-").FullName;

    private string Results => Path.Combine(_folder, "rows.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Importance_finds_the_axis_that_decides_and_gives_chance_nothing()
    {
        Random random = new(5);
        Write(2_000, i => random.Next(3), i => random.Next(2), (stop, partial) => (100.0 * stop) + (10.0 * random.NextDouble()));
        PageRows rows = PageRows.Read(Results, ByPnl.Of, 10);
        IReadOnlyList<PageAxis> axes = PageAxis.All(rows);
        IReadOnlyList<double> importance = AxisImportance.Of(axes, rows.Scores);
        // Three equal steps of rank explain 8 ÷ 9 of its variation.
        Assert.Equal(8.0 / 9.0, importance[At(axes, "trade.sl_atr_mult")], 0.01);
        Assert.Equal(0.0, importance[At(axes, "trade.enable_partial_tp")], 0.005);
    }

    [Fact]
    public void An_axis_whose_switch_is_off_counts_only_where_it_is_on()
    {
        Random random = new(6);
        // The share matters where the switch is on; where it is off it stands at its first value.
        List<string> lines = [];
        for (int i = 0; i < 1_000; i++)
        {
            int partial = random.Next(2);
            double share =
                partial == 0 ? 0.3
                : random.Next(2) == 0 ? 0.3
                : 0.6;
            double pnl =
                partial == 0 ? random.NextDouble()
                : share == 0.6 ? 10.0 + random.NextDouble()
                : -10.0 - random.NextDouble();
            lines.Add(
                Row(
                    i,
                    $"\"trade.enable_partial_tp\":{partial},\"trade.tp_partial_pct\":{share.ToString(CultureInfo.InvariantCulture)}",
                    pnl
                )
            );
        }

        File.WriteAllLines(Results, lines);
        PageRows rows = PageRows.Read(Results, ByPnl.Of, 10);
        IReadOnlyList<PageAxis> axes = PageAxis.All(rows);
        Assert.Equal(At(axes, "trade.enable_partial_tp"), axes[At(axes, "trade.tp_partial_pct")].Gate);
        Assert.True(AxisImportance.Of(axes, rows.Scores)[At(axes, "trade.tp_partial_pct")] > 0.7);
    }

    [Fact]
    public void A_large_file_is_shown_by_its_best_and_an_even_sample()
    {
        Random random = new(7);
        const int Count = 45_000;
        Write(Count, i => i % 3, i => i % 2, (_, _) => random.NextDouble());
        PageRows rows = PageRows.Read(Results, ByPnl.Of, 100);
        Assert.InRange(rows.Lines.Count, 10_000, PageRows.Most);
        Assert.Equal(Count, rows.Total);
        Assert.Equal(Count, rows.Tally.Trials);
        Assert.Equal(100, rows.Best.Count);
        double[] best = [.. ResultLine.ReadFile(Results).Select(l => l.Number("total_pnl")).OrderDescending().Take(100)];
        Assert.Equal(best, rows.Best.Select(p => rows.Scores[p]));
    }

    [Fact]
    public void The_page_holds_every_row_and_loads_nothing()
    {
        Write(50, i => i % 3, i => i % 2, (stop, partial) => stop == 2 ? double.PositiveInfinity : stop + partial);
        string page = Path.Combine(_folder, "page.html");
        SearchPage.WriteFile(page, Results, ByPnl);
        string html = File.ReadAllText(page);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", html, StringComparison.Ordinal);
        string json = html.Split("id=\"data\">")[1].Split("</script>")[0];
        using JsonDocument data = JsonDocument.Parse(json);
        Assert.Equal(50, data.RootElement.GetProperty("id").GetArrayLength());
        JsonElement partial = data
            .RootElement.GetProperty("axes")
            .EnumerateArray()
            .First(a => a.GetProperty("path").GetString() == "trade.enable_partial_tp");
        Assert.Equal(["false", "true"], partial.GetProperty("labels").EnumerateArray().Select(l => l.GetString()));
        byte[] places = partial.GetProperty("places").GetBytesFromBase64();
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (byte)(i % 2)), places);
    }

    private static int At(IReadOnlyList<PageAxis> axes, string path) => axes.ToList().FindIndex(a => a.Path == path);

    private void Write(int count, Func<int, int> stop, Func<int, int> partial, Func<int, int, double> pnl)
    {
        File.WriteAllLines(
            Results,
            Enumerable
                .Range(0, count)
                .Select(i =>
                {
                    int s = stop(i);
                    int p = partial(i);
                    return Row(i, $"\"trade.enable_partial_tp\":{p},\"trade.sl_atr_mult\":{s + 1}", pnl(s, p));
                })
        );
    }

    private static string Row(int index, string overrides, double pnl) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"config_id\":\"sweep_{index:D4}\",\"overrides\":{{{overrides}}},\"total_pnl\":{(double.IsFinite(pnl) ? pnl.ToString("R", CultureInfo.InvariantCulture) : "\"Infinity\"")},\"total_trades\":30,\"sharpe_ratio\":{(index % 7) / 10.0:R},\"daily_returns\":200,\"skewness\":0,\"kurtosis\":3}}"
        );
}
