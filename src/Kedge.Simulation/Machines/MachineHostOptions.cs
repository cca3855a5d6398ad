namespace Kedge.Simulation.Machines;

/// <summary>Settings and bounds of a <see cref="MachineHost{TIn, TOut}"/>.</summary>
public sealed record MachineHostOptions
{
    /// <summary>Most inputs posted and not yet taken. At the limit posting throws: shedding is the machine's own business, in its own queue.</summary>
    public int InboxMax { get; init; } = 65_536;

    /// <summary>Most timers set. At the limit setting one throws.</summary>
    public int TimersMax { get; init; } = 65_536;

    /// <summary>Timers fire up to this much late, drawn from the seed, µs. 0 is to the point.</summary>
    public long TimerLatenessMaxUs { get; init; }
}
