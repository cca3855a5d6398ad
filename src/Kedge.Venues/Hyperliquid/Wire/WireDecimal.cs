using Kedge.Crypto.Hyperliquid;

namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Numbers as the venue writes them: a text of digits with at most a sign and a point.</summary>
internal static class WireDecimal
{
    private const int MaxExactDigits = 19;

    private static readonly double[] Powers =
    [
        1e0,
        1e1,
        1e2,
        1e3,
        1e4,
        1e5,
        1e6,
        1e7,
        1e8,
        1e9,
        1e10,
        1e11,
        1e12,
        1e13,
        1e14,
        1e15,
        1e16,
        1e17,
        1e18,
        1e19,
        1e20,
        1e21,
        1e22,
    ];

    /// <summary>Market data: the nearest double.</summary>
    public static DecodeProblem Parse(ReadOnlySpan<byte> text, out double value)
    {
        value = 0.0;
        if (text.Length > WireNumber.MaxChars)
        {
            return DecodeProblem.NumberTooLong;
        }

        bool isNegative = !text.IsEmpty && text[0] == (byte)'-';
        ulong mantissa = 0;
        int digits = 0;
        int decimals = 0;
        int point = -1;
        for (int i = isNegative ? 1 : 0; i < text.Length; i++)
        {
            uint digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                mantissa = digits < MaxExactDigits ? (mantissa * 10) + digit : mantissa;
                digits += mantissa > 0 ? 1 : 0;
                decimals += point >= 0 ? 1 : 0;
            }
            else if (text[i] == (byte)'.' && point < 0)
            {
                point = i;
            }
            else
            {
                return DecodeProblem.BadNumber;
            }
        }

        int first = isNegative ? 1 : 0;
        if (text.Length == first || point == first || point == text.Length - 1)
        {
            return DecodeProblem.BadNumber;
        }

        // Both sides exact, one division: correctly rounded. Anything longer goes the slow way, which is too.
        if (digits < MaxExactDigits && mantissa <= 1UL << 53 && decimals < Powers.Length)
        {
            value = mantissa / Powers[decimals];
            value = isNegative ? -value : value;
            return DecodeProblem.None;
        }

        return double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out value)
            ? DecodeProblem.None
            : DecodeProblem.BadNumber;
    }

    /// <summary>Money: the exact value.</summary>
    public static DecodeProblem Parse(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0m;
        DecodeProblem problem = Parse(text, out double _);
        if (problem != DecodeProblem.None)
        {
            return problem;
        }

        Span<char> chars = stackalloc char[WireNumber.MaxChars];
        for (int i = 0; i < text.Length; i++)
        {
            chars[i] = (char)text[i];
        }

        return WireNumber.TryParse(chars[..text.Length], out value) ? DecodeProblem.None : DecodeProblem.NumberTooLong;
    }
}
