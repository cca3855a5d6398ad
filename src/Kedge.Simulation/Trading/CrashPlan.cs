using Kedge.Simulation.Crashes;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Trading;

/// <summary>Which of the many times a point is reached a seed is killed at, and whether its machine goes too.</summary>
public static class CrashPlan
{
    private const double PowerShare = 0.7;

    /// <summary>The crash of a point and a seed.</summary>
    /// <param name="point">The point.</param>
    /// <param name="when">Which moment of the operation.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="reached">How often the seed reaches the point when nothing kills it; ≥ 1.</param>
    public static PlannedCrash First(NumberedPoint point, CrashWhen when, ulong seed, long reached)
    {
        ArgumentNullException.ThrowIfNull(point);
        SimRandom dice = new SimRandom(seed).Fork($"crash/{point.Id}/{when}");
        return new PlannedCrash(point.Id, when, dice.NextBetween(1, reached), KindOf(when, dice));
    }

    /// <summary>A second crash, somewhere in the recovery from a first.</summary>
    /// <param name="first">The first.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="recovery">Operations of the recovery when nothing kills it again; ≥ 1.</param>
    public static PlannedCrash Second(PlannedCrash first, ulong seed, long recovery)
    {
        ArgumentNullException.ThrowIfNull(first);
        SimRandom dice = new SimRandom(seed).Fork($"again/{first.Point}/{first.When}");
        CrashWhen when = (CrashWhen)dice.NextBetween(0, 2);
        return new PlannedCrash(null, when, dice.NextBetween(1, recovery), KindOf(when, dice));
    }

    /// <summary>What was cut is torn only where power is lost with it.</summary>
    private static KillKind KindOf(CrashWhen when, SimRandom dice) =>
        when == CrashWhen.During || dice.Chance(PowerShare) ? KillKind.Power : KillKind.Process;
}
