using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kedge.Model;

namespace Kedge.Data.Columns;

/// <summary>
/// The identity of the bars a result was computed from: a hash per symbol over its columns, and a hash of those over the set, so that leaving
/// symbols out costs nothing. The bytes are written down in docs/reference/data-hash.md.
/// </summary>
internal static unsafe class DataHash
{
    internal const int Bytes = SHA256.HashSizeInBytes;

    /// <summary>SHA-256 over the columns t, o, h, l, c, v, one after the other, little-endian, without padding.</summary>
    internal static byte[] OfSymbol(in BarColumns bars)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, bars.OpenTimeMs, bars.Count);
        Append(hash, (long*)bars.Open, bars.Count);
        Append(hash, (long*)bars.High, bars.Count);
        Append(hash, (long*)bars.Low, bars.Count);
        Append(hash, (long*)bars.Close, bars.Count);
        Append(hash, (long*)bars.Volume, bars.Count);
        return hash.GetHashAndReset();
    }

    /// <summary>SHA-256 over one line per symbol in ordinal order: symbol, interval, count and symbol hash, tabs between, newline after.</summary>
    internal static byte[] OfSet(
        Interval interval,
        IReadOnlyList<string> symbols,
        ReadOnlySpan<BarColumns> columns,
        byte[][] symbolHashes
    )
    {
        StringBuilder lines = new();
        for (int i = 0; i < symbols.Count; i++)
        {
            lines
                .Append(symbols[i])
                .Append('\t')
                .Append(interval.Name)
                .Append('\t')
                .Append(columns[i].Count.ToString(CultureInfo.InvariantCulture));
            lines.Append('\t').Append(Convert.ToHexStringLower(symbolHashes[i])).Append('\n');
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString()));
    }

    private static void Append(IncrementalHash hash, long* column, int count)
    {
        if (BitConverter.IsLittleEndian)
        {
            hash.AppendData(new ReadOnlySpan<byte>(column, checked(count * sizeof(long))));
            return;
        }

        Span<byte> word = stackalloc byte[sizeof(long)];
        for (int i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(word, column[i]);
            hash.AppendData(word);
        }
    }
}
