using System.Buffers.Binary;
using System.IO.Compression;

namespace Kedge.Data.Import;

/// <summary>
/// Tells whether a gzip file is whole. The framework's reader ends quietly where a file is cut short, so the length and CRC-32 that end the file
/// (RFC 1952) are compared with what comes out. Files of several members are understood.
/// </summary>
internal static class GzipCheck
{
    private const int TrailerBytes = 8;
    private const int SmallestFile = 18;
    private static readonly uint[] Table = MakeTable();

    /// <exception cref="InvalidDataException">The data is damaged.</exception>
    internal static bool IsWhole(string path)
    {
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        using (FileStream file = File.OpenRead(path))
        {
            if (file.Length < SmallestFile)
            {
                return false;
            }

            file.Seek(-TrailerBytes, SeekOrigin.End);
            file.ReadExactly(trailer);
        }

        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        long lastMember = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
        long total = Read(path, 0, out uint whole);
        if (total == lastMember)
        {
            return whole == expected;
        }

        // Several members: the trailer speaks of the last one only.
        return total > lastMember && Read(path, total - lastMember, out uint last) == total && last == expected;
    }

    /// <summary>Length of the data, and the CRC of what follows the first <paramref name="skip"/> bytes.</summary>
    private static long Read(string path, long skip, out uint crc)
    {
        using GZipStream gzip = new(File.OpenRead(path), CompressionMode.Decompress);
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        uint state = uint.MaxValue;
        int count;
        while ((count = gzip.Read(buffer)) > 0)
        {
            int start = (int)Math.Clamp(skip - total, 0, count);
            foreach (byte b in buffer.AsSpan(start, count - start))
            {
                state = Table[(byte)(state ^ b)] ^ (state >> 8);
            }

            total += count;
        }

        crc = ~state;
        return total;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1;
            }

            table[i] = value;
        }

        return table;
    }
}
