using System.Collections.Concurrent;
using Kedge.Golden.Engine;
using Kedge.Golden.Report;
using Kedge.Kernel;
using Kedge.TestSupport;

namespace Kedge.Golden.Tests;

/// <summary>The golden driver reproduces the ten scenarios (golden-scenarios.md §3–§8 and its trade logs).</summary>
public sealed class ScenarioTests
{
    private static readonly ConcurrentDictionary<string, GoldenState> Runs = new(StringComparer.Ordinal);

    public static TheoryData<string> Ids => [.. Scenarios.ById.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_row_of_the_trade_log_agrees(string id)
    {
        string csv = $"spec/golden/{id}.csv";
        GoldenState run = Run(id, csv);
        using StreamReader reader = File.OpenText(ReferenceData.Require(csv));
        CsvTable golden = CsvTable.Read(reader);
        Differences differences = new();
        differences.Same("rows", golden.Rows.Count, run.Trades.Count);
        for (int i = 0; i < Math.Min(golden.Rows.Count, run.Trades.Count); i++)
        {
            Compare(golden, i, run.Trades[i], run.Input.Symbols, differences);
        }

        Assert.True(differences.Count == 0, differences.ToString());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Totals_agree(string id)
    {
        GoldenState run = Run(id);
        IReadOnlyDictionary<string, string> golden = Assert.Single(MarkdownTable.Section("## 3.").Of(id));
        Differences d = new();
        d.Same("trade rows", golden["trade rows"], $"{run.Trades.Count}");
        d.Same("signal rows", golden["signal rows"], $"{run.Gates.Signals}");
        d.Close("final balance", MarkdownTable.Number(golden["final balance"]), run.Balance);
        d.Close("Σ pnl", MarkdownTable.Number(golden["Σ pnl (rows)"]), run.Trades.Sum(t => t.Pnl));
        d.Close("Σ fee", MarkdownTable.Number(golden["Σ fee (rows)"]), run.Trades.Sum(t => t.Fee));
        d.Close("Σ notional", MarkdownTable.Number(golden["Σ notional (rows)"]), run.Trades.Sum(t => t.Notional));
        d.Same("equity points", golden["equity points"], $"{run.Equity.Count}");
        d.Close("last equity", MarkdownTable.Number(golden["last equity-curve value"]), run.Equity[^1].Balance);
        d.Close(
            "shadow cash",
            MarkdownTable.Number(golden["kernel cash at the last kernel trace"]),
            run.Shadow.CashAtLastTrace ?? double.NaN
        );
        Assert.True(d.Count == 0, d.ToString());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Report_metrics_agree(string id)
    {
        ReplayReport report = ReportBuilder.Build(Run(id));
        IReadOnlyDictionary<string, string> golden = Assert.Single(MarkdownTable.Section("## 4.").Of(id));
        Differences d = new();
        d.Same("trades", golden["trades"], $"{report.TotalTrades}");
        d.Same("wins", golden["wins"], $"{report.TotalWins}");
        d.Same("losses", golden["losses"], $"{report.TotalLosses}");
        d.Close("total_pnl", MarkdownTable.Number(golden["total_pnl"]), report.TotalPnl);
        d.Close("win_rate", MarkdownTable.Number(golden["win_rate"]), report.WinRate);
        d.Close("profit_factor", MarkdownTable.Number(golden["profit_factor"]), report.ProfitFactor ?? double.NaN);
        d.Close("sharpe_ratio", MarkdownTable.Number(golden["sharpe_ratio"]), report.SharpeRatio);
        d.Close("max_dd_usd", MarkdownTable.Number(golden["max_dd_usd"]), report.MaxDrawdownUsd);
        d.Close("max_dd_pct", MarkdownTable.Number(golden["max_dd_pct"]), report.MaxDrawdownPct);
        d.Close("avg_trade", MarkdownTable.Number(golden["avg_trade"]), report.AvgTradePnl);
        d.Close("avg_win", MarkdownTable.Number(golden["avg_win"]), report.AvgWin);
        d.Close("avg_loss", MarkdownTable.Number(golden["avg_loss"]), report.AvgLoss);
        d.Close("total_fees", MarkdownTable.Number(golden["total_fees"]), report.TotalFees);
        Assert.True(d.Count == 0, d.ToString());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Counts_by_action_agree(string id)
    {
        GoldenState run = Run(id);
        Differences d = new();
        foreach ((string action, string count) in Assert.Single(MarkdownTable.Section("## 5.").Of(id)).Skip(1))
        {
            d.Same(action, count, $"{run.Trades.Count(t => t.ActionText == action)}");
        }

        Assert.True(d.Count == 0, d.ToString());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Gate_statistics_agree(string id)
    {
        GateCounters g = Run(id).Gates;
        Dictionary<string, int> ours = new(StringComparer.Ordinal)
        {
            ["total_checks"] = g.TotalChecks,
            ["neutral_count"] = g.Neutrals,
            ["buy_count"] = g.Buys,
            ["sell_count"] = g.Sells,
            ["blocked_by_ranging"] = g.Ranging,
            ["blocked_by_extension"] = g.Extension,
            ["blocked_by_adx_low"] = g.AdxLow,
            ["blocked_by_adx_not_rising"] = g.AdxNotRising,
            ["blocked_by_volume"] = g.Volume,
            ["blocked_by_btc"] = g.Btc,
            ["blocked_by_max_positions"] = g.MaxPositions,
            ["blocked_by_pesc"] = g.Pesc,
            ["blocked_by_ssf"] = g.Ssf,
            ["blocked_by_reef"] = g.Reef,
            ["blocked_by_margin"] = g.Margin,
        };
        Differences d = new();
        foreach ((string counter, string count) in Assert.Single(MarkdownTable.Section("## 6.").Of(id)).Skip(1))
        {
            d.Same(counter, count, $"{ours[counter]}");
        }

        d.Same("counters not listed", 0, g.Anomaly + g.Confidence);
        Assert.True(d.Count == 0, d.ToString());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Exit_buckets_agree(string id)
    {
        ReplayReport report = ReportBuilder.Build(Run(id));
        List<IReadOnlyDictionary<string, string>> golden = [.. MarkdownTable.Section("## 7.").Of(id)];
        Assert.Equal<IEnumerable<string>>(golden.Select(g => g["bucket"]), report.ByExitReason.Select(b => b.Reason));
        Differences d = new();
        foreach ((IReadOnlyDictionary<string, string> g, ReasonBucket ours) in golden.Zip(report.ByExitReason))
        {
            d.Same(ours.Reason, g["trades"], $"{ours.Trades}");
            d.Close($"{ours.Reason} pnl", MarkdownTable.Number(g["pnl"]), ours.Pnl);
            d.Close($"{ours.Reason} win rate", MarkdownTable.Number(g["win rate"]), ours.WinRate);
        }

        Assert.True(d.Count == 0, d.ToString());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Confidence_tiers_agree(string id)
    {
        ReplayReport report = ReportBuilder.Build(Run(id));
        List<IReadOnlyDictionary<string, string>> golden = [.. MarkdownTable.Section("## 8.").Of(id)];
        Assert.Equal<IEnumerable<string>>(golden.Select(g => g["tier"]), report.ByConfidence.Select(b => b.Confidence));
        Differences d = new();
        foreach ((IReadOnlyDictionary<string, string> g, ConfidenceBucket ours) in golden.Zip(report.ByConfidence))
        {
            d.Same(ours.Confidence, g["trades"], $"{ours.Trades}");
            d.Close($"{ours.Confidence} pnl", MarkdownTable.Number(g["pnl"]), ours.Pnl);
        }

        Assert.True(d.Count == 0, d.ToString());
    }

    private static GoldenState Run(string id, params string[] alsoNeeded)
    {
        string? absent = ReferenceData.WhyAbsent([MarkdownTable.Document, .. alsoNeeded]);
        Assert.SkipWhen(absent is not null, absent ?? "");
        return Runs.GetOrAdd(id, key => Scenarios.ById[key].Execute());
    }

    private static void Compare(CsvTable golden, int row, TradeRow ours, IReadOnlyList<string> symbols, Differences d)
    {
        d.Same($"row {row} time", golden.Integer(row, "timestamp_ms"), ours.TimeMs);
        d.Same($"row {row} symbol", golden.Text(row, "symbol"), symbols[ours.Symbol]);
        d.Same($"row {row} action", golden.Text(row, "action"), ours.ActionText);
        d.Same($"row {row} reason", golden.Text(row, "reason"), ours.Reason);
        d.Same($"row {row} confidence", golden.Text(row, "confidence"), $"{ours.Confidence}");
        d.Close($"row {row} price", golden.Number(row, "price"), ours.Price);
        d.Close($"row {row} size", golden.Number(row, "size"), ours.Size);
        d.Close($"row {row} notional", golden.Number(row, "notional"), ours.Notional);
        d.Close($"row {row} pnl", golden.Number(row, "pnl"), ours.Pnl);
        d.Close($"row {row} fee", golden.Number(row, "fee"), ours.Fee);
        d.Close($"row {row} balance", golden.Number(row, "balance"), ours.Balance);
        d.Close($"row {row} leverage", golden.Number(row, "leverage"), ours.Leverage);
        d.Close($"row {row} margin", golden.Number(row, "margin_used"), ours.Margin);
    }
}
