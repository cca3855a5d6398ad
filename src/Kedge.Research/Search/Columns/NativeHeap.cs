using System.Runtime.InteropServices;

namespace Kedge.Research.Search.Columns;

/// <summary>The heap of the C library, told to give large blocks back to the system when they are freed.</summary>
internal static partial class NativeHeap
{
    private const int MmapThreshold = -3;
    private const int LargeBlock = 1 << 20;

    private static readonly bool Told = Tell();

    /// <summary>
    /// Columns come and go under a bound. glibc maps the first of them, but takes their size for usual when one is freed and keeps room for later ones in
    /// the heap of each thread: 30 MiB more than the bound were seen. A threshold that is set stays. Other C libraries need no telling.
    /// </summary>
    /// <returns>Whether it was told.</returns>
    public static bool GiveLargeBlocksBack() => Told;

    private static bool Tell()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            return Set(MmapThreshold, LargeBlock) != 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int Set(int parameter, int value);
}
