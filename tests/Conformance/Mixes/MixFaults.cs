using Kedge.Simulation;
using Kedge.Simulation.Faults;

namespace Kedge.Conformance.Mixes;

/// <summary>Rates of faults that every random mix draws alike.</summary>
internal static class MixFaults
{
    /// <summary>A rate of its own for every seed: often up to a bound, sometimes none.</summary>
    public static double Often(SimRandom dice, double most) => dice.Chance(0.3) ? 0 : most * dice.NextBetween(0, 1_000) / 1_000.0;

    /// <summary>Faults of connections.</summary>
    public static StreamFaults Streams(SimRandom dice) =>
        new()
        {
            DropsPerDay = Often(dice, 1_500),
            HalfOpensPerDay = Often(dice, 600),
            StallsPerDay = Often(dice, 600),
            StallMs = new MsRange(500, 60_000),
            ConnectRefusedShare = Often(dice, 0.2),
            ConnectLostShare = Often(dice, 0.1),
            SplitShare = Often(dice, 0.2),
            MergeShare = Often(dice, 0.2),
            DelayShare = Often(dice, 0.1),
        };
}
