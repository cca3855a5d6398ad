using Kedge.Kernel;
using Kedge.Research.Replay;
using Kedge.Research.Statistics;

namespace Kedge.Research.Reports;

/// <summary>A report for people at a terminal: at most 80 columns (the command line at the end excepted), UTF-8, optional colour.</summary>
public static class TerminalSummary
{
    private const int Width = 80;
    private const int MostSymbols = 12;

    /// <summary>Writes the summary.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="report">What to tell.</param>
    /// <param name="colour">Whether to use ANSI colours.</param>
    public static void Write(TextWriter writer, Report report, bool colour = false)
    {
        Paint paint = new(colour);
        Head(writer, paint, report);
        Results(writer, paint, report);
        Groups(writer, paint, "Exits by reason", "Reason", report.ByExitReason);
        Groups(writer, paint, "By side and confidence", "Group", [.. report.BySide, .. report.ByConfidence]);
        Groups(writer, paint, "By symbol", "Symbol", report.BySymbol);
        Funnel(writer, paint, report.Result.Funnel);
        Drawdowns(writer, paint, report);
        Notes(writer, paint, report.Result.Notes);
        Reproduce(writer, paint, report.Result);
    }

    private static void Head(TextWriter writer, Paint paint, Report report)
    {
        ReplayRun run = report.Result.Run;
        string finer =
            (run.ExitInterval is { } exit ? $" · exits {exit}" : "")
            + (run.EntryInterval is { } entry ? $" · entries {entry}" : "");
        Line(writer, paint.Of($"Replay {run.Interval}{finer} · {report.Result.Symbols.Count} symbols", Tone.Bold));
        foreach (ReplayStrategy strategy in run.Strategies ?? [])
        {
            Line(writer, $"{strategy.Name} {strategy.Version} on {strategy.Symbols.Count} symbols");
        }

        Line(writer, $"{Figures.Minute(run.FromMs)} → {Figures.Minute(run.ToMs)} UTC · {Figures.Days(report.Days)}");
        Line(writer, "");
        string change = Figures.SignedPercent(report.Market.TotalReturn);
        string equity = $"Equity {Figures.Money(report.InitialBalance)} → {Figures.Money(report.Market.Final)}  ";
        string hold = report.Benchmark.Metrics is { } b ? $"  ·  buy and hold {Figures.SignedPercent(b.TotalReturn)}" : "";
        Line(writer, equity + paint.Of(change, Paint.Sign(report.TotalPnl)) + hold);
        double[] values = [.. report.Result.Equity.Select(p => p.Equity)];
        Line(writer, paint.Of(Sparkline.Of(values, Width), Tone.Bar));
    }

    private static void Results(TextWriter writer, Paint paint, Report report)
    {
        TradeGroup all = report.All;
        CurveMetrics market = report.Market;
        CurveMetrics realised = report.Realised;
        CurveMetrics? hold = report.Benchmark.Metrics;
        Title(writer, paint, "Trades");
        TextTable trades = new("", "net", "gross");
        trades.Row(("Profit of trades", Tone.Plain), Coloured(all.Pnl), Coloured(all.PnlGross));
        trades.Row(Row("Win rate", Figures.Share(all.WinRate), Figures.Share(all.WinRateGross)));
        trades.Row(Row("Profit factor", Figures.Ratio(all.Factor), Figures.Ratio(all.FactorGross)));
        trades.Row(Row("Average trade", Figures.Signed(all.AveragePnl), Figures.Signed(all.AveragePnlGross)));
        trades.Row(Row("Average win", Figures.Money(all.AverageWin), Figures.Money(all.AverageWinGross)));
        trades.Row(Row("Average loss", Figures.Money(all.AverageLoss), Figures.Money(all.AverageLossGross)));
        trades.Write(writer, paint, 18);
        Line(
            writer,
            $"  {Figures.Count(all.Trades)} exits, {Figures.Count(report.Fills)} fills; net is after fees, before funding"
        );

        Title(writer, paint, "Risk");
        TextTable risk = new("", "to market", "realised", "buy and hold");
        void Add(string name, Func<CurveMetrics, string> text) =>
            risk.Row(Row(name, text(market), text(realised), hold is null ? "–" : text(hold)));
        Add("Return", c => Figures.SignedPercent(c.TotalReturn));
        Add("CAGR", c => Figures.SignedPercent(c.Cagr));
        Add("Sharpe", c => Figures.Ratio(c.Sharpe));
        Add("Sortino", c => Figures.Ratio(c.Sortino));
        Add("Calmar", c => Figures.Ratio(c.Calmar));
        Add("Volatility", c => Figures.Percent(c.Volatility));
        Add("Max drawdown", c => Figures.Percent(c.MaxDrawdownFraction));
        Add("Max drawdown, money", c => Figures.Money(c.MaxDrawdown));
        risk.Write(writer, paint, 18);

        Title(writer, paint, "Costs and exposure");
        Exposure exposure = report.Exposure;
        TextTable costs = new("", "", "", "");
        costs.Row(Row("Fees", Figures.Money(report.Fees), "  Time in market", Figures.Share(exposure.TimeInMarket)));
        costs.Row(Row("Funding", Funding(report), "  Average exposure", Figures.Ratio(exposure.Average) + "×"));
        costs.Row(
            Row(
                "Slippage (estimate)",
                Figures.Money(report.EstimatedSlippage),
                "  Highest exposure",
                Figures.Ratio(exposure.Maximum) + "×"
            )
        );
        costs.Row(
            Row("Turnover", Figures.Ratio(report.Turnover) + "×", "  Most positions", Figures.Count(exposure.MaximumPositions))
        );
        costs.Write(writer, paint, 18);
    }

    private static string Funding(Report report) => report.Result.Run.HasFunding ? Figures.Signed(report.Funding) : "not charged";

    private static void Groups(TextWriter writer, Paint paint, string title, string key, IReadOnlyList<TradeGroup> groups)
    {
        if (groups.Count == 0)
        {
            return;
        }

        Title(writer, paint, title);
        double largest = groups.Max(g => Math.Abs(g.Pnl));
        TextTable table = new(key, "trades", "win rate", "net", "gross", "");
        IEnumerable<TradeGroup> shown = groups;
        int hidden = 0;
        if (groups.Count > MostSymbols && string.Equals(key, "Symbol", StringComparison.Ordinal))
        {
            hidden = groups.Count - MostSymbols;
            shown = groups.OrderByDescending(g => Math.Abs(g.Pnl)).Take(MostSymbols);
        }

        foreach (TradeGroup group in shown)
        {
            string name = group.Key.Length > 20 ? group.Key[..19] + "…" : group.Key;
            string bar = largest > 0.0 ? Figures.Bar(Math.Abs(group.Pnl) / largest, 12) : "";
            table.Row(
                (name, Tone.Plain),
                (Figures.Count(group.Trades), Tone.Plain),
                (Figures.Share(group.WinRate), Tone.Plain),
                Coloured(group.Pnl),
                (Figures.Signed(group.PnlGross), Tone.Plain),
                (bar, Tone.Bar)
            );
        }

        table.Write(writer, paint, 18);
        if (hidden > 0)
        {
            Line(writer, paint.Of($"  … {hidden} symbols with smaller results", Tone.Dim));
        }
    }

    private static void Funnel(TextWriter writer, Paint paint, in GateFunnel funnel)
    {
        Title(writer, paint, "Why entries did not happen");
        double evaluations = Math.Max(funnel.Evaluations, 1);
        long signals = funnel.Signals;
        TextTable table = new("", "", "", "");
        Count(table, "Evaluations", funnel.Evaluations, evaluations);
        foreach ((string label, long count) in FunnelView.Gates(funnel))
        {
            Count(table, "  blocked: " + label, count, evaluations);
        }

        Count(table, "Raw signals", signals, evaluations);
        double stoppedOf = Math.Max(signals, 1);
        foreach ((string label, long count) in FunnelView.Stops(funnel))
        {
            Count(table, "  stopped: " + label, count, stoppedOf);
        }

        Count(table, "Positions opened", funnel.Opened, stoppedOf);
        Count(table, "Adds made", funnel.Added, stoppedOf);
        table.Write(writer, paint);
        Line(writer, paint.Of("  Shares: of evaluations down to raw signals, of raw signals below.", Tone.Dim));
        Line(writer, paint.Of("  Several gates can block one evaluation.", Tone.Dim));
    }

    private static void Count(TextTable table, string label, long count, double whole) =>
        table.Row(
            (label, Tone.Plain),
            (Figures.Count(count), Tone.Plain),
            (Figures.Share(count / whole), Tone.Plain),
            (Figures.Bar(count / whole, 10), Tone.Bar)
        );

    private static void Drawdowns(TextWriter writer, Paint paint, Report report)
    {
        if (report.WorstDrawdowns.Count == 0)
        {
            return;
        }

        Title(writer, paint, "Worst drawdowns");
        TextTable table = new("From", "deepest", "recovered", "depth", "money", "length");
        foreach (DrawdownPeriod period in report.WorstDrawdowns)
        {
            table.Row(
                Row(
                    Figures.Day(period.StartMs),
                    Figures.Day(period.TroughMs),
                    period.EndMs is long end ? Figures.Day(end) : "not yet",
                    Figures.Percent(period.DepthFraction),
                    Figures.Money(period.Depth),
                    Figures.Days(period.LengthMs / (double)DailySeries.DayMs)
                )
            );
        }

        table.Write(writer, paint);
    }

    private static void Notes(TextWriter writer, Paint paint, IReadOnlyList<string> notes)
    {
        if (notes.Count > 0)
        {
            Title(writer, paint, "Notes");
            foreach (string note in notes)
            {
                Wrap(writer, note);
            }
        }
    }

    private static void Wrap(TextWriter writer, string text)
    {
        string indent = "  - ";
        string line = indent;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 4 && line.Length + 1 + word.Length > Width)
            {
                Line(writer, line);
                line = "    ";
            }

            line += (line.Length > 4 ? " " : "") + word;
        }

        Line(writer, line);
    }

    private static void Reproduce(TextWriter writer, Paint paint, ReplayResult result)
    {
        Title(writer, paint, "Reproduce");
        Line(writer, $"  version  {result.Run.Version}");
        Line(writer, $"  config   {result.Run.ConfigId}");
        Line(writer, $"  data     {result.Run.DataHash}");
        Line(writer, $"  state    {result.StateHash:x16}");
        Line(writer, $"  command  {result.Run.Command}");
    }

    private static (string, Tone)[] Row(params string[] cells) => [.. cells.Select(c => (c, Tone.Plain))];

    private static (string, Tone) Coloured(double value) => (Figures.Signed(value), Paint.Sign(value));

    private static void Title(TextWriter writer, Paint paint, string title)
    {
        Line(writer, "");
        Line(writer, paint.Of(title, Tone.Bold));
    }

    private static void Line(TextWriter writer, string line)
    {
        writer.Write(line);
        writer.Write('\n');
    }
}
