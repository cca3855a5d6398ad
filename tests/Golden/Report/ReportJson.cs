using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kedge.Golden.Report;

/// <summary>Writes a report: snake case, indented, equity points as pairs.</summary>
public static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new EquityPairConverter() },
    };

    /// <summary>The report as JSON text.</summary>
    public static string Text(ReplayReport report) => JsonSerializer.Serialize(report, Options);

    private sealed class EquityPairConverter : JsonConverter<EquityPair>
    {
        public override EquityPair Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("reports are only written");

        public override void Write(Utf8JsonWriter writer, EquityPair value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(value.TimeMs);
            writer.WriteNumberValue(value.Balance);
            writer.WriteEndArray();
        }
    }
}
