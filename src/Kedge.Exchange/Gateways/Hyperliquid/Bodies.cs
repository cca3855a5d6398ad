using System.Text.Json;

namespace Kedge.Exchange.Gateways.Hyperliquid;

/// <summary>Reading bodies, and the answers to those that cannot be read.</summary>
internal static class Bodies
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };

    /// <summary>Answer to what is no known request, status 422.</summary>
    public static ReadOnlySpan<byte> Malformed => "Failed to deserialize the JSON body into the target type"u8;

    /// <summary>Answer to a caller that is out of weight, status 429.</summary>
    public static ReadOnlySpan<byte> RateLimited => "Too many requests"u8;

    /// <summary>The document, or null when the bytes are not one.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
