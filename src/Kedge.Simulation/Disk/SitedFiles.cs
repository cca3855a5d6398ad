using Kedge.Model.Files;
using Kedge.Simulation.Crashes;

namespace Kedge.Simulation.Disk;

/// <summary>
/// Files whose changes are crash points of their owner, by what a file is used for: the making and first content of a new one, what is added to it later,
/// the repair of one that was there, renaming and deleting.
/// </summary>
/// <param name="inner">The files.</param>
/// <param name="points">The process.</param>
/// <param name="owner">Whose files: the first part of the names, for example <c>journal</c>.</param>
public sealed class SitedFiles(IFileSystem inner, CrashPoints points, string owner) : IFileSystem
{
    /// <inheritdoc/>
    public bool Exists(string path) => inner.Exists(path);

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string folder) => inner.List(folder);

    /// <inheritdoc/>
    public IDurableFile Create(string path, long reserveBytes = 0)
    {
        using (points.Enter($"{owner}.create"))
        {
            return new SitedFile(inner.Create(path, reserveBytes), points, $"{owner}.begin", $"{owner}.append");
        }
    }

    /// <inheritdoc/>
    public IDurableFile Open(string path) => new SitedFile(inner.Open(path), points, $"{owner}.repair", $"{owner}.repair");

    /// <inheritdoc/>
    public IDurableFile OpenRead(string path) => inner.OpenRead(path);

    /// <inheritdoc/>
    public FileOutcome Rename(string from, string to)
    {
        using (points.Enter($"{owner}.rename"))
        {
            return inner.Rename(from, to);
        }
    }

    /// <inheritdoc/>
    public FileOutcome Delete(string path)
    {
        using (points.Enter($"{owner}.delete"))
        {
            return inner.Delete(path);
        }
    }

    /// <summary>A file whose first content ends with its first flush.</summary>
    private sealed class SitedFile(IDurableFile inner, CrashPoints points, string first, string later) : IDurableFile
    {
        private string _site = first;

        public string Path => inner.Path;

        public long Length => inner.Length;

        public int Read(long offset, Span<byte> into) => inner.Read(offset, into);

        public FileOutcome Append(ReadOnlySpan<byte> bytes)
        {
            using (points.Enter(_site))
            {
                return inner.Append(bytes);
            }
        }

        public FileOutcome WriteAt(long offset, ReadOnlySpan<byte> bytes)
        {
            using (points.Enter(_site))
            {
                return inner.WriteAt(offset, bytes);
            }
        }

        public FileOutcome Truncate(long length)
        {
            using (points.Enter(_site))
            {
                return inner.Truncate(length);
            }
        }

        public FileOutcome Flush()
        {
            using (points.Enter(_site))
            {
                FileOutcome outcome = inner.Flush();
                _site = outcome.IsOk ? later : _site;
                return outcome;
            }
        }

        public void Dispose() => inner.Dispose();
    }
}
