using System.Text;

namespace Kedge.Venues.Tests.Hyperliquid;

/// <summary>Breaks payloads in a way that a seed repeats: flipped bits, cut ends, swapped tokens, doubled and missing spans, strange values.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly string[] Strange =
    [
        "null",
        "true",
        "{}",
        "[]",
        "\"\"",
        "-1",
        "\"-1\"",
        "1e999",
        "\"NaN\"",
        "\"Infinity\"",
        "\"1e5\"",
        "99999999999999999999",
        "\"0.00000000000000000000000000000000001\"",
        "\"\\ud800\"",
        "\"\\u0000\"",
        "0.5",
        "\"" + new string('9', 400) + "\"",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
    ];

    private readonly Random random = new(seed);

    public byte[] Mutate(byte[] original)
    {
        byte[] bytes = original;
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            bytes = Once(bytes);
        }

        return bytes;
    }

    private byte[] Once(byte[] bytes)
    {
        if (bytes.Length < 2)
        {
            return [(byte)random.Next(256), .. bytes];
        }

        // Half of all cases stay JSON for the most part: they get past the syntax, to the fields.
        if (seed % 2 == 0)
        {
            return Swap(bytes, random.Next(2) == 0);
        }

        int start = random.Next(bytes.Length);
        int length = random.Next(1, Math.Min(60, bytes.Length - start + 1));
        byte[] span = bytes[start..(start + length)];
        switch (random.Next(8))
        {
            case 0:
                byte[] flipped = [.. bytes];
                flipped[start] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1:
                return bytes[..start];
            case 2:
                return [.. bytes[..start], .. bytes[(start + length)..]];
            case 3:
                return [.. bytes[..start], .. span, .. bytes[start..]];
            case 4:
                return [.. bytes, .. span];
            case 5:
                return [.. bytes[..start], (byte)random.Next(256), .. bytes[start..]];
            case 6:
                return Swap(bytes, strange: false);
            default:
                return Swap(bytes, strange: true);
        }
    }

    /// <summary>Puts another token of the payload, or a strange one, in the place of a token.</summary>
    private byte[] Swap(byte[] bytes, bool strange)
    {
        (int at, int end) = Token(bytes);
        (int otherAt, int otherEnd) = Token(bytes);
        byte[] other = strange ? Encoding.UTF8.GetBytes(Strange[random.Next(Strange.Length)]) : bytes[otherAt..otherEnd];
        return [.. bytes[..at], .. other, .. bytes[end..]];
    }

    private (int At, int End) Token(byte[] bytes)
    {
        int at = random.Next(bytes.Length);
        while (at > 0 && !IsMark(bytes[at - 1]))
        {
            at--;
        }

        int end = at;
        while (end < bytes.Length && !IsMark(bytes[end]))
        {
            end++;
        }

        return (at, end);
    }

    private static bool IsMark(byte b) => b is (byte)',' or (byte)':' or (byte)'{' or (byte)'}' or (byte)'[' or (byte)']';
}
