using System.Text.Json;

namespace Kedge.Cli.Hosting;

/// <summary>How a service stands, with every reason.</summary>
/// <param name="Reasons">Why it is not well; none when it is.</param>
/// <param name="Details">Writes what else there is to know, as properties of the report; null for nothing.</param>
internal sealed record HealthReport(IReadOnlyList<HealthReason> Reasons, Action<Utf8JsonWriter>? Details = null)
{
    /// <summary>The worst of the reasons.</summary>
    public HealthStatus Status => Reasons.Count == 0 ? HealthStatus.Ok : Reasons.Max(r => r.Status);

    /// <summary>The word for it: ok, degraded, failing.</summary>
    public static string Word(HealthStatus status) =>
        status switch
        {
            HealthStatus.Ok => "ok",
            HealthStatus.Degraded => "degraded",
            _ => "failing",
        };

    /// <summary>The report as JSON.</summary>
    public byte[] ToJson()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("status", Word(Status));
            writer.WriteStartArray("reasons");
            foreach (HealthReason reason in Reasons)
            {
                writer.WriteStartObject();
                writer.WriteString("status", Word(reason.Status));
                writer.WriteString("code", reason.Code);
                writer.WriteString("text", reason.Text);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            Details?.Invoke(writer);
            writer.WriteEndObject();
        }

        return [.. stream.ToArray(), (byte)'\n'];
    }
}
