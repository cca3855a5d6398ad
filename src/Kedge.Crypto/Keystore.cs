using System.Security.Cryptography;

namespace Kedge.Crypto;

/// <summary>
/// One private key in one JSON file: PBKDF2-HMAC-SHA-256 makes a key of the password, AES-256-GCM encrypts with it and covers every other
/// field too, so that none can be changed unnoticed. The file is written whole or not at all, for its owner alone, and never over another.
/// </summary>
public static class Keystore
{
    /// <summary>Version of the format.</summary>
    public const int Version = 1;

    /// <summary>Rounds of PBKDF2 of a new file.</summary>
    public const int Iterations = 600_000;

    /// <summary>Fewest rounds that are opened: a file with fewer was weakened.</summary>
    public const int MinIterations = 100_000;

    /// <summary>Most rounds that are opened: more would only stop the program.</summary>
    public const int MaxIterations = 10_000_000;

    /// <summary>Longest file that is read, bytes.</summary>
    public const int MaxFileBytes = 1 << 14;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    /// <summary>Encrypts a key into a new file. Trouble with the disk throws as it does elsewhere, and leaves nothing behind.</summary>
    public static KeystoreProblem Save(string path, PrivateKey key, ReadOnlySpan<char> password, int iterations = Iterations)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, MinIterations);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(iterations, MaxIterations);
        if (password.IsEmpty)
        {
            throw new ArgumentException("a keystore needs a password", nameof(password));
        }

        if (File.Exists(path))
        {
            return KeystoreProblem.Exists;
        }

        KeystoreContent content = KeystoreContent.Seal(key, password, iterations);
        string unfinished = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}.tmp";
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using (FileStream file = new(unfinished, options))
            {
                content.Write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: false);
            return KeystoreProblem.None;
        }
        catch (IOException) when (File.Exists(path))
        {
            return KeystoreProblem.Exists;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Decrypts the key of a file; the caller disposes of it.</summary>
    public static KeystoreProblem Open(string path, ReadOnlySpan<char> password, out PrivateKey? key)
    {
        key = null;
        KeystoreProblem problem = Read(path, out KeystoreContent? content);
        return problem == KeystoreProblem.None ? content!.Unseal(password, out key) : problem;
    }

    /// <summary>The address a file says it holds. It is proven only by <see cref="Open"/>.</summary>
    public static KeystoreProblem ReadAddress(string path, out Address address)
    {
        KeystoreProblem problem = Read(path, out KeystoreContent? content);
        address = content?.Address ?? default;
        return problem;
    }

    private static KeystoreProblem Read(string path, out KeystoreContent? content)
    {
        content = null;
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);

            // On the open file, so that it cannot be exchanged between the check and the reading.
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & Others) != UnixFileMode.None)
            {
                return KeystoreProblem.TooOpen;
            }

            Span<byte> bytes = new byte[MaxFileBytes + 1];
            int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length > MaxFileBytes ? KeystoreProblem.NotAKeystore : KeystoreContent.Parse(bytes[..length], out content);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return KeystoreProblem.Missing;
        }
    }
}
