using System.Text.Json;

namespace Kedge.Simulation.Venues;

/// <summary>What a request or message to a venue asks for, by its first <c>method</c> or <c>type</c>.</summary>
internal static class CallNames
{
    /// <summary>The name; <c>other</c> when it says none.</summary>
    public static string Of(ReadOnlySpan<byte> body)
    {
        Utf8JsonReader reader = new(body);
        while (reader.Read())
        {
            if (
                reader.TokenType == JsonTokenType.PropertyName
                && (reader.ValueTextEquals("type"u8) || reader.ValueTextEquals("method"u8))
                && reader.Read()
                && reader.TokenType == JsonTokenType.String
            )
            {
                // Subscriptions are changed at one place.
                return reader.ValueTextEquals("unsubscribe"u8) ? "subscribe" : reader.GetString()!;
            }
        }

        return "other";
    }
}
