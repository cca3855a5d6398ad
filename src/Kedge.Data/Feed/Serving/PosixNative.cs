using System.Runtime.InteropServices;

namespace Kedge.Data.Feed.Serving;

/// <summary>What .NET does not tell about users and files.</summary>
internal static partial class PosixNative
{
    internal const short Readable = 1;
    internal const short Writable = 4;
    private const int AtCurrentFolder = -100;
    private const int AtSymlinkNoFollow = 0x100;
    private const uint StatxType = 1;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int SocketType = 0xC000;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;

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

    /// <summary>Waits for one of the descriptors, at most so long. Negative when it was interrupted.</summary>
    internal static int Poll(Span<PollEntry> entries, int milliseconds) => Poll(entries, (nuint)entries.Length, milliseconds);

    /// <summary>A counter that wakes who polls it. Unlike a byte in a socket it does so at once: the kernel does not wait until the writer rests.</summary>
    internal static int NewEvent() => EventFd(0, NonBlocking | CloseOnExec);

    /// <summary>Counts up, which wakes.</summary>
    internal static void Signal(int descriptor)
    {
        ulong one = 1;
        _ = Write(descriptor, in one, sizeof(ulong));
    }

    /// <summary>Counts down to nothing.</summary>
    internal static void Clear(int descriptor) => _ = Read(descriptor, out ulong _, sizeof(ulong));

    internal static void CloseEvent(int descriptor) => _ = Close(descriptor);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll(Span<PollEntry> entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(int descriptor, in ulong value, nuint bytes);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Read(int descriptor, out ulong value, nuint bytes);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> stat);
}
