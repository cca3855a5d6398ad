namespace Kedge.Data.Feed;

/// <summary>How writing a batch ended.</summary>
/// <param name="Error">Why nothing of it may be relied on; null when all of it is on disk.</param>
/// <param name="IsDiskFull">The disk is full.</param>
public readonly record struct StoreOutcome(string? Error, bool IsDiskFull);
