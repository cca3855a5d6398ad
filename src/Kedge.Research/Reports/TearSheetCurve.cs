using System.Text.Json;
using Kedge.Research.Replay;

namespace Kedge.Research.Reports;

/// <summary>Equity, benchmark and their distance below the peak, thinned without losing a bucket's lowest or highest equity.</summary>
internal static class TearSheetCurve
{
    public static void Write(Utf8JsonWriter writer, Report report, int buckets)
    {
        IReadOnlyList<EquityPoint> curve = report.Result.Equity;
        IReadOnlyList<double> hold = report.Benchmark.Values;
        double[] under = new double[curve.Count];
        double[] holdUnder = new double[curve.Count];
        double peak = report.InitialBalance;
        double holdPeak = report.InitialBalance;
        for (int i = 0; i < curve.Count; i++)
        {
            peak = Math.Max(peak, curve[i].Equity);
            holdPeak = Math.Max(holdPeak, hold[i]);
            under[i] = peak > 1e-12 ? curve[i].Equity / peak - 1.0 : 0.0;
            holdUnder[i] = holdPeak > 1e-12 ? hold[i] / holdPeak - 1.0 : 0.0;
        }

        List<int> kept = Thin(curve, buckets);
        bool hasHold = report.Benchmark.Metrics is not null;
        writer.WriteStartObject("curve");
        Column(writer, "t", kept, i => curve[i].TimeMs);
        Column(writer, "equity", kept, i => Math.Round(curve[i].Equity, 2));
        Column(writer, "under", kept, i => Math.Round(under[i], 6));
        Column(writer, "hold", hasHold ? kept : [], i => Math.Round(hold[i], 2));
        Column(writer, "holdUnder", hasHold ? kept : [], i => Math.Round(holdUnder[i], 6));
        writer.WriteEndObject();
    }

    private static List<int> Thin(IReadOnlyList<EquityPoint> curve, int buckets)
    {
        if (curve.Count <= buckets * 3)
        {
            return [.. Enumerable.Range(0, curve.Count)];
        }

        List<int> kept = [0];
        for (int b = 0; b < buckets; b++)
        {
            int from = (int)((long)b * curve.Count / buckets);
            int to = (int)((long)(b + 1) * curve.Count / buckets);
            int low = from;
            int high = from;
            for (int i = from + 1; i < to; i++)
            {
                low = curve[i].Equity < curve[low].Equity ? i : low;
                high = curve[i].Equity > curve[high].Equity ? i : high;
            }

            Keep(kept, Math.Min(low, high));
            Keep(kept, Math.Max(low, high));
            Keep(kept, to - 1);
        }

        return kept;
    }

    private static void Keep(List<int> kept, int index)
    {
        if (index > kept[^1])
        {
            kept.Add(index);
        }
    }

    private static void Column(Utf8JsonWriter writer, string name, List<int> kept, Func<int, double> value)
    {
        writer.WriteStartArray(name);
        foreach (int i in kept)
        {
            writer.Number(value(i));
        }

        writer.WriteEndArray();
    }
}
