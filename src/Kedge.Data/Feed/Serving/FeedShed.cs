namespace Kedge.Data.Feed.Serving;

/// <summary>Values were left out for a client; the current ones follow.</summary>
/// <param name="Channel">Of which channel; exactly one.</param>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many.</param>
/// <param name="FromSequence">First that was left out; 0 when they had no number yet.</param>
/// <param name="ToSequence">Last that was left out.</param>
public readonly record struct FeedShed(
    FeedChannels Channel,
    FeedShedReason Reason,
    long Count,
    long FromSequence,
    long ToSequence
);
