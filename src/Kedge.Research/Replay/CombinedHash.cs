using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Kedge.Model;

namespace Kedge.Research.Replay;

/// <summary>One hash over everything a run read besides its configuration: SHA-256 over lines <c>role hash</c>, described in docs/reference/data-hash.md.</summary>
internal static class CombinedHash
{
    /// <summary>Combines the hashes of what was used; empty or null for what was not.</summary>
    public static string Of(
        ICandleSet main,
        ICandleSet? exit,
        ICandleSet? entry,
        string funding,
        string instruments,
        string initState
    )
    {
        StringBuilder lines = new();
        lines.Append("main ").Append(main.DataHash).Append('\n');
        Append(lines, "exit", exit?.DataHash);
        Append(lines, "entry", entry?.DataHash);
        Append(lines, "funding", funding);
        Append(lines, "instruments", instruments);
        Append(lines, "init-state", initState);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString())));
    }

    /// <summary>Hash of the bytes of a file that was read already; empty without one.</summary>
    public static string OfFile(string? path) =>
        path is null ? "" : Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

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
