using System.Text.Json;
using Kedge.Kernel;
using Kedge.Research.Replay;
using Kedge.Research.Statistics;

namespace Kedge.Research.Reports;

/// <summary>The data block of the tear sheet. Its shape is mirrored in <c>web/src/data.ts</c>.</summary>
internal static class TearSheetData
{
    /// <summary>Buckets the equity curve is thinned to; each keeps its lowest, highest and last point.</summary>
    private const int CurveBuckets = 600;

    public static void Write(Utf8JsonWriter writer, Report report)
    {
        writer.WriteStartObject();
        Run(writer, report);
        Metrics(writer, report);
        TearSheetCurve.Write(writer, report, CurveBuckets);
        Months(writer, report);
        Returns(writer, report);
        Groups(writer, "symbols", report.BySymbol);
        Groups(writer, "sides", report.BySide);
        Groups(writer, "confidences", report.ByConfidence);
        Groups(writer, "reasons", report.ByExitReason);
        Drawdowns(writer, report);
        Funnel(writer, report.Result.Funnel);
        writer.WriteStartArray("notes");
        foreach (string note in report.Result.Notes)
        {
            writer.WriteStringValue(note);
        }

        writer.WriteEndArray();
        TearSheetCandles.Write(writer, report);
        writer.WriteEndObject();
    }

    private static void Run(Utf8JsonWriter writer, Report report)
    {
        ReplayRun run = report.Result.Run;
        writer.WriteStartObject("run");
        writer.WriteString("version", run.Version);
        writer.WriteString("configId", run.ConfigId);
        writer.WriteString("dataHash", run.DataHash);
        writer.WriteString("stateHash", report.Result.StateHash.ToString("x16"));
        writer.WriteString("command", run.Command);
        writer.WriteString("interval", run.Interval.Name);
        writer.WriteNumber("intervalMs", run.Interval.Ms);
        writer.WriteString("exitInterval", run.ExitInterval?.Name);
        writer.WriteString("entryInterval", run.EntryInterval?.Name);
        writer.WriteNumber("fromMs", run.FromMs);
        writer.WriteNumber("toMs", run.ToMs);
        writer.Number("days", report.Days);
        writer.WriteNumber("symbols", report.Result.Symbols.Count);
        writer.Number("initialBalance", run.InitialBalance);
        writer.Number("slippageBps", run.SlippageBps);
        writer.Number("takerFeeBps", run.TakerFeeBps);
        writer.WriteBoolean("funding", run.HasFunding);
        writer.WriteEndObject();
    }

    private static void Metrics(Utf8JsonWriter writer, Report report)
    {
        TradeGroup all = report.All;
        writer.WriteStartObject("metrics");
        Curve(writer, "market", report.Market);
        Curve(writer, "realised", report.Realised);
        Curve(writer, "hold", report.Benchmark.Metrics);
        writer.WriteNumber("holdSymbols", report.Benchmark.Symbols);
        writer.WriteNumber("trades", all.Trades);
        writer.WriteNumber("fills", report.Fills);
        writer.Number("totalPnl", report.TotalPnl);
        writer.Number("pnl", all.Pnl);
        writer.Number("pnlGross", all.PnlGross);
        writer.Number("winRate", all.WinRate);
        writer.Number("winRateGross", all.WinRateGross);
        writer.Number("factor", all.Factor);
        writer.Number("factorGross", all.FactorGross);
        writer.Number("avg", all.AveragePnl);
        writer.Number("avgGross", all.AveragePnlGross);
        writer.Number("avgWin", all.AverageWin);
        writer.Number("avgWinGross", all.AverageWinGross);
        writer.Number("avgLoss", all.AverageLoss);
        writer.Number("avgLossGross", all.AverageLossGross);
        writer.Number("fees", report.Fees);
        writer.Number("funding", report.Funding);
        writer.Number("slippage", report.EstimatedSlippage);
        writer.Number("turnover", report.Turnover);
        writer.Number("timeInMarket", report.Exposure.TimeInMarket);
        writer.Number("avgExposure", report.Exposure.Average);
        writer.Number("maxExposure", report.Exposure.Maximum);
        writer.Number("maxMarginUse", report.Exposure.MaximumMarginUse);
        writer.Number("avgPositions", report.Exposure.AveragePositions);
        writer.WriteNumber("maxPositions", report.Exposure.MaximumPositions);
        writer.WriteEndObject();
    }

    private static void Curve(Utf8JsonWriter writer, string name, CurveMetrics? curve)
    {
        writer.WritePropertyName(name);
        if (curve is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.Number("final", curve.Final);
        writer.Number("ret", curve.TotalReturn);
        writer.Number("cagr", curve.Cagr);
        writer.Number("sharpe", curve.Sharpe);
        writer.Number("sortino", curve.Sortino);
        writer.Number("calmar", curve.Calmar);
        writer.Number("volatility", curve.Volatility);
        writer.Number("drawdown", curve.MaxDrawdownFraction);
        writer.Number("drawdownUsd", curve.MaxDrawdown);
        writer.WriteEndObject();
    }

    /// <summary>Returns by month. What is booked at midnight closes the day before, and with it the month.</summary>
    private static void Months(Utf8JsonWriter writer, Report report)
    {
        writer.WriteStartArray("months");
        IReadOnlyList<EquityPoint> curve = report.Result.Equity;
        double before = report.InitialBalance;
        for (int i = 0; i < curve.Count; i++)
        {
            (int year, int month) = Month(curve[i].TimeMs, report);
            if (i + 1 == curve.Count || Month(curve[i + 1].TimeMs, report) != (year, month))
            {
                writer.WriteStartArray();
                writer.WriteNumberValue(year);
                writer.WriteNumberValue(month);
                writer.Number(before > 1e-12 ? curve[i].Equity / before - 1.0 : 0.0);
                writer.WriteEndArray();
                before = curve[i].Equity;
            }
        }

        writer.WriteEndArray();
    }

    private static (int Year, int Month) Month(long timeMs, Report report)
    {
        DateTimeOffset time = DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(timeMs - 1, report.Result.Run.FromMs));
        return (time.Year, time.Month);
    }

    private static void Returns(Utf8JsonWriter writer, Report report)
    {
        writer.WriteStartArray("dailyReturns");
        foreach (double value in report.Daily.Returns())
        {
            writer.Number(Math.Round(value, 7));
        }

        writer.WriteEndArray();
        writer.WriteStartArray("tradeReturns");
        foreach (Trade trade in report.Trades)
        {
            writer.Number(Math.Round(trade.Return, 6));
        }

        writer.WriteEndArray();
    }

    private static void Groups(Utf8JsonWriter writer, string name, IReadOnlyList<TradeGroup> groups)
    {
        writer.WriteStartArray(name);
        foreach (TradeGroup group in groups)
        {
            writer.WriteStartObject();
            writer.WriteString("key", group.Key);
            writer.WriteNumber("trades", group.Trades);
            writer.Number("winRate", group.WinRate);
            writer.Number("pnl", group.Pnl);
            writer.Number("gross", group.PnlGross);
            writer.Number("avg", group.AveragePnl);
            writer.Number("factor", group.Factor);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Drawdowns(Utf8JsonWriter writer, Report report)
    {
        writer.WriteStartArray("drawdowns");
        foreach (DrawdownPeriod period in report.WorstDrawdowns)
        {
            writer.WriteStartObject();
            writer.WriteNumber("start", period.StartMs);
            writer.WriteNumber("trough", period.TroughMs);
            writer.WriteNumber("end", period.EndMs ?? 0);
            writer.Number("depth", period.DepthFraction);
            writer.Number("usd", period.Depth);
            writer.WriteNumber("lengthMs", period.LengthMs);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Funnel(Utf8JsonWriter writer, in GateFunnel funnel)
    {
        writer.WriteStartObject("funnel");
        writer.WriteNumber("evaluations", funnel.Evaluations);
        writer.WriteNumber("long", funnel.LongSignals);
        writer.WriteNumber("short", funnel.ShortSignals);
        writer.WriteStartArray("modes");
        for (int mode = 1; mode <= 3; mode++)
        {
            writer.WriteNumberValue(funnel.SignalsOf(mode));
        }

        writer.WriteEndArray();
        Counts(writer, "gates", FunnelView.Gates(funnel));
        Counts(writer, "stops", FunnelView.Stops(funnel));
        writer.WriteNumber("opened", funnel.Opened);
        writer.WriteNumber("added", funnel.Added);
        writer.WriteEndObject();
    }

    private static void Counts(Utf8JsonWriter writer, string name, IReadOnlyList<(string Label, long Count)> counts)
    {
        writer.WriteStartArray(name);
        foreach ((string label, long count) in counts)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(label);
            writer.WriteNumberValue(count);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }
}
