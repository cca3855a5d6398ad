using System.Runtime.InteropServices;
using Kedge.Model;
using Kedge.Model.Files;

namespace Kedge.Data.Files;

/// <summary>Names in a folder, made durable: on Unix a new name is on the disk only when its folder was flushed. Windows journals names by itself.</summary>
internal static partial class DirectoryEntries
{
    // The runtime opens no folders; these are the same on every Unix it runs on.
    private const int ReadOnly = 0;
    private const int Interrupted = 4;
    private const int InvalidArgument = 22;

    /// <summary>Makes a folder and those above it, durably.</summary>
    /// <exception cref="KedgeException">It cannot be made (exit 4).</exception>
    public static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        string? above = Path.GetDirectoryName(folder);
        if (above is not null)
        {
            MakeFolder(above);
        }

        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{folder}: cannot be made: {e.Message}; check permissions of the folder above", e);
        }

        FileOutcome outcome = above is null ? FileOutcome.Ok : Flush(above);
        if (!outcome.IsOk)
        {
            throw KedgeException.Environment(outcome.Text!);
        }
    }

    /// <summary>Brings the names in a folder to the disk.</summary>
    public static FileOutcome Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return FileOutcome.Ok;
        }

        int handle;
        do
        {
            handle = OpenFolder(folder, ReadOnly);
        } while (handle < 0 && Marshal.GetLastPInvokeError() == Interrupted);

        if (handle < 0)
        {
            return Failure(folder, Marshal.GetLastPInvokeError());
        }

        int code;
        do
        {
            code = FlushHandle(handle) == 0 ? 0 : Marshal.GetLastPInvokeError();
        } while (code == Interrupted);

        _ = Close(handle);

        // File systems without durable folders say that there is nothing to flush.
        return code is 0 or InvalidArgument ? FileOutcome.Ok : Failure(folder, code);
    }

    private static FileOutcome Failure(string folder, int code) =>
        FileErrors.IsFull(code)
            ? new FileOutcome(FileFailure.Full, $"{folder}: cannot be flushed: the disk is full; free some space")
            : new FileOutcome(
                FileFailure.Io,
                $"{folder}: cannot be flushed to the disk: {Marshal.GetPInvokeErrorMessage(code)}; check the disk and permissions of the folder"
            );

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFolder(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FlushHandle(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
