namespace Kedge.Research.Audit;

/// <summary>One difference between a session and a replay of its candles.</summary>
/// <param name="Segment">Segment of the journal.</param>
/// <param name="TimeMs">The tick, the moment, or the bar's open time, UTC epoch milliseconds; 0 for what has no time.</param>
/// <param name="Symbol">Symbol; empty for what belongs to none.</param>
/// <param name="Class">Why.</param>
/// <param name="What">What differs, for people.</param>
/// <param name="Session">What the session did, or was told.</param>
/// <param name="Replay">What the replay does, or the data holds.</param>
public sealed record ParityDifference(
    long Segment,
    long TimeMs,
    string Symbol,
    ParityClass Class,
    string What,
    string Session,
    string Replay
);
