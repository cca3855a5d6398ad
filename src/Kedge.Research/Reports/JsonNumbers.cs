using System.Text.Json;

namespace Kedge.Research.Reports;

/// <summary>Numbers as reports write them: shortest form that reads back the same; non-finite ones are strings.</summary>
public static class JsonNumbers
{
    /// <summary>Writes a property.</summary>
    public static void Number(this Utf8JsonWriter writer, string name, double value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(name);
        writer.Number(value);
    }

    /// <summary>Writes a value.</summary>
    public static void Number(this Utf8JsonWriter writer, double value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value == 0.0 ? 0.0 : value);
        }
        else
        {
            writer.WriteStringValue(double.IsNaN(value) ? "NaN" : (value > 0.0 ? "Infinity" : "-Infinity"));
        }
    }
}
