using System.Text.Encodings.Web;
using System.Text.Json;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Research.Replay;

namespace Kedge.Research.Reports;

/// <summary>
/// The report as JSON. Keys always come in the same order: config id, balances and profit; trades and their quality; risk from the two
/// curves; exposure and costs; signals and gates; groups; per symbol; drawdowns; benchmark; run; notes; the optional lists; and last
/// what reproduces it. Fractions are fractions (0.05 is 5 %). Non-finite numbers are strings.
/// </summary>
public static class ReportJson
{
    private const int FlushBytes = 1 << 15;

    /// <summary>Writes a report to a file, whole or not at all.</summary>
    public static void WriteFile(string path, Report report, ReportJsonOptions? options = null) =>
        AtomicFile.Write(path, stream => Write(stream, report, options));

    /// <summary>Writes a report and a line end.</summary>
    public static void Write(Stream stream, Report report, ReportJsonOptions? options = null)
    {
        options ??= ReportJsonOptions.Default;
        JsonWriterOptions how = new()
        {
            Indented = options.Indented,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (Utf8JsonWriter writer = new(stream, how))
        {
            writer.WriteStartObject();
            WriteFields(writer, report, options);
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    /// <summary>Writes the keys of a report into an object already begun, so that others can add theirs (a sweep row, say).</summary>
    public static void WriteFields(Utf8JsonWriter writer, Report report, ReportJsonOptions options)
    {
        writer.WriteString("config_id", report.Result.Run.ConfigId);
        Money(writer, report);
        Quality(writer, report.All);
        Curve(writer, report.Market, "");
        Curve(writer, report.Realised, "_realised");
        Risk(writer, report);
        GateStatsJson.Write(writer, report.Result.Funnel);
        Groups(writer, "by_confidence", "confidence", report.ByConfidence);
        Groups(writer, "by_exit_reason", "reason", report.ByExitReason);
        Groups(writer, "by_reason_code", "reason_code", report.ByReasonCode);
        Groups(writer, "by_symbol", "symbol", report.BySymbol);
        Groups(writer, "by_side", "side", report.BySide);
        PerSymbol(writer, report);
        Drawdowns(writer, report);
        Benchmark(writer, report.Benchmark);
        Run(writer, report);
        Notes(writer, report.Result.Notes);
        if (options.Trades)
        {
            Bookings(writer, report.Result);
        }

        if (options.EquityCurve)
        {
            EquityCurve(writer, report.Result.Equity);
        }

        Reproduce(writer, report.Result);
    }

    private static void Money(Utf8JsonWriter writer, Report report)
    {
        writer.Number("initial_balance", report.InitialBalance);
        writer.Number("final_balance", report.Result.Account.Balance);
        writer.Number("final_equity", report.Market.Final);
        writer.Number("total_pnl", report.TotalPnl);
        writer.Number("total_pnl_gross", report.All.PnlGross);
        writer.Number("total_pnl_realised", report.TotalPnlRealised);
        writer.Number("total_return", report.Market.TotalReturn);
        writer.Number("total_fees", report.Fees);
        writer.Number("total_funding", report.Funding);
    }

    internal static void Quality(Utf8JsonWriter writer, TradeGroup all)
    {
        writer.WriteNumber("total_trades", all.Trades);
        writer.WriteNumber("total_wins", all.Wins);
        writer.WriteNumber("total_wins_gross", all.WinsGross);
        writer.WriteNumber("total_losses", all.Losses);
        writer.WriteNumber("total_losses_gross", all.LossesGross);
        writer.Number("win_rate", all.WinRate);
        writer.Number("win_rate_gross", all.WinRateGross);
        writer.Number("profit_factor", all.Factor);
        writer.Number("profit_factor_gross", all.FactorGross);
        writer.Number("avg_trade_pnl", all.AveragePnl);
        writer.Number("avg_trade_pnl_gross", all.AveragePnlGross);
        writer.Number("avg_win", all.AverageWin);
        writer.Number("avg_win_gross", all.AverageWinGross);
        writer.Number("avg_loss", all.AverageLoss);
        writer.Number("avg_loss_gross", all.AverageLossGross);
    }

    internal static void Curve(Utf8JsonWriter writer, CurveMetrics curve, string suffix)
    {
        writer.Number("sharpe_ratio" + suffix, curve.Sharpe);
        writer.Number("sortino_ratio" + suffix, curve.Sortino);
        writer.Number("calmar_ratio" + suffix, curve.Calmar);
        writer.Number("cagr" + suffix, curve.Cagr);
        writer.Number("volatility" + suffix, curve.Volatility);
        writer.Number("downside_risk" + suffix, curve.DownsideRisk);
        writer.Number("max_drawdown_usd" + suffix, curve.MaxDrawdown);
        writer.Number("max_drawdown_pct" + suffix, curve.MaxDrawdownFraction);
        writer.WriteNumber("daily_returns" + suffix, curve.Returns);
        writer.Number("skewness" + suffix, curve.Skewness);
        writer.Number("kurtosis" + suffix, curve.Kurtosis);
    }

    private static void Risk(Utf8JsonWriter writer, Report report)
    {
        Exposure exposure = report.Exposure;
        writer.Number("days", report.Days);
        writer.Number("time_in_market", exposure.TimeInMarket);
        writer.Number("avg_exposure", exposure.Average);
        writer.Number("max_exposure", exposure.Maximum);
        writer.Number("max_margin_use", exposure.MaximumMarginUse);
        writer.Number("avg_positions", exposure.AveragePositions);
        writer.WriteNumber("max_positions", exposure.MaximumPositions);
        writer.Number("volume_usd", report.Volume);
        writer.Number("turnover", report.Turnover);
        writer.Number("turnover_per_year", report.TurnoverPerYear);
        writer.WriteNumber("fills", report.Fills);
        writer.Number("slippage_bps", report.Result.Run.SlippageBps);
        writer.Number("estimated_slippage_usd", report.EstimatedSlippage);
    }

    internal static void Groups(Utf8JsonWriter writer, string name, string keyName, IReadOnlyList<TradeGroup> groups)
    {
        writer.WriteStartArray(name);
        foreach (TradeGroup group in groups)
        {
            writer.WriteStartObject();
            writer.WriteString(keyName, group.Key);
            writer.WriteNumber("trades", group.Trades);
            writer.WriteNumber("wins", group.Wins);
            writer.WriteNumber("losses", group.Losses);
            writer.Number("win_rate", group.WinRate);
            writer.Number("win_rate_gross", group.WinRateGross);
            writer.Number("pnl", group.Pnl);
            writer.Number("pnl_gross", group.PnlGross);
            writer.Number("avg_pnl", group.AveragePnl);
            writer.Number("profit_factor", group.Factor);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void PerSymbol(Utf8JsonWriter writer, Report report)
    {
        writer.WriteStartObject("per_symbol");
        foreach (SymbolReport symbol in report.PerSymbol)
        {
            writer.WriteStartObject(symbol.Exits.Key);
            writer.WriteNumber("trades", symbol.Exits.Trades);
            writer.WriteNumber("wins", symbol.Exits.Wins);
            writer.WriteNumber("losses", symbol.Exits.Losses);
            writer.Number("win_rate", symbol.Exits.WinRate);
            writer.Number("win_rate_gross", symbol.Exits.WinRateGross);
            writer.Number("realised_pnl_usd", symbol.RealisedPnl);
            writer.Number("funding_pnl_usd", symbol.Funding);
            writer.Number("fees_usd", symbol.Fees);
            writer.Number("net_pnl_usd", symbol.NetPnl);
            writer.Number("max_drawdown_usd", symbol.MaxDrawdown);
            writer.Number("volume_usd", symbol.Volume);
            writer.Number("estimated_slippage_usd", symbol.EstimatedSlippage);
            writer.WriteNumber("fills", symbol.Bookings);
            writer.WriteNumber("funding_events", symbol.FundingEvents);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Drawdowns(Utf8JsonWriter writer, Report report)
    {
        writer.WriteStartArray("worst_drawdowns");
        foreach (Statistics.DrawdownPeriod period in report.WorstDrawdowns)
        {
            writer.WriteStartObject();
            writer.WriteNumber("start_ms", period.StartMs);
            writer.WriteNumber("trough_ms", period.TroughMs);
            if (period.EndMs is long end)
            {
                writer.WriteNumber("end_ms", end);
            }
            else
            {
                writer.WriteNull("end_ms");
            }

            writer.Number("depth_usd", period.Depth);
            writer.Number("depth_pct", period.DepthFraction);
            writer.Number("length_days", period.LengthMs / (double)Statistics.DailySeries.DayMs);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Benchmark(Utf8JsonWriter writer, BuyAndHold benchmark)
    {
        writer.WritePropertyName("buy_and_hold");
        if (benchmark.Metrics is not CurveMetrics curve)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteNumber("symbols", benchmark.Symbols);
        writer.Number("final_equity", curve.Final);
        writer.Number("total_return", curve.TotalReturn);
        writer.Number("fees", benchmark.Fees);
        Curve(writer, curve, "");
        writer.WriteEndObject();
    }

    private static void Run(Utf8JsonWriter writer, Report report)
    {
        ReplayRun run = report.Result.Run;
        writer.WriteStartObject("run");
        writer.WriteString("interval", run.Interval.Name);
        writer.WriteString("exit_interval", run.ExitInterval?.Name);
        writer.WriteString("entry_interval", run.EntryInterval?.Name);
        writer.WriteNumber("from_ms", run.FromMs);
        writer.WriteNumber("to_ms", run.ToMs);
        writer.WriteNumber("lookback", run.Lookback);
        writer.Number("taker_fee_bps", run.TakerFeeBps);
        writer.WriteBoolean("funding", run.HasFunding);
        writer.WriteBoolean("instruments", run.HasInstruments);
        writer.WriteStartArray("symbols");
        foreach (string symbol in report.Result.Symbols)
        {
            writer.WriteStringValue(symbol);
        }

        writer.WriteEndArray();
        if (run.Strategies is not null)
        {
            Strategies(writer, run.Strategies);
        }

        writer.WriteEndObject();
    }

    private static void Strategies(Utf8JsonWriter writer, IReadOnlyList<ReplayStrategy> strategies)
    {
        writer.WriteStartArray("strategies");
        foreach (ReplayStrategy strategy in strategies)
        {
            writer.WriteStartObject();
            writer.WriteString("name", strategy.Name);
            writer.WriteString("version", strategy.Version);
            writer.WriteStartArray("symbols");
            foreach (string symbol in strategy.Symbols)
            {
                writer.WriteStringValue(symbol);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Notes(Utf8JsonWriter writer, IReadOnlyList<string> notes)
    {
        writer.WriteStartArray("notes");
        foreach (string note in notes)
        {
            writer.WriteStringValue(note);
        }

        writer.WriteEndArray();
    }

    private static void Bookings(Utf8JsonWriter writer, ReplayResult result)
    {
        writer.WriteStartArray("trades");
        for (int i = 0; i < result.Bookings.Count; i++)
        {
            Booking booking = result.Bookings[i];
            bool exit = booking.Action is OrderAction.Reduce or OrderAction.Close;
            writer.WriteStartObject();
            writer.WriteNumber("timestamp", booking.TimeMs);
            writer.WriteNumber("position_id", booking.PositionId);
            writer.WriteString("symbol", result.Symbols[booking.Symbol]);
            writer.WriteString("action", Words.Of(booking.Action, booking.Side));
            writer.Number("price", booking.Price);
            writer.Number("size", booking.Size);
            writer.Number("notional", booking.Notional);
            writer.Number("pnl", exit ? booking.Pnl - booking.Fee - booking.EntryFees : booking.Pnl);
            writer.Number("pnl_gross", booking.Pnl);
            writer.Number("fee", booking.Fee);
            writer.Number("entry_fee", exit ? booking.EntryFees : 0.0);
            writer.WriteString("reason", ReasonText.For(booking));
            writer.WriteString("reason_code", ReasonName.Of(booking.Reason));
            writer.WriteString("confidence", Words.Of(booking.Confidence));
            writer.Number("balance", booking.Balance);
            if (result.Run.Strategies is not null)
            {
                writer.WriteString("strategy", result.StrategyOf(result.Symbols[booking.Symbol]));
            }

            writer.WriteEndObject();
            FlushWhenFull(writer);
        }

        writer.WriteEndArray();
    }

    private static void EquityCurve(Utf8JsonWriter writer, IReadOnlyList<EquityPoint> curve)
    {
        writer.WriteStartArray("equity_curve");
        for (int i = 0; i < curve.Count; i++)
        {
            EquityPoint point = curve[i];
            writer.WriteStartArray();
            writer.WriteNumberValue(point.TimeMs);
            writer.Number(point.Equity);
            writer.Number(point.Balance);
            writer.WriteEndArray();
            FlushWhenFull(writer);
        }

        writer.WriteEndArray();
    }

    private static void Reproduce(Utf8JsonWriter writer, ReplayResult result)
    {
        writer.WriteStartObject("reproduce");
        writer.WriteString("version", result.Run.Version);
        writer.WriteString("config_id", result.Run.ConfigId);
        writer.WriteString("data_hash", result.Run.DataHash);
        writer.WriteString("state_hash", result.StateHash.ToString("x16"));
        writer.WriteString("command", result.Run.Command);
        writer.WriteEndObject();
    }

    private static void FlushWhenFull(Utf8JsonWriter writer)
    {
        if (writer.BytesPending > FlushBytes)
        {
            writer.Flush();
        }
    }
}
