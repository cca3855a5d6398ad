using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Kedge.Exchange.Gateways.Hyperliquid.Actions;

/// <summary>Members of received objects. Every method says no where the venue would not deserialize; none throws.</summary>
internal static class JsonRead
{
    private const int WireDecimals = 18;

    /// <summary>A member that is there and not null.</summary>
    public static bool TryMember(this JsonElement element, ReadOnlySpan<byte> name, out JsonElement value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Object
            && element.TryGetProperty(name, out value)
            && value.ValueKind != JsonValueKind.Null;
    }

    public static bool TryText(this JsonElement element, ReadOnlySpan<byte> name, [NotNullWhen(true)] out string? text)
    {
        text = null;
        return element.TryMember(name, out JsonElement value) && value.TryText(out text);
    }

    public static bool TryText(this JsonElement value, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no UTF-8, or half of a surrogate pair.
            return false;
        }
    }

    public static bool TryWhole(this JsonElement element, ReadOnlySpan<byte> name, out long number)
    {
        number = 0;
        return element.TryMember(name, out JsonElement value) && value.TryWhole(out number);
    }

    public static bool TryWhole(this JsonElement value, out long number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out number);
    }

    public static bool TryUnsigned(this JsonElement value, out ulong number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out number);
    }

    public static bool TryFlag(this JsonElement element, ReadOnlySpan<byte> name, out bool flag)
    {
        flag = false;
        if (!element.TryMember(name, out JsonElement value) || value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            return false;
        }

        flag = value.GetBoolean();
        return true;
    }

    /// <summary>An absent flag is false; one that is something else is refused.</summary>
    public static bool TryOptionalFlag(this JsonElement element, ReadOnlySpan<byte> name, out bool flag)
    {
        flag = false;
        return !element.TryMember(name, out _) || element.TryFlag(name, out flag);
    }

    /// <summary>A client order id: <c>0x</c> and 32 digits.</summary>
    public static bool TryCloid(this JsonElement value, out UInt128 cloid)
    {
        cloid = default;
        return value.TryText(out string? text)
            && text.Length == 34
            && text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && UInt128.TryParse(text.AsSpan(2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out cloid);
    }

    /// <summary>
    /// Reads decimal text into a scaled integer without rounding. False when it is no number. Where it has more decimals than the scale, or is
    /// too big for it, <paramref name="scaled"/> is null.
    /// </summary>
    public static bool TryScaled(ReadOnlySpan<char> text, int decimals, out long? scaled)
    {
        scaled = null;
        bool isNegative = text.StartsWith("-");
        ReadOnlySpan<char> digits = isNegative ? text[1..] : text;
        int point = digits.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? digits : digits[..point];
        ReadOnlySpan<char> part = point < 0 ? [] : digits[(point + 1)..];
        bool isNumber =
            whole.Length + part.Length > 0
            && part.Length <= WireDecimals
            && !whole.ContainsAnyExceptInRange('0', '9')
            && !part.ContainsAnyExceptInRange('0', '9');
        if (!isNumber)
        {
            return false;
        }

        part = part.TrimEnd('0');
        whole = whole.TrimStart('0');
        if (part.Length > decimals || whole.Length + decimals > WireDecimals)
        {
            return true;
        }

        long value = 0;
        foreach (char c in whole)
        {
            value = (value * 10) + (c - '0');
        }

        for (int i = 0; i < decimals; i++)
        {
            value = (value * 10) + (i < part.Length ? part[i] - '0' : 0);
        }

        scaled = isNegative ? -value : value;
        return true;
    }
}
