using Kedge.Model.Files;

namespace Kedge.Data.Files;

/// <summary>The machine's failures as outcomes.</summary>
internal static class FileErrors
{
    private const int WindowsDiskFull = unchecked((int)0x8007_0070);
    private const int WindowsHandleDiskFull = unchecked((int)0x8007_0027);

    // On Unix the runtime hands on errno.
    private const int NoSpace = 28;
    private const int QuotaOnLinux = 122;
    private const int QuotaOnMac = 69;

    public static FileOutcome Outcome(string path, string what, Exception cause) =>
        IsFull(cause.HResult)
            ? new FileOutcome(FileFailure.Full, $"{path}: {what}: the disk is full; free some space")
            : new FileOutcome(FileFailure.Io, $"{path}: {what}: {cause.Message}; check the disk and permissions of the folder");

    public static bool IsFull(int code) =>
        OperatingSystem.IsWindows()
            ? code is WindowsDiskFull or WindowsHandleDiskFull
            : code == NoSpace || code == (OperatingSystem.IsMacOS() ? QuotaOnMac : QuotaOnLinux);
}
