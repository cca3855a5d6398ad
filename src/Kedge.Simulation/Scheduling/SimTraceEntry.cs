namespace Kedge.Simulation.Scheduling;

/// <summary>One line of the story of a run.</summary>
/// <param name="AtUs">True time since the start of the run, µs.</param>
/// <param name="Source">Who.</param>
/// <param name="What">What happened: the kind of an event, <c>in</c> or <c>out</c> of a machine, or a fault.</param>
/// <param name="Argument">The event's number.</param>
/// <param name="Subject">The input, effect or fault itself; null for plain events.</param>
public readonly record struct SimTraceEntry(long AtUs, string Source, string What, long Argument, object? Subject);
