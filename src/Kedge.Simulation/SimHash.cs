using System.Runtime.InteropServices;
using Kedge.Kernel;

namespace Kedge.Simulation;

/// <summary>Hashes of names and bytes for the event hash: the mixing of the state hash, the same on every machine.</summary>
internal static class SimHash
{
    /// <summary>Hash of a text, by its UTF-16 units.</summary>
    public static ulong Of(string text)
    {
        ulong hash = StateHash.Mix(StateHash.Seed, (ulong)text.Length);
        foreach (char unit in text)
        {
            hash = StateHash.Mix(hash, unit);
        }

        return hash;
    }

    /// <summary>Hash of bytes, eight at a time.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong hash = StateHash.Mix(StateHash.Seed, (ulong)bytes.Length);
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            hash = StateHash.Mix(
                hash,
                BitConverter.IsLittleEndian ? word : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word)
            );
        }

        foreach (byte rest in bytes[(words.Length * 8)..])
        {
            hash = StateHash.Mix(hash, rest);
        }

        return hash;
    }
}
