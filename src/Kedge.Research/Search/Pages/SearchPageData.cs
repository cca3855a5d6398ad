using System.Buffers.Binary;
using System.Text.Json;
using Kedge.Research.Reports;
using Kedge.Research.Search.Methods;
using Kedge.Research.Search.Results;

namespace Kedge.Research.Search.Pages;

/// <summary>The data of a page, as <c>web/src/search/data.ts</c> reads it.</summary>
internal static class SearchPageData
{
    private static readonly (string Name, string Field)[] Fields =
    [
        ("pnl", "total_pnl"),
        ("trades", "total_trades"),
        ("pf", "profit_factor"),
        ("sharpe", "sharpe_ratio"),
        ("calmar", "calmar_ratio"),
        ("drawdown", "max_drawdown_pct"),
    ];

    public static void Write(
        Utf8JsonWriter writer,
        string file,
        TrialScore score,
        PageRows rows,
        IReadOnlyDictionary<string, ResultLine> holdout
    )
    {
        IReadOnlyList<PageAxis> axes = PageAxis.All(rows);
        writer.WriteStartObject();
        writer.WriteString("file", file);
        writer.WriteString("objective", score.Objective.Name());
        writer.WriteNumber("rows", rows.Total);
        writer.WriteNumber("shown", rows.Lines.Count);
        writer.WriteNumber("trials", rows.Tally.Trials);
        writer.Number("expectedSharpe", rows.Tally.ExpectedMaximum * Math.Sqrt(Report.DaysPerYear));
        Axes(writer, axes, AxisImportance.Of(axes, rows.Scores));
        writer.WriteStartArray("id");
        foreach (ResultLine line in rows.Lines)
        {
            writer.WriteNumberValue(line.Index);
        }

        writer.WriteEndArray();
        Numbers(writer, "score", rows.Scores);
        writer.WriteStartArray("fields");
        foreach ((string name, string field) in Fields.Where(f => f.Name != score.Objective.Name()))
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            Numbers(writer, "values", rows.Lines.Select(l => l.Number(field)));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        Best(writer, rows);
        Holdout(writer, score, rows, holdout);
        writer.WriteEndObject();
    }

    private static void Axes(Utf8JsonWriter writer, IReadOnlyList<PageAxis> axes, IReadOnlyList<double> importance)
    {
        writer.WriteStartArray("axes");
        for (int i = 0; i < axes.Count; i++)
        {
            PageAxis axis = axes[i];
            bool wide = axis.Values.Count > byte.MaxValue;
            writer.WriteStartObject();
            writer.WriteString("path", axis.Path);
            writer.WriteStartArray("labels");
            foreach (string label in axis.Labels)
            {
                writer.WriteStringValue(label);
            }

            writer.WriteEndArray();
            writer.WriteBase64String("places", Packed(axis, wide));
            writer.WriteBoolean("wide", wide);
            if (axis.Gate < 0)
            {
                writer.WriteNull("gate");
            }
            else
            {
                writer.WriteStartObject("gate");
                writer.WriteNumber("axis", axis.Gate);
                writer.WriteNumber("place", axis.OpenAt);
                writer.WriteEndObject();
            }

            writer.Number("importance", importance[i]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static byte[] Packed(PageAxis axis, bool wide)
    {
        byte[] bytes = new byte[axis.Places.Count * (wide ? 2 : 1)];
        for (int row = 0; row < axis.Places.Count; row++)
        {
            if (wide)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * row), (ushort)axis.Places[row]);
            }
            else
            {
                bytes[row] = (byte)axis.Places[row];
            }
        }

        return bytes;
    }

    private static void Best(Utf8JsonWriter writer, PageRows rows)
    {
        writer.WriteStartArray("best");
        foreach (int place in rows.Best)
        {
            writer.WriteNumberValue(place);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("deflated");
        foreach (int place in rows.Best)
        {
            double deflated = rows.Tally.Deflated(rows.Lines[place]);
            if (double.IsNaN(deflated))
            {
                writer.WriteNullValue();
            }
            else
            {
                writer.WriteNumberValue(deflated);
            }
        }

        writer.WriteEndArray();
    }

    private static void Holdout(
        Utf8JsonWriter writer,
        TrialScore score,
        PageRows rows,
        IReadOnlyDictionary<string, ResultLine> holdout
    )
    {
        writer.WriteStartArray("holdout");
        for (int place = 0; place < rows.Lines.Count; place++)
        {
            if (holdout.TryGetValue(rows.Lines[place].ConfigId, out ResultLine? unseen))
            {
                writer.WriteStartObject();
                writer.WriteNumber("row", place);
                writer.Number("score", score.Objective.Of(unseen));
                writer.Number("pnl", unseen.Number("total_pnl"));
                writer.Number("trades", unseen.Number("total_trades"));
                writer.Number("sharpe", unseen.Number("sharpe_ratio"));
                writer.Number("drawdown", unseen.Number("max_drawdown_pct"));
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
    }

    private static void Numbers(Utf8JsonWriter writer, string name, IEnumerable<double> values)
    {
        writer.WriteStartArray(name);
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteStringValue(
                    double.IsNaN(value) ? "NaN"
                    : value > 0.0 ? "Infinity"
                    : "-Infinity"
                );
            }
        }

        writer.WriteEndArray();
    }
}
