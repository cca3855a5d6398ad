using Kedge.Model;

namespace Kedge.Data.Parquet;

/// <summary>What to archive, and how.</summary>
/// <param name="Database">A candle database.</param>
public sealed record ArchiveRequest(string Database)
{
    /// <summary>Only this interval; null for all.</summary>
    public Interval? Interval { get; init; }

    /// <summary>Rows that open before this moment are archived, UTC epoch milliseconds.</summary>
    public required long BeforeMs { get; init; }

    /// <summary>Folder that gets one folder for each interval; null for <c>partitions</c> beside the database.</summary>
    public string? Into { get; init; }

    /// <summary>Deletes from the database what was archived and read back.</summary>
    public bool Delete { get; init; }

    /// <summary>Gives the space of deleted rows back to the disk.</summary>
    public bool Vacuum { get; init; }

    /// <summary>Writes and deletes nothing: only says what would be done.</summary>
    public bool IsDryRun { get; init; }
}
