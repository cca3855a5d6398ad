using System.Globalization;
using Kedge.Simulation.Scheduling;
using Kedge.Trading.Engine;

namespace Kedge.Simulation.Trading;

/// <summary>The story of a run for a person: what the engine was told and did, what went wrong and what was done about it.</summary>
public static class LaneStory
{
    /// <summary>The line of an entry of the trace, its time in milliseconds first; null for prices, timers and what the wire carries.</summary>
    public static string? Line(SimTraceEntry entry)
    {
        bool isStory =
            entry.What is "fault" or "problem" or "no start"
            || entry.Source == "mischief"
            || (
                entry.Source.EndsWith("/engine", StringComparison.Ordinal)
                && entry.Subject is not (null or EngineEffect.SetTimer or EngineEvent.TimerFired)
            );
        return isStory
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{entry.AtUs / 1_000.0, 14:F3} {entry.Source} {entry.What} {entry.Subject}"
            )
            : null;
    }
}
