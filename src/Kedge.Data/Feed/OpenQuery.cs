namespace Kedge.Data.Feed;

/// <summary>A question for candles that is not answered to its end.</summary>
internal sealed class OpenQuery
{
    public required long Number { get; init; }

    public required Series Series { get; init; }

    public required OpenRange Range { get; init; }

    /// <summary>It is about history rather than the newest bars.</summary>
    public required bool IsDeep { get; init; }

    /// <summary>When it was sent, monotonic.</summary>
    public required long SentMs { get; init; }

    /// <summary>The input that led to it.</summary>
    public required long SentAt { get; init; }

    /// <summary>The venue's time when it was sent, at least; null when not known.</summary>
    public required long? VenueMs { get; init; }

    /// <summary>Open time of the oldest good bar in the answer; <see cref="long.MaxValue"/> when there was none.</summary>
    public long Oldest { get; set; } = long.MaxValue;

    /// <summary>Open time of the newest good bar in the answer.</summary>
    public long Newest { get; set; }
}
