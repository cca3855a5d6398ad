using Kedge.Model;
using Kedge.Model.Files;

namespace Kedge.Trading.Journal;

/// <summary>The segments of a lane's journal.</summary>
public static class JournalFolder
{
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
}
