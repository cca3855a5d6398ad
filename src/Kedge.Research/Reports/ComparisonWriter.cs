using System.Text.Json;

namespace Kedge.Research.Reports;

/// <summary>A comparison as text for people and as JSON for programs.</summary>
public static class ComparisonWriter
{
    private const int ShownTrades = 20;
    private const int ShownText = 24;

    /// <summary>Writes text; of trades at most twenty a side.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="comparison">What to tell.</param>
    /// <param name="colour">Whether to use ANSI colours.</param>
    public static void Text(TextWriter writer, ReportComparison comparison, bool colour = false)
    {
        Paint paint = new(colour);
        if (comparison.Equal)
        {
            Line(writer, "The reports are equal.");
            return;
        }

        List<FieldDifference> inputs = [.. comparison.Fields.Where(f => f.IsInput)];
        foreach (FieldDifference field in inputs)
        {
            Line(writer, paint.Of(field.Path, Tone.Bold));
            Line(writer, $"  A {field.A ?? "(absent)"}");
            Line(writer, $"  B {field.B ?? "(absent)"}");
        }

        if (comparison.SameResults)
        {
            Line(writer, "The results are equal; only what is named above differs.");
            return;
        }

        TextTable table = new("Field", "A", "B", "B - A", "relative");
        foreach (FieldDifference field in comparison.Fields.Where(f => !f.IsInput))
        {
            table.Row(
                (field.Path, Tone.Plain),
                (Short(field.A), Tone.Plain),
                (Short(field.B), Tone.Plain),
                (field.Absolute is double d ? d.ToString("G6") : "", Tone.Plain),
                (field.Relative is double r ? (r * 100.0).ToString("G4") + " %" : "", Tone.Plain)
            );
        }

        table.Write(writer, paint);
        if (comparison.TradesCompared)
        {
            Line(writer, "");
            Line(
                writer,
                $"Fills in both {comparison.TradesInBoth}, only in A {comparison.OnlyInA.Count}, only in B {comparison.OnlyInB.Count}"
            );
            Trades(writer, "A", comparison.OnlyInA);
            Trades(writer, "B", comparison.OnlyInB);
        }
    }

    /// <summary>Writes JSON and a line end.</summary>
    public static void Json(Stream stream, ReportComparison comparison)
    {
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("equal", comparison.Equal);
            writer.WriteBoolean("same_results", comparison.SameResults);
            writer.WriteStartArray("fields");
            foreach (FieldDifference field in comparison.Fields)
            {
                Field(writer, field);
            }

            writer.WriteEndArray();
            writer.WriteBoolean("trades_compared", comparison.TradesCompared);
            writer.WriteNumber("trades_in_both", comparison.TradesInBoth);
            Strings(writer, "only_in_a", comparison.OnlyInA);
            Strings(writer, "only_in_b", comparison.OnlyInB);
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void Field(Utf8JsonWriter writer, FieldDifference field)
    {
        writer.WriteStartObject();
        writer.WriteString("field", field.Path);
        Raw(writer, "a", field.A);
        Raw(writer, "b", field.B);
        if (field.Absolute is double absolute)
        {
            writer.Number("absolute", absolute);
        }

        if (field.Relative is double relative)
        {
            writer.Number("relative", relative);
        }

        writer.WriteEndObject();
    }

    private static void Raw(Utf8JsonWriter writer, string name, string? json)
    {
        if (json is not null)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(json);
        }
    }

    private static void Strings(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    private static void Trades(TextWriter writer, string side, IReadOnlyList<string> trades)
    {
        foreach (string trade in trades.Take(ShownTrades))
        {
            Line(writer, $"  {side}  {trade}");
        }

        if (trades.Count > ShownTrades)
        {
            Line(writer, $"  {side}  … and {trades.Count - ShownTrades} more");
        }
    }

    private static string Short(string? json) =>
        json is null ? "(absent)" : (json.Length > ShownText ? json[..(ShownText - 1)] + "…" : json);

    private static void Line(TextWriter writer, string line)
    {
        writer.Write(line);
        writer.Write('\n');
    }
}
