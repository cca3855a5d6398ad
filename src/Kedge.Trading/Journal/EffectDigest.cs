using System.Buffers;
using System.Buffers.Binary;
using Kedge.Kernel;
using Kedge.Trading.Engine;
using Kedge.Trading.State;

namespace Kedge.Trading.Journal;

/// <summary>64 bits over everything an effect says: two effects that agree on it are the same.</summary>
internal static class EffectDigest
{
    /// <summary>The digest of an effect.</summary>
    /// <param name="effect">The effect.</param>
    /// <param name="scratch">Room to work in.</param>
    public static ulong Of(EngineEffect effect, ArrayBufferWriter<byte> scratch)
    {
        scratch.ResetWrittenCount();
        StateGraph.Write(effect, scratch);
        ReadOnlySpan<byte> bytes = scratch.WrittenSpan;
        ulong hash = StateHash.Mix(StateHash.Seed, (ulong)bytes.Length);
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            hash = StateHash.Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (byte one in bytes)
        {
            hash = StateHash.Mix(hash, one);
        }

        return hash;
    }
}
