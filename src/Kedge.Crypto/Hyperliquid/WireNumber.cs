using System.Globalization;

namespace Kedge.Crypto.Hyperliquid;

/// <summary>
/// Numbers as the venue hashes them: decimal text without exponent, trailing zeros or a sign on zero, and at most eight decimals. A signature
/// covers the exact text, so it is made once, here, and reused.
/// </summary>
public static class WireNumber
{
    /// <summary>Most decimals on the wire.</summary>
    public const int MaxDecimals = 8;

    /// <summary>Longest text: 29 digits, sign and point.</summary>
    public const int MaxChars = 32;

    private const NumberStyles Style =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads a number as configuration and venues write it, exponents included; more digits than a decimal holds are refused, never rounded.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out decimal value)
    {
        // decimal.Parse rounds what has too many digits: such a text is refused by counting them.
        int digits = 0;
        foreach (char c in text)
        {
            if (c is 'e' or 'E')
            {
                break;
            }

            digits += char.IsAsciiDigit(c) && (digits > 0 || c != '0') ? 1 : 0;
        }

        value = 0m;
        return digits <= 28 && decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The wire text of a value; false when it has more than eight decimals, which would have to be rounded.</summary>
    public static bool TryFormat(decimal value, Span<char> text, out int written)
    {
        written = 0;
        return decimal.Round(value, MaxDecimals) == value
            && (value == 0m ? 0m : value).TryFormat(text, out written, "0.########", CultureInfo.InvariantCulture);
    }

    /// <summary>The wire text of a value, or null when it has more than eight decimals.</summary>
    public static string? Format(decimal value)
    {
        Span<char> text = stackalloc char[MaxChars];
        return TryFormat(value, text, out int written) ? new string(text[..written]) : null;
    }

    /// <summary>A value as an integer of units of 10⁻ⁿ; false when it is not one exactly or is out of range.</summary>
    /// <param name="value">The value.</param>
    /// <param name="power">n, 0..18.</param>
    /// <param name="units">The integer.</param>
    public static bool TryScale(decimal value, int power, out Int128 units)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(power);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(power, 18);
        Int128 scale = 1;
        for (int i = 0; i < power; i++)
        {
            scale *= 10;
        }

        decimal whole = decimal.Truncate(value);
        decimal part = (value - whole) * (decimal)scale;
        units = (Int128)whole * scale + (Int128)part;
        return decimal.Truncate(part) == part;
    }
}
