namespace Kedge.Trading.Journal;

/// <summary>Where a replay of a journal does something else than was recorded.</summary>
/// <param name="Segment">Number of the segment.</param>
/// <param name="Sequence">Number of the input in it; 0 for the segment as a whole.</param>
/// <param name="Input">The input, for people.</param>
/// <param name="What">What differs: <c>effect</c>, <c>account_hash</c>, <c>state</c>, <c>file</c>, <c>layout</c>.</param>
/// <param name="Recorded">What the journal says.</param>
/// <param name="Replayed">What this program does.</param>
public sealed record AuditDifference(long Segment, long Sequence, string Input, string What, string Recorded, string Replayed);
