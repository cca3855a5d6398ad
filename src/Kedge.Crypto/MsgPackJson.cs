using System.Runtime.InteropServices;
using System.Text.Json;

namespace Kedge.Crypto;

/// <summary>
/// Turns JSON into msgpack with keys in the order they stand, which is how the signer of a received action had them. A whole number becomes an
/// integer; fractions, exponents and integers beyond 64 bits have no agreed form and are refused.
/// </summary>
public static class MsgPackJson
{
    /// <summary>Writes a value; false when it holds something without an agreed form, and what was written then means nothing.</summary>
    public static bool TryWrite(MsgPackWriter writer, JsonElement value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return TryWriteObject(writer, value);
            case JsonValueKind.Array:
                writer.ArrayHeader(value.GetArrayLength());
                foreach (JsonElement item in value.EnumerateArray())
                {
                    if (!TryWrite(writer, item))
                    {
                        return false;
                    }
                }

                return true;
            case JsonValueKind.String:
                return TryWriteText(writer, JsonMarshal.GetRawUtf8Value(value)[1..^1], value, property: null);
            case JsonValueKind.Number:
                return TryWriteNumber(writer, value);
            case JsonValueKind.True:
            case JsonValueKind.False:
                writer.Boolean(value.ValueKind == JsonValueKind.True);
                return true;
            case JsonValueKind.Null:
                writer.Nil();
                return true;
            default:
                return false;
        }
    }

    private static bool TryWriteObject(MsgPackWriter writer, JsonElement value)
    {
        writer.MapHeader(value.GetPropertyCount());
        foreach (JsonProperty property in value.EnumerateObject())
        {
            ReadOnlySpan<byte> name = JsonMarshal.GetRawUtf8PropertyName(property);
            if (!TryWriteText(writer, name, property.Value, property) || !TryWrite(writer, property.Value))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryWriteText(MsgPackWriter writer, ReadOnlySpan<byte> raw, JsonElement value, JsonProperty? property)
    {
        if (!raw.Contains((byte)'\\'))
        {
            writer.Utf8(raw);
            return true;
        }

        try
        {
            writer.String(property is { } named ? named.Name : value.GetString());
            return true;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, escaped: no text.
            return false;
        }
    }

    private static bool TryWriteNumber(MsgPackWriter writer, JsonElement value)
    {
        if (value.TryGetInt64(out long signed))
        {
            writer.Integer(signed);
            return true;
        }

        if (value.TryGetUInt64(out ulong unsigned))
        {
            writer.Unsigned(unsigned);
            return true;
        }

        return false;
    }
}
