namespace Kedge.Model.Ledger;

/// <summary>How far the journal had come when a batch was committed.</summary>
/// <param name="Segment">Which segment; counts from 1.</param>
/// <param name="Sequence">The last event in it that the batch knew.</param>
public readonly record struct JournalPosition(long Segment, long Sequence);
