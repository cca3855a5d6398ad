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
        if (!HoldsOnlyText(body.Span))
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(body, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether every name and string is text: an escape can be half of a surrogate pair, which the parser takes, and which makes even looking for
    /// another member throw. Bytes that are no JSON pass; the parser says what is wrong with them.
    /// </summary>
    public static bool HoldsOnlyText(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\\u"u8) < 0)
        {
            return true;
        }

        try
        {
            Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = 64 });
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String && reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }
        }
        catch (JsonException)
        {
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }

        return true;
    }
}
