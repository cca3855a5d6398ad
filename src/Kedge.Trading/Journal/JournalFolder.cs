using Kedge.Model;
using Kedge.Model.Files;

namespace Kedge.Trading.Journal;

/// <summary>The segments of a lane's journal.</summary>
public static class JournalFolder
{
    /// <summary>Where a lane's folder keeps its journal.</summary>
    public const string Name = "journal";

    /// <summary>Numbers and files of the segments in a folder, in order.</summary>
    /// <param name="files">Where files are.</param>
    /// <param name="folder">The folder.</param>
    /// <exception cref="KedgeException">It cannot be listed (exit 4).</exception>
    public static IReadOnlyList<(long Segment, string Path)> Segments(IFileSystem files, string folder)
    {
        ArgumentNullException.ThrowIfNull(files);
        return
        [
            .. files
                .List(folder)
                .Select(name => (Segment: JournalFormat.SegmentOf(name), Path: Path.Combine(folder, name)))
                .Where(s => s.Segment > 0)
                .OrderBy(s => s.Segment),
        ];
    }

    /// <summary>The segments of what a person names: a lane's folder, its journal folder, or one segment.</summary>
    /// <param name="files">Where files are.</param>
    /// <param name="session">What was named.</param>
    /// <exception cref="KedgeException">There is no segment (exit 4).</exception>
    public static IReadOnlyList<string> Find(IFileSystem files, string session)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (JournalFormat.SegmentOf(Path.GetFileName(session)) > 0 && files.Exists(session))
        {
            return [session];
        }

        foreach (string folder in new[] { session, Path.Combine(session, Name) })
        {
            if (Segments(files, folder) is { Count: > 0 } segments)
            {
                return [.. segments.Select(s => s.Path)];
            }
        }

        throw KedgeException.Environment(
            $"{session}: no journal there; name a lane's folder, its journal folder or a segment (NNNNNNNN{JournalFormat.Extension}). 'kedge replay --journal FOLDER' writes one"
        );
    }
}
