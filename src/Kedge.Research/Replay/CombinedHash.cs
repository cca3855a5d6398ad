using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Kedge.Model;

namespace Kedge.Research.Replay;

/// <summary>One hash over everything a run read from the market: SHA-256 over lines <c>role hash</c>, described in docs/reference/data-hash.md.</summary>
internal static class CombinedHash
{
    /// <summary>Combines the hashes of the sets used.</summary>
    public static string Of(ICandleSet main, ICandleSet? exit, ICandleSet? entry, string funding)
    {
        StringBuilder lines = new();
        lines.Append("main ").Append(main.DataHash).Append('\n');
        Append(lines, "exit", exit?.DataHash);
        Append(lines, "entry", entry?.DataHash);
        Append(lines, "funding", funding);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString())));
    }

    /// <summary>Hash of the funding records of some symbols: symbol, then time and rate of each record, little-endian.</summary>
    public static string OfFunding(IReadOnlyList<FundingSeries> series, IReadOnlyList<string> symbols)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] record = new byte[16];
        foreach (FundingSeries one in series.OrderBy(s => s.Symbol, StringComparer.Ordinal))
        {
            if (!symbols.Contains(one.Symbol, StringComparer.Ordinal))
            {
                continue;
            }

            hash.AppendData(Encoding.UTF8.GetBytes(one.Symbol + "\n"));
            for (int i = 0; i < one.TimeMs.Length; i++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(record, one.TimeMs[i]);
                BinaryPrimitives.WriteDoubleLittleEndian(record.AsSpan(8), one.Rate[i]);
                hash.AppendData(record);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(StringBuilder lines, string role, string? hash)
    {
        if (!string.IsNullOrEmpty(hash))
        {
            lines.Append(role).Append(' ').Append(hash).Append('\n');
        }
    }
}
