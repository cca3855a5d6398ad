using System.Globalization;
using System.Text.Json;
using Kedge.Research.Search.Columns;

namespace Kedge.Research.Search.Plans;

/// <summary>A plan for a person, and as JSON.</summary>
public static class SweepPlanText
{
    /// <summary>Writes it as lines.</summary>
    public static void Write(TextWriter writer, SweepPlan plan)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(plan);
        IFormatProvider culture = CultureInfo.InvariantCulture;
        writer.WriteLine(string.Create(culture, $"configurations  {Large(plan)} over {plan.Axes} axes"));
        writer.WriteLine(string.Create(culture, $"bars            {plan.Bars:N0} each"));
        string kinds = string.Join(
            ", ",
            plan.Columns.Where(c => c.Value > 0).OrderBy(c => c.Key).Select(c => $"{Name(c.Key)} {c.Value}")
        );
        writer.WriteLine(
            string.Create(
                culture,
                $"columns         at most {plan.ColumnCount}, {plan.ColumnBytes / 1048576.0:F1} MiB each: {kinds}"
            )
        );
        writer.WriteLine(
            string.Create(
                culture,
                $"time            {Duration(plan.Seconds)} ({plan.SecondsEach * 1000.0:F1} ms each with {plan.Executor}, measured here)"
            )
        );
    }

    /// <summary>Writes it as one JSON object.</summary>
    public static void WriteJson(Stream stream, SweepPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        using Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        writer.WriteStartObject();
        writer.WriteString("configurations", plan.Configurations.ToString(CultureInfo.InvariantCulture));
        writer.WriteNumber("axes", plan.Axes);
        writer.WriteNumber("bars", plan.Bars);
        writer.WriteStartObject("columns");
        foreach ((ColumnKind kind, int count) in plan.Columns.OrderBy(c => c.Key))
        {
            writer.WriteNumber(Name(kind), count);
        }

        writer.WriteEndObject();
        writer.WriteNumber("column_bytes", plan.ColumnBytes);
        writer.WriteString("executor", plan.Executor);
        writer.WriteNumber("seconds_each", plan.SecondsEach);
        writer.WriteNumber("seconds", plan.Seconds);
        writer.WriteEndObject();
        writer.Flush();
        stream.WriteByte((byte)'\n');
    }

    /// <summary>A duration as a person says it.</summary>
    public static string Duration(double seconds)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        return seconds switch
        {
            < 1.0 => "about a second",
            < 120.0 => string.Create(culture, $"about {seconds:F0} s"),
            < 7_200.0 => string.Create(culture, $"about {seconds / 60.0:F0} min"),
            < 172_800.0 => string.Create(culture, $"about {seconds / 3_600.0:F1} h"),
            < 3.2e9 => string.Create(culture, $"about {seconds / 86_400.0:N0} days"),
            _ => "more than a century",
        };
    }

    private static string Large(SweepPlan plan) =>
        plan.Configurations < 1_000_000_000_000_000
            ? plan.Configurations.ToString("N0", CultureInfo.InvariantCulture)
            : "about " + ((double)plan.Configurations).ToString("0.0e0", CultureInfo.InvariantCulture);

    private static string Name(ColumnKind kind) =>
        kind switch
        {
            ColumnKind.AverageAtr => "average_atr",
            ColumnKind.BandWidth => "band_width",
            ColumnKind.BandRatio => "band_ratio",
            ColumnKind.StochRsi => "stoch_rsi",
            _ => kind.ToString().ToLowerInvariant(),
        };
}
