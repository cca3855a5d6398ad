using Kedge.Model;

namespace Kedge.Data.Ledger;

/// <summary>Files that nobody but their owner may read: what was traded is nobody else's business.</summary>
internal static class OwnerOnly
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Options of a file that is made for its owner alone.</summary>
    public static FileStreamOptions Options(FileMode mode, FileAccess access, FileShare share)
    {
        FileStreamOptions options = new()
        {
            Mode = mode,
            Access = access,
            Share = share,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Mode;
        }

        return options;
    }

    /// <summary>Makes the file if it is missing, and takes it from everybody else if it is there.</summary>
    /// <exception cref="KedgeException">It cannot be made, or its mode cannot be set (exit 4).</exception>
    public static void Ensure(string path)
    {
        try
        {
            string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
            if (folder is not null)
            {
                Directory.CreateDirectory(folder);
            }

            if (!File.Exists(path))
            {
                new FileStream(path, Options(FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite)).Dispose();
            }
            else if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != Mode)
            {
                File.SetUnixFileMode(path, Mode);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{path}: cannot be made readable by its owner alone: {e.Message}", e);
        }
    }
}
