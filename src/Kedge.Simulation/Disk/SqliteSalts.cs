using System.Buffers.Binary;

namespace Kedge.Simulation.Disk;

/// <summary>
/// SQLite salts its logs with random numbers, of which there is one source for the whole process. They tell one generation of a log from the next and
/// change nothing else; two runs of one seed agree on everything but them and the checksums over them.
/// </summary>
internal static class SqliteSalts
{
    private const int WalHeaderBytes = 32;
    private const int FrameHeaderBytes = 24;
    private const int RollbackHeaderBytes = 28;

    /// <summary>A file's bytes with salts and checksums zeroed; other files as they are.</summary>
    public static ReadOnlySpan<byte> Without(string name, ReadOnlySpan<byte> bytes)
    {
        if (name.EndsWith("-wal", StringComparison.Ordinal) && bytes.Length >= WalHeaderBytes)
        {
            return Wal(bytes.ToArray());
        }

        return name.EndsWith("-journal", StringComparison.Ordinal) && bytes.Length >= RollbackHeaderBytes
            ? Rollback(bytes.ToArray())
            : bytes;
    }

    private static byte[] Wal(byte[] bytes)
    {
        int page = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(8));
        Zero(bytes, 16, 16);
        for (long at = WalHeaderBytes; page > 0 && at < bytes.Length; at += FrameHeaderBytes + page)
        {
            Zero(bytes, at + 8, 16);
        }

        return bytes;
    }

    private static byte[] Rollback(byte[] bytes)
    {
        // One header a sector; a page record is its number, the page and a checksum.
        int sector = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20));
        int page = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(24));
        Zero(bytes, 12, 4);
        for (long at = sector; page > 0 && sector >= RollbackHeaderBytes && at < bytes.Length; at += 4 + page + 4)
        {
            Zero(bytes, at + 4 + page, 4);
        }

        return bytes;
    }

    private static void Zero(byte[] bytes, long at, int count)
    {
        if (at < bytes.Length)
        {
            bytes.AsSpan((int)at, (int)Math.Min(count, bytes.Length - at)).Clear();
        }
    }
}
