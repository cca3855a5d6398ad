namespace Kedge.Data.Manager;

/// <summary>A stretch of an answer that came from one source.</summary>
/// <param name="Source">Name of the source.</param>
/// <param name="FromMs">Open time of its first row.</param>
/// <param name="ToMs">End of its last row.</param>
/// <param name="Rows">How many.</param>
public sealed record DataSegment(string Source, long FromMs, long ToMs, int Rows);
