namespace Kedge.Data.Feed;

/// <summary>Bars by their open times.</summary>
/// <param name="FromMs">Open time of the first, UTC epoch milliseconds.</param>
/// <param name="ToMs">Bars that open before this moment.</param>
public readonly record struct OpenRange(long FromMs, long ToMs);
