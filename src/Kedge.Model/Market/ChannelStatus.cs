namespace Kedge.Model.Market;

/// <summary>Where a channel's data comes from, and why.</summary>
/// <param name="Symbol">Symbol.</param>
/// <param name="Channel">Channel.</param>
/// <param name="Interval">Length of the candles; null for prices.</param>
/// <param name="Source">Source in use.</param>
/// <param name="Reason">Why that one.</param>
/// <param name="SinceMs">Since when, UTC epoch milliseconds.</param>
/// <param name="AgeMs">Age of the newest data when this was told; <see cref="long.MaxValue"/> when there is none.</param>
public readonly record struct ChannelStatus(
    string Symbol,
    HubChannel Channel,
    Interval? Interval,
    HubSource Source,
    HubReason Reason,
    long SinceMs,
    long AgeMs
);
