using Kedge.Crypto;
using Kedge.Model;
using Kedge.Model.Files;

namespace Kedge.Venues.Hyperliquid.Hosting;

/// <summary>
/// The bound below which nonces of one signer may have been used, kept through restarts and crashes. While it is open no other process can open
/// it: two that sign with one key would use each other's nonces up.
/// </summary>
public sealed class NonceFile : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly NonceBound _bound;
    private readonly FileStream _lock;
    private readonly Lock _saving = new();

    private NonceFile(NonceBound bound, FileStream held)
    {
        _bound = bound;
        _lock = held;
    }

    /// <summary>Nonces up to this may have been used; 0 for none.</summary>
    public long Bound => _bound.UpTo;

    /// <summary>Opens the file of a signer, and makes its folder if that is missing.</summary>
    /// <param name="files">The machine's files.</param>
    /// <param name="folder">Where it is.</param>
    /// <param name="signer">Whose nonces.</param>
    /// <exception cref="KedgeException">Another process holds it (exit 3); it cannot be read or is damaged (exit 4).</exception>
    public static NonceFile Open(IFileSystem files, string folder, Address signer)
    {
        string path = Path.Combine(folder, $"nonce-{signer}");
        FileStream held;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{folder}: cannot be made: {e.Message}", e);
        }

        try
        {
            held = new FileStream(path + ".lock", Options(FileMode.OpenOrCreate));
        }
        catch (IOException e) when (FileLocks.IsHeld(e.HResult))
        {
            throw new KedgeException(
                FailureKind.Refused,
                $"another process signs with the key of {signer.ToChecksum()} ({path}.lock is held); end it, or use a key of its own for each process",
                e
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{path}.lock: cannot be opened: {e.Message}", e);
        }

        try
        {
            return new NonceFile(NonceBound.Open(files, path), held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Writes a new bound down, see <see cref="NonceBound.Save"/>. Safe for any thread.</summary>
    public FileOutcome Save(long upTo)
    {
        lock (_saving)
        {
            return _bound.Save(upTo);
        }
    }

    /// <summary>Lets others open it.</summary>
    public void Dispose() => _lock.Dispose();

    private static FileStreamOptions Options(FileMode mode)
    {
        FileStreamOptions options = new()
        {
            Mode = mode,
            Access = FileAccess.Write,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }
}
