using System.Runtime.InteropServices;

namespace Kedge.Data.Feed.Serving;

/// <summary>What .NET does not tell about users and files.</summary>
internal static partial class PosixNative
{
    private const int AtCurrentFolder = -100;
    private const int AtSymlinkNoFollow = 0x100;
    private const uint StatxType = 1;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int SocketType = 0xC000;

    /// <summary>The user this process acts as.</summary>
    internal static uint User() => GetEffectiveUser();

    /// <summary>Whether there is a socket; null when there is nothing at all.</summary>
    internal static bool? IsSocket(string path)
    {
        Span<byte> stat = stackalloc byte[256];
        stat.Clear();
        if (Statx(AtCurrentFolder, path, AtSymlinkNoFollow, StatxType, stat) != 0)
        {
            return null;
        }

        return (BitConverter.ToUInt16(stat[ModeOffset..]) & TypeMask) == SocketType;
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> stat);
}
