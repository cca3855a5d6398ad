namespace Kedge.Data.Feed.Quotes;

/// <summary>How best bids and offers are kept.</summary>
public sealed record QuoteSnapshotOptions
{
    /// <summary>The database; made when it is missing.</summary>
    public required string Path { get; init; }

    /// <summary>At most one of a symbol in this time, milliseconds, at least 1.</summary>
    public int SampleMs { get; init; } = 1_000;

    /// <summary>How long they are kept, hours, at least 1.</summary>
    public int RetentionHours { get; init; } = 24;

    /// <summary>How often those that are older are deleted, seconds, at least 30.</summary>
    public int SweepSeconds { get; init; } = 600;

    /// <summary>Those that wait to be written; beyond it they are dropped and counted.</summary>
    public int MaxQueue { get; init; } = 20_000;
}
