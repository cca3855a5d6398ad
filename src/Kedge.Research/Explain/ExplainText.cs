using System.Globalization;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Research.Reports;

namespace Kedge.Research.Explain;

/// <summary>Decisions for people: one in full, or several as a table.</summary>
public static class ExplainText
{
    /// <summary>Writes one decision in full.</summary>
    public static void WriteFull(TextWriter writer, string symbol, DecisionRecord record)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(record);
        writer.WriteLine($"{symbol} at {Timestamp.Show(record.TimeMs)} UTC");
        string trend = record.Market.BtcTrend switch
        {
            > 0 => "up",
            < 0 => "down",
            _ => "unknown",
        };
        string breadth = record.Market.BreadthKnown ? Number(record.Market.BreadthPct) + " %" : "unknown";
        if (record.Evaluated)
        {
            writer.WriteLine($"  market: BTC trend {trend}, breadth {breadth}");
        }

        foreach (CheckStage stage in Enum.GetValues<CheckStage>())
        {
            WriteStage(writer, record, stage);
        }

        WriteTerms(writer, record);
        writer.WriteLine();
        writer.WriteLine($"  signal : {SignalText(record.RawSignal, record.Evaluated)}");
        if (record.Evaluated && record.FinalSignal.Side != record.RawSignal.Side)
        {
            writer.WriteLine($"  after market rules: {SignalText(record.FinalSignal, true)}");
        }

        writer.WriteLine($"  outcome: {Outcome(record)}");
    }

    /// <summary>Writes a table with one decision a line.</summary>
    public static void WriteTable(TextWriter writer, string symbol, IReadOnlyList<DecisionRecord> records)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(records);
        writer.WriteLine($"{symbol}: {records.Count} decisions");
        writer.WriteLine($"{"time (UTC)", -17} {"signal", -14} outcome");
        foreach (DecisionRecord record in records)
        {
            string signal = record.Evaluated ? SignalText(record.FinalSignal, true) : "-";
            writer.WriteLine($"{Timestamp.Show(record.TimeMs), -17} {Short(signal), -14} {Outcome(record)}");
        }
    }

    /// <summary>What came of a tick: an order, an exit, or the first thing that stopped an entry.</summary>
    public static string Outcome(DecisionRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Orders.Count > 0)
        {
            return string.Join("; ", record.Orders.Select(o => OrderText(o.Order, o.Outcome)));
        }

        if (!record.Evaluated)
        {
            return record.Held ? "position held" : "not evaluated";
        }

        if (record.Stop == StopCode.NoSignal && FirstFailure(record) is { } failed)
        {
            return $"no signal: {CheckText.Of(failed.Id).Name}, {Number(failed.Actual)} against {Number(failed.Threshold)}";
        }

        if (record.Stop == StopCode.None)
        {
            return record.Held ? "position held" : "nothing to do";
        }

        return (record.Held ? "position held; add stopped: " : "stopped: ") + CheckText.Stop(record.Stop);
    }

    /// <summary>The first gate or mode test that failed and explains a neutral signal.</summary>
    public static CheckLine? FirstFailure(DecisionRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        foreach (CheckLine line in record.Checks)
        {
            CheckStage stage = CheckText.Of(line.Id).Stage;
            bool directional = line.Id is GateId.AlignmentLong or GateId.AlignmentShort or GateId.BtcLong or GateId.BtcShort;
            if (!line.Passed && !directional && (stage is CheckStage.Gate or CheckStage.Mode))
            {
                return line;
            }
        }

        foreach (CheckLine line in record.Checks)
        {
            if (!line.Passed && CheckText.Of(line.Id).Stage == CheckStage.Gate)
            {
                return line;
            }
        }

        return null;
    }

    private static void WriteStage(TextWriter writer, DecisionRecord record, CheckStage stage)
    {
        bool first = true;
        foreach (CheckLine line in record.Checks)
        {
            CheckText text = CheckText.Of(line.Id);
            if (text.Stage != stage)
            {
                continue;
            }

            if (first)
            {
                writer.WriteLine();
                writer.WriteLine($"  {CheckText.Heading(stage)}");
                first = false;
            }

            string verdict = line.Passed ? "ok  " : (stage == CheckStage.Exit ? "EXIT" : "STOP");
            string numbers = $"{Number(line.Actual), 14} {text.Relation, -2} {Number(line.Threshold), -14}";
            writer.WriteLine($"    {verdict} {text.Name, -34} {numbers}".TrimEnd());
        }
    }

    private static void WriteTerms(TextWriter writer, DecisionRecord record)
    {
        if (record.Terms.Count == 0)
        {
            return;
        }

        writer.WriteLine();
        writer.WriteLine("  Sizing");
        foreach (TermLine term in record.Terms)
        {
            writer.WriteLine($"    {TermName(term.Term), -34} {Number(term.Value), 19}");
        }
    }

    private static string TermName(SizingTerm term) =>
        term switch
        {
            SizingTerm.Equity => "equity",
            SizingTerm.BaseMargin => "equity x allocation",
            SizingTerm.ConfidenceMultiplier => "x confidence",
            SizingTerm.AdxMultiplier => "x ADX",
            SizingTerm.VolatilityMultiplier => "x volatility",
            SizingTerm.Leverage => "leverage",
            SizingTerm.Headroom => "headroom under the margin cap",
            SizingTerm.Margin => "margin of the order",
            SizingTerm.Size => "size",
            SizingTerm.Notional => "notional",
            SizingTerm.FreeCash => "free cash",
            SizingTerm.Fee => "fee",
            _ => "score (confidence x 100 + ADX)",
        };

    private static string SignalText(in Signal signal, bool evaluated) =>
        !evaluated ? "not evaluated for entry at this tick"
        : signal.Side == Side.Flat ? "neutral"
        : $"{signal.Side} {signal.Confidence} (mode {signal.Mode})";

    private static string Short(string signal) => signal.Split(" (")[0];

    private static string OrderText(in KernelOrder order, in OrderOutcome outcome)
    {
        Booking told = default;
        told.Reason = order.Reason;
        told.Confidence = order.Confidence;
        told.Value = order.Value;
        told.Value2 = order.Value2;
        told.Value3 = order.Value3;
        string what = $"{order.Action} {order.Side} {Number(order.Size)}: {ReasonText.For(told)}";
        return outcome.Kind switch
        {
            OutcomeKind.Filled => $"{what}, filled at {Number(outcome.Price)}",
            OutcomeKind.Working => $"{what}, working",
            _ => $"{what}, refused ({outcome.RefusalCode})",
        };
    }

    private static string Number(double value) => value.ToString("0.########", CultureInfo.InvariantCulture);
}
