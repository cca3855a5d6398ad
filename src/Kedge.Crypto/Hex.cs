namespace Kedge.Crypto;

/// <summary>Hexadecimal text as venues write it.</summary>
public static class Hex
{
    /// <summary><c>0x</c> and two lower-case digits a byte.</summary>
    public static string Format(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);

    /// <summary>
    /// Fills <paramref name="bytes"/> from the digits of <paramref name="text"/>, right-aligned, so that dropped leading zeros are put back.
    /// Case and a leading <c>0x</c> do not matter; no digits, too many, or anything else is refused.
    /// </summary>
    public static bool TryParsePadded(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        bytes.Clear();
        ReadOnlySpan<char> digits = WithoutPrefix(text);
        if (digits.Length == 0 || digits.Length > bytes.Length * 2)
        {
            return false;
        }

        int invalid = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            // No table and no branch on the digit: the text may be a private key.
            int c = digits[digits.Length - 1 - i];
            int number = c - '0';
            int letter = (c | 0x20) - 'a' + 10;
            int isNumber = ((number | (9 - number)) >> 31) + 1;
            int isLetter = (((letter - 10) | (15 - letter)) >> 31) + 1;
            invalid |= 1 - (isNumber | isLetter);
            int value = (number & -isNumber) | (letter & -isLetter);
            bytes[bytes.Length - 1 - i / 2] |= (byte)(value << (i % 2 * 4));
        }

        if (invalid != 0)
        {
            bytes.Clear();
        }

        return invalid == 0;
    }

    /// <summary>Fills <paramref name="bytes"/> from exactly two digits a byte.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, Span<byte> bytes) =>
        WithoutPrefix(text).Length == bytes.Length * 2 && TryParsePadded(text, bytes);

    private static ReadOnlySpan<char> WithoutPrefix(ReadOnlySpan<char> text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
}
