using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Kedge.Kernel;

namespace Kedge.Model.Ledger;

/// <summary>
/// Names of intents: the first 128 bits of a SHA-256 over what the intent is. The same decision at the same sequence has the same id, in every run.
/// </summary>
public static class IntentIds
{
    private const int MaxPart = 256;

    /// <summary>The id as 32 lower-case hex digits.</summary>
    /// <param name="lane">Name of the lane; at most 256 bytes of UTF-8.</param>
    /// <param name="symbol">Symbol as the venue spells it; likewise.</param>
    /// <param name="action">Open, add, reduce or close.</param>
    /// <param name="candleKey">The candle key of the decision, UTC epoch milliseconds.</param>
    /// <param name="sequence">The ledger's next sequence.</param>
    /// <exception cref="ArgumentException">A name is empty or too long.</exception>
    public static string Make(string lane, string symbol, OrderAction action, long candleKey, long sequence)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(lane, symbol, action, candleKey, sequence, hash);
        return Convert.ToHexStringLower(hash[..16]);
    }

    /// <summary>
    /// SHA-256 over five parts, each preceded by its length in bytes (4 bytes, big-endian): lane and symbol in UTF-8, the action's name in upper-case
    /// ASCII, candle key and sequence as decimal digits.
    /// </summary>
    internal static void Hash(string lane, string symbol, OrderAction action, long candleKey, long sequence, Span<byte> hash)
    {
        ArgumentException.ThrowIfNullOrEmpty(lane);
        ArgumentException.ThrowIfNullOrEmpty(symbol);
        Span<byte> text = stackalloc byte[(5 * 4) + (2 * MaxPart) + 64];
        int length = Add(text, 0, lane);
        length = Add(text, length, symbol);
        length = Add(text, length, LedgerNames.Of(action));
        length = Add(text, length, candleKey);
        length = Add(text, length, sequence);
        _ = SHA256.HashData(text[..length], hash);
    }

    private static int Add(Span<byte> text, int at, string part)
    {
        int bytes = Encoding.UTF8.GetByteCount(part);
        if (bytes > MaxPart)
        {
            throw new ArgumentException($"'{part}' is longer than {MaxPart} bytes.", nameof(part));
        }

        BinaryPrimitives.WriteInt32BigEndian(text[at..], bytes);
        return at + 4 + Encoding.UTF8.GetBytes(part, text[(at + 4)..]);
    }

    private static int Add(Span<byte> text, int at, long part)
    {
        _ = part.TryFormat(text[(at + 4)..], out int bytes, default, System.Globalization.CultureInfo.InvariantCulture);
        BinaryPrimitives.WriteInt32BigEndian(text[at..], bytes);
        return at + 4 + bytes;
    }
}
