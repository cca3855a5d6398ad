using Kedge.Model;
using Kedge.Model.Files;

namespace Kedge.Trading.Journal;

/// <summary>Puts the last segment in order after a crash.</summary>
internal static class JournalRepair
{
    /// <summary>Cuts what is no whole record from the end of a segment and marks it as over. Whether that succeeds matters to nobody: an audit reads up to
    /// the same place either way.</summary>
    /// <param name="files">Where files are.</param>
    /// <param name="path">The segment.</param>
    /// <returns>Bytes that were no whole record.</returns>
    public static long Cut(IFileSystem files, string path)
    {
        SegmentTail tail;
        (long Segment, long Records, long Sequence) place;
        try
        {
            using SegmentReader reader = SegmentReader.Open(files, path);
            if (reader.Header.Layout != JournalFormat.Layout)
            {
                return 0;
            }

            while (reader.Next() is not null) { }

            tail = reader.Tail;
            place = reader.Place;
        }
        catch (Exception e) when (e is KedgeException { Kind: FailureKind.CheckFailed } or InvalidDataException)
        {
            // Not even its beginning is whole, or it is another version's: it stays as it is, and no segment takes its number.
            return 0;
        }

        if (tail.End is not null || tail.IsDamaged)
        {
            // Over in order. What was damaged later stays for whoever wants to look at it.
            return 0;
        }

        RecordBuffer buffer = new();
        buffer.Begin(JournalKind.End);
        buffer.Number(place.Sequence);
        buffer.Number((int)JournalEnd.Cut);
        buffer.End(place.Segment, place.Records);
        using IDurableFile file = files.Open(path);
        if (file.Truncate(tail.WholeBytes).IsOk && file.Append(buffer.Written).IsOk)
        {
            file.Flush();
        }

        return tail.BrokenBytes;
    }
}
