using Kedge.Model;
using Kedge.Model.Files;

namespace Kedge.Data.Files;

/// <summary>The machine's files.</summary>
public sealed class LocalFileSystem : IFileSystem
{
    private const int ZerosBytes = 64 * 1024;

    /// <summary>The only one there is.</summary>
    public static LocalFileSystem Instance { get; } = new();

    private LocalFileSystem() { }

    /// <inheritdoc/>
    public bool Exists(string path) => File.Exists(path);

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string folder)
    {
        try
        {
            return Directory.Exists(folder)
                ? [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{folder}: cannot be listed: {e.Message}; check permissions of the folder", e);
        }
    }

    /// <inheritdoc/>
    public IDurableFile Create(string path, long reserveBytes = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(reserveBytes);
        if (File.Exists(path))
        {
            throw KedgeException.Environment($"{path}: is there already; move it away, or name another file");
        }

        DirectoryEntries.MakeFolder(Folder(path));
        LocalFile file = LocalFile.Open(path, FileMode.CreateNew, FileAccess.ReadWrite);
        FileOutcome outcome = Reserve(file, reserveBytes);
        outcome = outcome.IsOk ? file.Flush() : outcome;
        outcome = outcome.IsOk ? DirectoryEntries.Flush(Folder(path)) : outcome;
        if (outcome.IsOk)
        {
            return file;
        }

        file.Dispose();
        Delete(path);
        throw KedgeException.Environment(outcome.Text!);
    }

    /// <inheritdoc/>
    public IDurableFile Open(string path) => LocalFile.Open(path, FileMode.Open, FileAccess.ReadWrite);

    /// <inheritdoc/>
    public IDurableFile OpenRead(string path) => LocalFile.Open(path, FileMode.Open, FileAccess.Read);

    /// <inheritdoc/>
    public FileOutcome Rename(string from, string to)
    {
        if (!string.Equals(Folder(from), Folder(to), StringComparison.Ordinal))
        {
            throw new ArgumentException($"{from} and {to} are in different folders.", nameof(to));
        }

        try
        {
            File.Move(from, to, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return FileErrors.Outcome(from, $"cannot be renamed to {Path.GetFileName(to)}", e);
        }

        return DirectoryEntries.Flush(Folder(to));
    }

    /// <inheritdoc/>
    public FileOutcome Delete(string path)
    {
        string folder = Folder(path);
        if (!Directory.Exists(folder))
        {
            return FileOutcome.Ok;
        }

        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return FileErrors.Outcome(path, "cannot be deleted", e);
        }

        return DirectoryEntries.Flush(folder);
    }

    private static FileOutcome Reserve(LocalFile file, long bytes)
    {
        byte[] zeros = new byte[(int)Math.Min(bytes, ZerosBytes)];
        FileOutcome outcome = FileOutcome.Ok;
        for (long left = bytes; left > 0 && outcome.IsOk; left -= zeros.Length)
        {
            outcome = file.Append(zeros.AsSpan(0, (int)Math.Min(left, zeros.Length)));
        }

        return outcome;
    }

    private static string Folder(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? Path.GetPathRoot(path)!;
}
