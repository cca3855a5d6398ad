namespace Kedge.Model.Files;

/// <summary>Tells a file that another process holds from one that cannot be opened for another reason.</summary>
public static class FileLocks
{
    private const int WindowsSharingViolation = unchecked((int)0x8007_0020);
    private const int WindowsLockViolation = unchecked((int)0x8007_0021);

    // On Unix the runtime hands on errno: EWOULDBLOCK of flock.
    private const int HeldOnLinux = 11;
    private const int HeldOnMac = 35;

    /// <summary>Whether a file that was to be opened for this process alone is held by another. A full table of files, a failing disk or one that was mounted read-only is no holder.</summary>
    /// <param name="code">What opening it ended with: <see cref="Exception.HResult"/>.</param>
    public static bool IsHeld(int code) =>
        OperatingSystem.IsWindows()
            ? code is WindowsSharingViolation or WindowsLockViolation
            : code == (OperatingSystem.IsMacOS() ? HeldOnMac : HeldOnLinux);
}
