namespace Kedge.Data.Feed;

/// <summary>Bars of a series that should be there and are not.</summary>
/// <param name="FromMs">Open time of the first.</param>
/// <param name="ToMs">Bars that open before this.</param>
/// <param name="Attempts">Answers that did not hold them.</param>
/// <param name="DueMs">When they are asked for next, monotonic.</param>
/// <param name="FirstMissedMs">When the first such answer came, monotonic.</param>
internal readonly record struct Gap(long FromMs, long ToMs, int Attempts, long DueMs, long FirstMissedMs);
