namespace Kedge.Simulation.Scheduling;

/// <summary>A scheduled event, for cancelling it. The default value names none.</summary>
/// <param name="Slot">Place in the scheduler's table.</param>
/// <param name="Sequence">Number of the event, from 1: an old handle never cancels a newer event.</param>
public readonly record struct SimEventHandle(int Slot, long Sequence);
