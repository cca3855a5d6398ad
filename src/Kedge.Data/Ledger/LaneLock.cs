using System.Globalization;
using System.Text;
using Kedge.Model;
using Kedge.Model.Files;

namespace Kedge.Data.Ledger;

/// <summary>A file that one process holds at a time, and one beside it in which it says who it is. The machine lets go of it when the process dies.</summary>
internal sealed class LaneLock : IDisposable
{
    private const int MaxHolder = 1_024;
    private readonly FileStream _file;

    private LaneLock(FileStream file) => _file = file;

    /// <summary>Takes a lock.</summary>
    /// <param name="path">The lock file; made if it is missing and never deleted.</param>
    /// <param name="what">What is locked, for the message.</param>
    /// <param name="lane">Who wants it.</param>
    /// <param name="nowMs">When, UTC epoch milliseconds.</param>
    /// <exception cref="KedgeException">Somebody else has it (exit 3); it cannot be opened (exit 4).</exception>
    public static LaneLock Take(string path, string what, string lane, long nowMs)
    {
        FileStream file;
        try
        {
            string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
            if (folder is not null)
            {
                Directory.CreateDirectory(folder);
            }

            file = new FileStream(path, OwnerOnly.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (FileLocks.IsHeld(e.HResult))
        {
            throw new KedgeException(
                FailureKind.Refused,
                $"{what} is traded by {Holder(path)}; end it first, or give this lane an account and a ledger of its own",
                e
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{path}: cannot be opened: {e.Message}", e);
        }

        Sign(
            path,
            string.Create(
                CultureInfo.InvariantCulture,
                $"lane {lane}, process {Environment.ProcessId} on {Environment.MachineName}, since {LedgerText.Timestamp(nowMs)}"
            )
        );
        return new LaneLock(file);
    }

    public void Dispose() => _file.Dispose();

    // In a file of its own: the one that is held cannot be opened by others.
    private static void Sign(string path, string holder)
    {
        try
        {
            using FileStream file = new(
                path + ".holder",
                OwnerOnly.Options(FileMode.Create, FileAccess.Write, FileShare.ReadWrite)
            );
            file.Write(Encoding.UTF8.GetBytes(holder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The lock holds all the same, on a full disk too; only its holder stays unnamed.
        }
    }

    private static string Holder(string path)
    {
        try
        {
            using FileStream file = new(path + ".holder", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            Span<byte> text = stackalloc byte[MaxHolder];
            int length = file.ReadAtLeast(text, MaxHolder, throwOnEndOfStream: false);
            return length == 0 ? $"another process ({path} is held)" : Encoding.UTF8.GetString(text[..length]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"another process ({path} is held)";
        }
    }
}
