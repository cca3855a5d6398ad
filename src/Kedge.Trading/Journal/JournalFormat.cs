using System.Numerics;
using Kedge.Trading.Engine;
using Kedge.Trading.State;

namespace Kedge.Trading.Journal;

/// <summary>Numbers and checks of the journal's files: records with a length, a checksum over their place and bytes, and a body.</summary>
internal static class JournalFormat
{
    /// <summary>Version of the frame around records and of the header; the layout of states and events has a fingerprint of its own.</summary>
    public const uint Version = 1;

    /// <summary>Longest body of a record, bytes.</summary>
    public const int MaxBody = 64 * 1024 * 1024;

    /// <summary>Length and checksum before each body, bytes.</summary>
    public const int FrameBytes = 8;

    /// <summary>What stands before the first record, bytes.</summary>
    public const int PrefixBytes = 12;

    /// <summary>How a segment's file name ends.</summary>
    public const string Extension = ".journal";

    /// <summary>What a file begins with.</summary>
    public static ReadOnlySpan<byte> Magic => "kedgejnl"u8;

    /// <summary>Fingerprint of everything that is written field by field: states, events, effects, settings, rules.</summary>
    public static ulong Layout { get; } =
        StateGraph.Fingerprint(
            typeof(TradingEngine),
            typeof(EngineSettings),
            typeof(EngineRules),
            typeof(EngineEvent),
            typeof(EngineEffect)
        );

    /// <summary>Name of a segment's file, without its folder.</summary>
    public static string FileName(long segment) => $"{segment:00000000}{Extension}";

    /// <summary>Number of a segment by its file's name; 0 when it is none.</summary>
    public static long SegmentOf(string fileName) =>
        fileName.EndsWith(Extension, StringComparison.Ordinal)
        && fileName.Length == 8 + Extension.Length
        && long.TryParse(fileName.AsSpan(0, 8), System.Globalization.NumberStyles.None, null, out long segment)
            ? segment
            : 0;

    /// <summary>
    /// CRC-32C over a record's place and its bytes: one that is damaged, or stands in another place or another file than it was written to, does not fit.
    /// </summary>
    /// <param name="segment">Number of the segment.</param>
    /// <param name="record">Number of the record in it, from 0.</param>
    /// <param name="body">Its body.</param>
    public static uint Checksum(long segment, long record, ReadOnlySpan<byte> body)
    {
        uint crc = BitOperations.Crc32C(uint.MaxValue, (ulong)segment);
        crc = BitOperations.Crc32C(crc, (ulong)record);
        crc = BitOperations.Crc32C(crc, (uint)body.Length);
        while (body.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(body));
            body = body[sizeof(ulong)..];
        }

        foreach (byte one in body)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return ~crc;
    }
}
