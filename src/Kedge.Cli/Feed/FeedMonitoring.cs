using System.Net;
using Kedge.Data.Feed.Quotes;

namespace Kedge.Cli.Feed;

/// <summary>How a running feed is watched, and what it keeps besides.</summary>
internal sealed record FeedMonitoring
{
    /// <summary>Where health and metrics are answered; null for nowhere.</summary>
    public IPEndPoint? Metrics { get; init; }

    /// <summary>File of the log; null for none.</summary>
    public string? Log { get; init; }

    /// <summary>How quotes are kept; null when they are not.</summary>
    public QuoteSnapshotOptions? Quotes { get; init; }

    /// <summary>A line on standard output for each bar that is on disk.</summary>
    public bool TellsStored { get; init; }

    /// <summary>Nothing on standard error but failures.</summary>
    public bool Quiet { get; init; }
}
