using Kedge.Simulation.Crashes;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Trading;

/// <summary>Where a run is to be killed.</summary>
/// <param name="Point">Id of the crash point; null for whatever operation comes then.</param>
/// <param name="When">Which moment of the operation.</param>
/// <param name="Occurrence">Which time, from 1: of the point since the run began, or of any operation since the crash before.</param>
/// <param name="Kind">Whether the machine goes too.</param>
public sealed record PlannedCrash(string? Point, CrashWhen When, long Occurrence, KillKind Kind);
