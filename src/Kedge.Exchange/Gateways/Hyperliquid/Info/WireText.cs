using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace Kedge.Exchange.Gateways.Hyperliquid.Info;

/// <summary>
/// Numbers as the venue writes them: decimal text without trailing zeros, whole ones with <c>.0</c>. From integers, so nothing is rounded.
/// </summary>
internal static class WireText
{
    private const int LongestText = 48;

    /// <summary>Writes <paramref name="value"/> / 10^<paramref name="decimals"/>; returns the length.</summary>
    public static int Format(long value, int decimals, Span<byte> text)
    {
        Span<byte> digits = stackalloc byte[20];
        ulong size = value < 0 ? unchecked((ulong)-value) : (ulong)value;
        Utf8Formatter.TryFormat(size, digits, out int count);
        int length = 0;
        if (value < 0)
        {
            text[length++] = (byte)'-';
        }

        int whole = count - decimals;
        if (whole <= 0)
        {
            text[length++] = (byte)'0';
        }
        else
        {
            digits[..whole].CopyTo(text[length..]);
            length += whole;
        }

        text[length++] = (byte)'.';
        int first = length;
        for (int place = 0; place < decimals; place++)
        {
            int at = whole + place;
            text[length++] = at < 0 ? (byte)'0' : digits[at];
        }

        while (length > first && text[length - 1] == '0')
        {
            length--;
        }

        if (length == first)
        {
            text[length++] = (byte)'0';
        }

        return length;
    }

    /// <summary>As <see cref="Format"/>.</summary>
    public static string Text(long value, int decimals)
    {
        Span<byte> text = stackalloc byte[LongestText];
        return System.Text.Encoding.ASCII.GetString(text[..Format(value, decimals, text)]);
    }

    /// <summary>A number that is not whole in any unit, rounded to so many decimals.</summary>
    public static string Text(decimal value, int decimals)
    {
        decimal rounded = decimal.Round(value, decimals, MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0m : rounded).ToString("0.0" + new string('#', decimals - 1), CultureInfo.InvariantCulture);
    }

    /// <summary>Writes a member.</summary>
    public static void Scaled(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long value, int decimals)
    {
        Span<byte> text = stackalloc byte[LongestText];
        int length = Format(value, decimals, text);
        json.WriteString(name, text[..length]);
    }

    /// <summary>Writes an element.</summary>
    public static void ScaledValue(this Utf8JsonWriter json, long value, int decimals)
    {
        Span<byte> text = stackalloc byte[LongestText];
        int length = Format(value, decimals, text);
        json.WriteStringValue(text[..length]);
    }

    /// <summary>Writes micro-USD.</summary>
    public static void Usd(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long micros) => json.Scaled(name, micros, 6);

    /// <summary>Writes a client order id: <c>0x</c> and 32 digits.</summary>
    public static void Cloid(this Utf8JsonWriter json, UInt128 cloid) => json.WriteString("cloid"u8, CloidText(cloid));

    public static string CloidText(UInt128 cloid) => $"0x{(ulong)(cloid >> 64):x16}{(ulong)cloid:x16}";

    /// <summary>
    /// A transaction hash: 32 bytes that belong to a number and a kind of event, the same in every run. They look like the venue's and mean nothing.
    /// </summary>
    public static string Hash(long number, ulong kind)
    {
        unchecked
        {
            ulong a = Mix((ulong)number ^ (kind << 56));
            ulong b = Mix(a + 1);
            return $"0x{a:x16}{b:x16}{Mix(b + 2):x16}{Mix(b + 3):x16}";
        }
    }

    /// <summary>The finisher of splitmix64.</summary>
    private static ulong Mix(ulong x)
    {
        unchecked
        {
            x += 0x9E37_79B9_7F4A_7C15;
            x = (x ^ (x >> 30)) * 0xBF58_476D_1CE4_E5B9;
            x = (x ^ (x >> 27)) * 0x94D0_49BB_1331_11EB;
            return x ^ (x >> 31);
        }
    }
}
