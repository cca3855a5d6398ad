using System.Text.Json;
using Kedge.Kernel;
using Kedge.Research.Reports;

namespace Kedge.Research.Explain;

/// <summary>Decisions for machines.</summary>
public static class ExplainJson
{
    /// <summary>Writes the decisions of one symbol as an array.</summary>
    public static void Write(Utf8JsonWriter writer, string symbol, IReadOnlyList<DecisionRecord> records)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(records);
        writer.WriteStartArray();
        foreach (DecisionRecord record in records)
        {
            Write(writer, symbol, record);
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string symbol, DecisionRecord record)
    {
        writer.WriteStartObject();
        writer.WriteString("symbol", symbol);
        writer.WriteNumber("time_ms", record.TimeMs);
        writer.WriteBoolean("evaluated", record.Evaluated);
        writer.WriteBoolean("held", record.Held);
        writer.WriteString("signal", record.RawSignal.Side.ToString());
        writer.WriteString("final_signal", record.FinalSignal.Side.ToString());
        writer.WriteString("confidence", record.RawSignal.Confidence.ToString());
        writer.WriteNumber("mode", record.RawSignal.Mode);
        writer.WriteString("stop", record.Stop.ToString());
        writer.WriteString("outcome", ExplainText.Outcome(record));
        writer.WriteNumber("btc_trend", record.Market.BtcTrend);
        if (record.Market.BreadthKnown)
        {
            writer.WriteNumber("breadth_pct", record.Market.BreadthPct);
        }
        else
        {
            writer.WriteNull("breadth_pct");
        }

        writer.WriteStartArray("checks");
        foreach (CheckLine check in record.Checks)
        {
            writer.WriteStartObject();
            writer.WriteString("id", check.Id.ToString());
            writer.WriteString("stage", CheckText.Of(check.Id).Stage.ToString());
            writer.Number("actual", check.Actual);
            writer.Number("threshold", check.Threshold);
            writer.WriteBoolean("passed", check.Passed);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("sizing");
        HashSet<SizingTerm> written = [];
        foreach (TermLine term in record.Terms)
        {
            if (written.Add(term.Term))
            {
                writer.Number(term.Term.ToString(), term.Value);
            }
        }

        writer.WriteEndObject();
        writer.WriteStartArray("orders");
        foreach ((KernelOrder order, OrderOutcome outcome) in record.Orders)
        {
            writer.WriteStartObject();
            writer.WriteString("action", order.Action.ToString());
            writer.WriteString("side", order.Side.ToString());
            writer.WriteString("reason", order.Reason.ToString());
            writer.Number("size", order.Size);
            writer.WriteString("outcome", outcome.Kind.ToString());
            writer.Number("price", outcome.Price);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
