using Kedge.Data.Feed;
using Kedge.Model.Venues;

namespace Kedge.Data.Manager;

/// <summary>What was found, and where.</summary>
public sealed record DataAnswer
{
    /// <summary>The request, cut to whole bars that are over.</summary>
    public required DataRequest Request { get; init; }

    /// <summary>Closed candles by time, each once; empty when funding was asked for.</summary>
    public IReadOnlyList<VenueCandle> Candles { get; init; } = [];

    /// <summary>Funding rates by time, one an hour; empty when candles were asked for.</summary>
    public IReadOnlyList<FundingPoint> Rates { get; init; } = [];

    /// <summary>Where each stretch came from, by time.</summary>
    public IReadOnlyList<DataSegment> Segments { get; init; } = [];

    /// <summary>What no source has.</summary>
    public IReadOnlyList<OpenRange> Missing { get; init; } = [];

    /// <summary>Bars that are known not to exist, because nothing traded.</summary>
    public long KnownEmpty { get; init; }

    /// <summary>Rows that a source had and that cannot be right or still form; they were passed over.</summary>
    public long Refused { get; init; }

    /// <summary>Rows written to the local store.</summary>
    public long WrittenBack { get; init; }

    /// <summary>What did not work.</summary>
    public IReadOnlyList<DataProblem> Problems { get; init; } = [];

    /// <summary>Nothing is missing.</summary>
    public bool IsComplete => Missing.Count == 0;
}
