namespace Kedge.Trading.Journal;

/// <summary>Bounds of a journal.</summary>
public sealed record JournalOptions
{
    /// <summary>The folder, which holds the journal of one lane and nothing else.</summary>
    public required string Folder { get; init; }

    /// <summary>A segment ends after the input that makes it this long, bytes; 1 MiB to 1 GiB. Its state record is not counted.</summary>
    public long SegmentBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>A segment ends when it is this old, milliseconds on the monotonic clock.</summary>
    public long SegmentMs { get; init; } = 24L * 3_600_000;

    /// <summary>Segments kept at most, the current one included; ≥ 2. Older ones are deleted when one begins.</summary>
    public int KeepSegments { get; init; } = 400;

    /// <summary>Bytes kept at most, the current segment not included; older segments are deleted when one begins.</summary>
    public long KeepBytes { get; init; } = 4L * 1024 * 1024 * 1024;
}
