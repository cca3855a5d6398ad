using Kedge.Trading.Journal;

namespace Kedge.Research.Audit;

/// <summary>A segment that was compared.</summary>
/// <param name="Header">Whose it is.</param>
/// <param name="Ticks">Ticks of it.</param>
/// <param name="Decisions">Fills and orders of the session that were compared.</param>
/// <param name="Tail">How it ends.</param>
/// <param name="Differences">Differences, each with its reason, in order of time; those of the data first.</param>
/// <param name="Consequence">The first decision that follows from another bar, rate, key or venue rule; null when none does.</param>
/// <param name="Left">Differences beyond <see cref="ParityAudit.MaxDifferences"/>, counted only.</param>
public sealed record ParitySegment(
    JournalHeader Header,
    long Ticks,
    long Decisions,
    SegmentTail Tail,
    IReadOnlyList<ParityDifference> Differences,
    ParityDifference? Consequence,
    long Left
);
