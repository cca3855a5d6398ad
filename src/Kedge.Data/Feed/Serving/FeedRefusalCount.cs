namespace Kedge.Data.Feed.Serving;

/// <summary>How often a reason for refusing occurred.</summary>
/// <param name="Reason">Reason.</param>
/// <param name="Count">Times.</param>
public readonly record struct FeedRefusalCount(FeedRefusal Reason, long Count);
