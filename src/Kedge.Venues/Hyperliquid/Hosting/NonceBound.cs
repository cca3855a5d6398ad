using System.Globalization;
using System.Text;
using Kedge.Model;
using Kedge.Model.Files;

namespace Kedge.Venues.Hyperliquid.Hosting;

/// <summary>
/// A number in a file, below which nonces may have been used. It never falls: a save that returned without failure survives a loss of power, its file's name
/// included, and one that was cut leaves the number before. Used by one thread at a time.
/// </summary>
public sealed class NonceBound
{
    private const int MaxBytes = 64;
    private readonly IFileSystem _files;
    private readonly string _path;

    private NonceBound(IFileSystem files, string path, long upTo)
    {
        _files = files;
        _path = path;
        UpTo = upTo;
    }

    /// <summary>Nonces up to this may have been used; 0 for none.</summary>
    public long UpTo { get; private set; }

    /// <summary>Reads the number; a file that is not there holds none.</summary>
    /// <param name="files">Where files are.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="KedgeException">It cannot be read or holds something else (exit 4).</exception>
    public static NonceBound Open(IFileSystem files, string path)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (!files.Exists(path))
        {
            return new NonceBound(files, path, 0);
        }

        using IDurableFile file = files.OpenRead(path);
        Span<byte> bytes = stackalloc byte[MaxBytes];
        int length = file.Read(0, bytes);
        return
            length < MaxBytes
            && long.TryParse(bytes[..length].TrimEnd("\n"u8), NumberStyles.None, CultureInfo.InvariantCulture, out long upTo)
            ? new NonceBound(files, path, upTo)
            : throw KedgeException.Environment(
                $"{path}: holds no nonce; when no order was signed in the last minute, remove the file"
            );
    }

    /// <summary>
    /// Writes a new number down. One that is not above the bound changes nothing: a save that hung on the disk must not take a later one back.
    /// </summary>
    /// <returns>How it ended; after a failure the old bound stands.</returns>
    public FileOutcome Save(long upTo)
    {
        if (upTo <= UpTo)
        {
            return FileOutcome.Ok;
        }

        string unfinished = _path + ".tmp";
        FileOutcome outcome;
        try
        {
            outcome = _files.Exists(unfinished) ? _files.Delete(unfinished) : FileOutcome.Ok;
            outcome = outcome.IsOk ? Write(unfinished, upTo) : outcome;
        }
        catch (KedgeException e)
        {
            outcome = new FileOutcome(FileFailure.Io, e.Message);
        }

        outcome = outcome.IsOk ? _files.Rename(unfinished, _path) : outcome;
        UpTo = outcome.IsOk ? upTo : UpTo;
        return outcome;
    }

    private FileOutcome Write(string path, long upTo)
    {
        using IDurableFile file = _files.Create(path);
        FileOutcome outcome = file.Append(Encoding.ASCII.GetBytes(upTo.ToString(CultureInfo.InvariantCulture) + "\n"));
        return outcome.IsOk ? file.Flush() : outcome;
    }
}
