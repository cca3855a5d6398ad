using Kedge.Simulation.Faults;

namespace Kedge.Simulation.Network;

/// <summary>The draws of one direction of a connection, a stream for each purpose: one share changed moves no other fault.</summary>
internal sealed class PipeDice(SimRandom random)
{
    private readonly SimRandom _merge = random.Fork("merge");

    public SimRandom Latency { get; } = random.Fork("latency");

    public SimRandom Split { get; } = random.Fork("split");

    public SimRandom Delay { get; } = random.Fork("delay");

    internal readonly record struct Roll(bool Split, bool Merge, bool Delay);

    public Roll Next(StreamFaults faults) =>
        new(Split.Chance(faults.SplitShare), _merge.Chance(faults.MergeShare), Delay.Chance(faults.DelayShare));
}
