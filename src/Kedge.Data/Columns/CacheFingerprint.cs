using System.Buffers.Binary;
using System.Text;
using Kedge.Model;

namespace Kedge.Data.Columns;

/// <summary>
/// Tells whether databases changed: per database its name, size, modification time and SQLite's own change counter, and size and time of its
/// write-ahead log. Folders may be moved without the cache becoming stale.
/// </summary>
internal static class CacheFingerprint
{
    private const int ChangeCounterOffset = 24;

    internal static string Of(IReadOnlyList<string> files)
    {
        StringBuilder text = new();
        foreach (string file in files)
        {
            FileInfo database = new(file);
            FileInfo log = new(file + "-wal");
            // Readers leave an empty log behind; it says nothing.
            bool hasLog = log.Exists && log.Length > 0;
            text.Append(database.Name).Append('|').Append(Length(database)).Append('|').Append(database.LastWriteTimeUtc.Ticks);
            text.Append('|').Append(ChangeCounter(file));
            text.Append('|')
                .Append(hasLog ? log.Length : 0)
                .Append('|')
                .Append(hasLog ? log.LastWriteTimeUtc.Ticks : 0)
                .Append('\n');
        }

        return text.ToString();
    }

    private static long Length(FileInfo file) => file.Exists ? file.Length : -1;

    private static uint ChangeCounter(string file)
    {
        Span<byte> header = stackalloc byte[ChangeCounterOffset + 4];
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(
                file,
                share: FileShare.ReadWrite | FileShare.Delete
            );
            return RandomAccess.Read(handle, header, 0) == header.Length
                ? BinaryPrimitives.ReadUInt32BigEndian(header[ChangeCounterOffset..])
                : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{file}: cannot be read: {e.Message}", e);
        }
    }
}
