using Kedge.Trading.Engine;

namespace Kedge.Trading.Journal;

/// <summary>A segment as it was replayed.</summary>
/// <param name="Header">Whose it is.</param>
/// <param name="Inputs">Inputs replayed.</param>
/// <param name="Effects">Effects compared.</param>
/// <param name="Decisions">Of those, orders, bookings and refusals.</param>
/// <param name="Tail">How the segment ends.</param>
/// <param name="Difference">The first difference; null when there is none.</param>
public sealed record AuditSegment(
    JournalHeader Header,
    long Inputs,
    long Effects,
    long Decisions,
    SegmentTail Tail,
    AuditDifference? Difference
)
{
    /// <summary>Whether an effect is a decision, or what one led to.</summary>
    internal static bool IsDecision(EngineEffect effect) =>
        effect
            is EngineEffect.Booked
                or EngineEffect.Refused
                or EngineEffect.SignalRefused
                or EngineEffect.Send
                or EngineEffect.WriteEmergency;
}
