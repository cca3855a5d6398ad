using System.Text;
using System.Text.Json;
using Kedge.Model;
using Kedge.Research.Replay;
using Kedge.Research.Reports;

namespace Kedge.Research.Tests.Reports;

/// <summary>JSON, CSV, terminal, page and files.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly ReplayResult _result = TinyReplay.Make();
    private readonly string _folder = Directory.CreateTempSubdirectory("kedge-reports-").FullName;

    public void Dispose()
    {
        _result.Candles.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Json_is_the_same_bytes_twice_and_ends_with_what_reproduces_it()
    {
        byte[] first = Json(_result);
        Assert.Equal(first, Json(TinyReplay.Make()));
        using JsonDocument document = JsonDocument.Parse(first);
        JsonProperty[] keys = [.. document.RootElement.EnumerateObject()];
        Assert.Equal("config_id", keys[0].Name);
        Assert.Equal("reproduce", keys[^1].Name);
        Assert.Equal("00000000000000ff", keys[^1].Value.GetProperty("state_hash").GetString());
        Assert.Equal(keys.Length, keys.Select(k => k.Name).Distinct().Count());
        Assert.Equal(6, document.RootElement.GetProperty("trades").GetArrayLength());
        Assert.Equal(4, document.RootElement.GetProperty("equity_curve").GetArrayLength());
    }

    [Fact]
    public void Every_documented_field_is_there()
    {
        using JsonDocument document = JsonDocument.Parse(Json(_result));
        string[] names =
        [
            "initial_balance",
            "final_balance",
            "total_pnl",
            "total_trades",
            "total_wins",
            "total_losses",
            "win_rate",
            "profit_factor",
            "sharpe_ratio",
            "max_drawdown_usd",
            "max_drawdown_pct",
            "avg_trade_pnl",
            "avg_win",
            "avg_loss",
            "total_fees",
            "total_signals",
            "neutral_pct",
            "by_confidence",
            "by_exit_reason",
            "by_reason_code",
            "by_symbol",
            "by_side",
            "gate_stats",
            "per_symbol",
            "slippage_bps",
            "cagr",
            "sortino_ratio",
            "calmar_ratio",
            "avg_exposure",
            "time_in_market",
            "turnover",
            "worst_drawdowns",
        ];
        foreach (string name in names)
        {
            Assert.True(document.RootElement.TryGetProperty(name, out _), name);
        }

        JsonElement gates = document.RootElement.GetProperty("gate_stats");
        string[] blocked =
        [
            "ranging",
            "anomaly",
            "extension",
            "adx_low",
            "adx_not_rising",
            "volume",
            "btc",
            "confidence",
            "max_positions",
            "pesc",
            "ssf",
            "reef",
            "margin",
        ];
        foreach (string name in blocked)
        {
            Assert.True(gates.TryGetProperty("blocked_by_" + name, out _), name);
        }

        Assert.Equal(1, gates.GetProperty("blocked_by_margin").GetInt32());
    }

    [Fact]
    public void Non_finite_numbers_are_strings()
    {
        ReplayResult winners = _result with { Bookings = [.. _result.Bookings.Take(4)] };
        using JsonDocument document = JsonDocument.Parse(Json(winners));
        Assert.Equal("Infinity", document.RootElement.GetProperty("profit_factor").GetString());
    }

    [Fact]
    public void Trades_csv_has_the_documented_columns()
    {
        StringWriter writer = new();
        TradesCsv.Write(writer, ReportBuilder.Build(_result));
        string[] lines = writer.ToString().Split('\n');
        Assert.StartsWith(
            "trade_id,position_id,entry_ts_ms,exit_ts_ms,symbol,side,entry_price,exit_price,exit_size,pnl_usd,fee_usd,mae_pct,mfe_pct,reason_code,reason,",
            lines[0]
        );
        Assert.StartsWith(
            "1:1,1,172800000,259200000,AAA,LONG,100.00000000,110.00000000,1.00000000,10.00000000,0.11000000,0.00000000,0.10000000,exit_take_profit,Take Profit (Partial),high,",
            lines[1]
        );
        Assert.Equal(5, lines.Length);
        Assert.Equal("", lines[4]);
    }

    [Fact]
    public void Csv_quotes_what_needs_it()
    {
        StringWriter writer = new();
        CsvLine line = new(writer);
        line.Field("a,b").Field("say \"no\"").Field("plain").Fixed(-0.000000001).Full(0.1).End();
        Assert.Equal("\"a,b\",\"say \"\"no\"\"\",plain,0.00000000,0.1\n", writer.ToString());
    }

    [Fact]
    public void Fills_csv_has_every_booking()
    {
        StringWriter writer = new();
        FillsCsv.Write(writer, _result);
        string[] lines = writer.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(7, lines.Length);
        Assert.All(lines, l => Assert.Equal(FillsCsv.Header.Split(',').Length, l.Split(',').Length));
    }

    [Fact]
    public void The_summary_fits_eighty_columns()
    {
        ReplayResult sample = SampleReplay.Make(1_500);
        using (sample.Candles)
        {
            StringWriter plain = new();
            TerminalSummary.Write(plain, ReportBuilder.Build(sample));
            string[] lines = plain.ToString().Split('\n');
            Assert.All(
                lines.Where(l => !l.StartsWith("  command", StringComparison.Ordinal)),
                l => Assert.True(l.Length <= 80, l)
            );
            Assert.DoesNotContain('\u001b', plain.ToString());
            StringWriter colour = new();
            TerminalSummary.Write(colour, ReportBuilder.Build(sample), colour: true);
            Assert.Contains("\u001b[", colour.ToString());
        }
    }

    [Fact]
    public void A_missing_folder_is_told_in_one_line()
    {
        string path = Path.Combine(_folder, "missing", "report.json");
        KedgeException e = Assert.Throws<KedgeException>(() => ReportJson.WriteFile(path, ReportBuilder.Build(_result)));
        Assert.Equal(FailureKind.Environment, e.Kind);
        Assert.Contains("folder does not exist", e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_nothing_else()
    {
        string path = Path.Combine(_folder, "report.json");
        AtomicFile.Write(path, s => s.Write("old"u8));
        Assert.Throws<KedgeException>(() => AtomicFile.Write(path, _ => throw new IOException("No space left on device")));
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, _ => throw new InvalidOperationException()));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder));
        Assert.Throws<KedgeException>(() => AtomicFile.Write(_folder, s => s.WriteByte(1)));
    }

    [Fact]
    public void A_link_is_followed()
    {
        string target = Path.Combine(_folder, "target.json");
        string link = Path.Combine(_folder, "link.json");
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(link, target);
        AtomicFile.Write(link, s => s.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(target));
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void The_page_loads_nothing_and_its_data_cannot_end_the_script()
    {
        string page = Page(_result);
        Assert.Equal(page, Page(TinyReplay.Make()));
        Assert.Contains("default-src 'none'", page);
        foreach (
            string load in new[]
            {
                "<script src",
                "<link rel=\"stylesheet",
                "@import",
                "url(http",
                "src=\"http",
                "fetch(",
                "XMLHttpRequest",
                "import(",
            }
        )
        {
            Assert.DoesNotContain(load, page);
        }

        // One block of data and one of script: the note's "</script>" is escaped.
        Assert.Equal(2, page.Split("</script>").Length - 1);
        JsonElement data = Data(page);
        Assert.Equal("a </script> & a \"note\"", data.GetProperty("notes")[0].GetString());
        Assert.Equal(2, data.GetProperty("candles").GetArrayLength());
    }

    [Fact]
    public void A_month_ends_at_midnight_with_the_bar_that_closes_then()
    {
        const long Day = TinyReplay.Day;
        ReplayResult result = TinyReplay.Make();
        (long At, double Value)[] curve = [(30 * Day, 1000), (31 * Day, 1100), (32 * Day, 1210), (59 * Day, 605)];
        ReplayResult months = result with
        {
            Run = result.Run with { FromMs = 30 * Day, ToMs = 59 * Day },
            Equity = [.. curve.Select(p => new EquityPoint(p.At, p.Value, p.Value, 0, 0, 0))],
        };
        // 31 January 00:00 to 1 March 00:00: +10 % in January, −45 % in February, nothing in March.
        JsonElement[] rows = [.. Data(Page(months)).GetProperty("months").EnumerateArray()];
        Assert.Equal([1, 2], rows.Select(r => r[1].GetInt32()));
        Assert.Equal([0.1, -0.45], rows.Select(r => Math.Round(r[2].GetDouble(), 12)));
        // A run that starts at midnight of the first of a month starts in that month.
        ReplayResult first = months with
        {
            Run = months.Run with { FromMs = 31 * Day },
            Equity = [.. months.Equity.Skip(1)],
        };
        JsonElement only = Assert.Single(Data(Page(first)).GetProperty("months").EnumerateArray());
        Assert.Equal(2, only[1].GetInt32());
        Assert.Equal(605.0 / 1000.0 - 1.0, only[2].GetDouble(), 12);
    }

    [Fact]
    public void Too_many_candles_are_merged_away_from_fills()
    {
        List<int> starts = TearSheetCandles.Cut(0, 100_000, [500, 70_000], 10_000);
        Assert.InRange(starts.Count, 5_000, 10_000);
        for (int bar = 500 - TearSheetCandles.KeptAroundFill; bar <= 500 + TearSheetCandles.KeptAroundFill; bar++)
        {
            Assert.Contains(bar, starts);
        }

        Assert.Equal(Enumerable.Range(10, 90), TearSheetCandles.Cut(10, 100, [20], 100));
    }

    [Fact]
    public void Reports_compare()
    {
        string a = Path.Combine(_folder, "a.json");
        string b = Path.Combine(_folder, "b.json");
        string c = Path.Combine(_folder, "c.json");
        File.WriteAllBytes(a, Json(_result));
        File.WriteAllBytes(b, Json(TinyReplay.Make("kedge replay --interval 1d --quiet")));
        Kernel.Booking[] fewer = [.. _result.Bookings.Take(4)];
        File.WriteAllBytes(c, Json(_result with { Bookings = fewer }));
        Assert.True(ReportComparison.OfFiles(a, a).Equal);
        ReportComparison command = ReportComparison.OfFiles(a, b);
        Assert.False(command.Equal);
        Assert.True(command.SameResults);
        ReportComparison other = ReportComparison.OfFiles(a, c);
        Assert.False(other.SameResults);
        FieldDifference wins = other.Fields.Single(f => f.Path == "total_losses");
        Assert.Equal((-1.0, -1.0), (wins.Absolute, wins.Relative));
        Assert.Contains(other.Fields, f => f.Path == "by_symbol[BBB].trades" && f.B is null);
        Assert.Equal((4, 2, 0), (other.TradesInBoth, other.OnlyInA.Count, other.OnlyInB.Count));
        StringWriter text = new();
        ComparisonWriter.Text(text, other);
        Assert.Contains("only in A 2", text.ToString());
        using MemoryStream json = new();
        ComparisonWriter.Json(json, other);
        using JsonDocument document = JsonDocument.Parse(json.ToArray());
        Assert.False(document.RootElement.GetProperty("same_results").GetBoolean());
        File.WriteAllText(b, "{ nonsense");
        Assert.Equal(FailureKind.Usage, Assert.Throws<KedgeException>(() => ReportComparison.OfFiles(a, b)).Kind);
        Assert.Equal(FailureKind.Environment, Assert.Throws<KedgeException>(() => ReportComparison.OfFiles(a, b + "x")).Kind);
    }

    private static byte[] Json(ReplayResult result)
    {
        using MemoryStream stream = new();
        ReportJson.Write(stream, ReportBuilder.Build(result), new ReportJsonOptions { Trades = true, EquityCurve = true });
        return stream.ToArray();
    }

    private static JsonElement Data(string page)
    {
        int start = page.IndexOf("id=\"data\">", StringComparison.Ordinal) + 10;
        using JsonDocument data = JsonDocument.Parse(page[start..page.IndexOf("</script>", start, StringComparison.Ordinal)]);
        return data.RootElement.Clone();
    }

    private static string Page(ReplayResult result)
    {
        using MemoryStream stream = new();
        TearSheet.Write(stream, ReportBuilder.Build(result));
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
