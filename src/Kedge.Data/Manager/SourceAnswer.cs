using Kedge.Data.Feed;
using Kedge.Model.Venues;

namespace Kedge.Data.Manager;

/// <summary>What a source has of a request. Only the list of the kind that was asked for is used.</summary>
public sealed record SourceAnswer
{
    /// <summary>Nothing.</summary>
    public static SourceAnswer None { get; } = new();

    /// <summary>Closed candles, in any order.</summary>
    public IReadOnlyList<VenueCandle> Candles { get; init; } = [];

    /// <summary>Funding rates, in any order.</summary>
    public IReadOnlyList<FundingPoint> Rates { get; init; } = [];

    /// <summary>Where the source knows that there is nothing, for example minutes without trades.</summary>
    public IReadOnlyList<OpenRange> Empty { get; init; } = [];

    /// <summary>Why the answer may lack something that the source has; null when it is whole.</summary>
    public string? Problem { get; init; }
}
