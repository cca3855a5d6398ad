namespace Kedge.Simulation.Scheduling;

/// <summary>
/// One origin of events. Simultaneous events of one source always fire in the order they were scheduled; those of different sources do too,
/// unless the scheduler shuffles.
/// </summary>
public sealed class SimSource
{
    internal SimSource(string name, ISimActor actor, SimProcess? process, ulong lane)
    {
        Name = name;
        Actor = actor;
        Process = process;
        Lane = lane;
    }

    /// <summary>Name in traces and errors; also what the event hash knows the source by.</summary>
    public string Name { get; }

    /// <summary>The process whose end is the end of these events; null for the world outside, which is never killed.</summary>
    public SimProcess? Process { get; }

    internal ISimActor Actor { get; }

    internal ulong Lane { get; }
}
