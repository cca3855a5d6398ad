using System.Globalization;
using System.Text;
using Kedge.Crypto;
using Kedge.Model;

namespace Kedge.Venues.Hyperliquid.Hosting;

/// <summary>
/// The bound below which nonces of one signer may have been used, kept through restarts and crashes. While it is open no other process can open
/// it: two that sign with one key would use each other's nonces up.
/// </summary>
public sealed class NonceFile : IDisposable
{
    private const int MaxBytes = 64;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string _path;
    private readonly FileStream _lock;
    private readonly Lock _saving = new();

    private NonceFile(string path, FileStream held, long bound)
    {
        _path = path;
        _lock = held;
        Bound = bound;
    }

    /// <summary>Nonces up to this may have been used; 0 for none.</summary>
    public long Bound { get; private set; }

    /// <summary>Opens the file of a signer, and makes it and its folder if they are missing.</summary>
    /// <exception cref="KedgeException">Another process holds it (exit 3); it cannot be read or is damaged (exit 4).</exception>
    public static NonceFile Open(string folder, Address signer)
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
        catch (IOException e)
        {
            throw new KedgeException(
                FailureKind.Refused,
                $"another process signs with the key of {signer.ToChecksum()} ({path}.lock is held); end it, or use a key of its own for each process",
                e
            );
        }
        catch (UnauthorizedAccessException e)
        {
            throw KedgeException.Environment($"{path}.lock: cannot be opened: {e.Message}", e);
        }

        try
        {
            return new NonceFile(path, held, Read(path));
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Writes a new bound down; when this returns, it is on the disk. One that is not above the bound changes nothing: a save that hung on the disk
    /// must not take a later one back. Safe for any thread.
    /// </summary>
    /// <exception cref="IOException">The disk does not take it; the old bound stands.</exception>
    public void Save(long upTo)
    {
        lock (_saving)
        {
            if (upTo <= Bound)
            {
                return;
            }

            string unfinished = _path + ".tmp";
            using (FileStream file = new(unfinished, Options(FileMode.Create)))
            {
                file.Write(Encoding.ASCII.GetBytes(upTo.ToString(CultureInfo.InvariantCulture) + "\n"));
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, _path, overwrite: true);
            Bound = upTo;
        }
    }

    /// <summary>Lets others open it.</summary>
    public void Dispose() => _lock.Dispose();

    private static long Read(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            Span<byte> bytes = stackalloc byte[MaxBytes];
            int length = file.ReadAtLeast(bytes, MaxBytes, throwOnEndOfStream: false);
            return
                long.TryParse(bytes[..length].TrimEnd("\n"u8), NumberStyles.None, CultureInfo.InvariantCulture, out long bound)
                && length < MaxBytes
                ? bound
                : throw KedgeException.Environment(
                    $"{path}: holds no nonce; when no order was signed in the last minute, remove the file"
                );
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{path}: cannot be read: {e.Message}", e);
        }
    }

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
