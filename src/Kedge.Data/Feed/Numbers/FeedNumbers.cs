namespace Kedge.Data.Feed.Numbers;

/// <summary>How a feed stood at one moment. Counts are since start.</summary>
public sealed record FeedNumbers
{
    /// <summary>When, UTC epoch milliseconds by the local clock.</summary>
    public required long AtMs { get; init; }

    /// <summary>Since start, milliseconds.</summary>
    public required long UptimeMs { get; init; }

    /// <summary>Connected to the venue.</summary>
    public required bool IsConnected { get; init; }

    /// <summary>Since the connection came or went, or since start; milliseconds.</summary>
    public required long ConnectionAgeMs { get; init; }

    /// <summary>Times a connection came.</summary>
    public required long Connections { get; init; }

    /// <summary>Times it went, or an attempt failed.</summary>
    public required long Disconnections { get; init; }

    /// <summary>Why it went last; empty when it never did.</summary>
    public required string LastDown { get; init; }

    /// <summary>What came, by channel.</summary>
    public required IReadOnlyList<ChannelNumbers> Channels { get; init; }

    /// <summary>Bars, by interval.</summary>
    public required IReadOnlyList<IntervalNumbers> Intervals { get; init; }

    /// <summary>Symbols watched.</summary>
    public required int Symbols { get; init; }

    /// <summary>Of these, those that trade at the venue as far as is known.</summary>
    public required int Listed { get; init; }

    /// <summary>Bars wanted of all series together.</summary>
    public required long Wanted { get; init; }

    /// <summary>Questions unanswered.</summary>
    public required int OpenQuestions { get; init; }

    /// <summary>Questions asked.</summary>
    public required long Questions { get; init; }

    /// <summary>Answers that were errors.</summary>
    public required long FailedAnswers { get; init; }

    /// <summary>Weight of the questions asked.</summary>
    public required long Weight { get; init; }

    /// <summary>Bars held that are not stored.</summary>
    public required int Unstored { get; init; }

    /// <summary>The store takes bars; false while writing fails.</summary>
    public required bool IsStoring { get; init; }

    /// <summary>Writing fails because the disk is full.</summary>
    public required bool IsDiskFull { get; init; }

    /// <summary>How long batches took to be written.</summary>
    public required LatencyNumbers Writes { get; init; }

    /// <summary>Batches that could not be written.</summary>
    public required long FailedWrites { get; init; }

    /// <summary>Notes beside bars that could not be written.</summary>
    public required long LostNotes { get; init; }

    /// <summary>Streamed candles left out because the loop did not keep up.</summary>
    public required long LeftOut { get; init; }

    /// <summary>Symbols whose newest funding rate is not stored; 0 when funding is not kept.</summary>
    public required int FundingBehind { get; init; }

    /// <summary>Venue's time less local time, milliseconds; null while not known.</summary>
    public required long? ClockOffsetMs { get; init; }

    /// <summary>It has been beyond the limit for a while.</summary>
    public required bool IsClockOff { get; init; }

    /// <summary>Alerts raised, by code.</summary>
    public required IReadOnlyDictionary<string, long> Alerts { get; init; }
}
