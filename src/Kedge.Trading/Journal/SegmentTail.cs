namespace Kedge.Trading.Journal;

/// <summary>How a segment ends.</summary>
/// <param name="End">Why it is over; null when no mark says so: the engine still writes it, or its process died.</param>
/// <param name="WholeBytes">Where the last whole record ends.</param>
/// <param name="BrokenBytes">Bytes after that, which are no record: a torn write, or damage. Zero for a whole file.</param>
/// <param name="IsDamaged">Behind those bytes stands the mark of a segment that was ended in order: no crash tore it, somebody or something changed it later.</param>
public readonly record struct SegmentTail(JournalEnd? End, long WholeBytes, long BrokenBytes, bool IsDamaged = false)
{
    /// <summary>Every byte belongs to a whole record.</summary>
    public bool IsWhole => BrokenBytes == 0;
}
