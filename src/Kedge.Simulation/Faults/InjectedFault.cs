namespace Kedge.Simulation.Faults;

/// <summary>One injected fault.</summary>
/// <param name="Number">From 1, in the order injected.</param>
/// <param name="AtUs">True time, µs.</param>
/// <param name="Kind">What.</param>
/// <param name="Target">To whom: the name of a connection, process, pair of processes or address.</param>
/// <param name="Cause">Why: <c>plan</c> for seeded rates, else what the caller said.</param>
/// <param name="Amount">See <see cref="FaultKind"/>; 0 where it says nothing.</param>
/// <param name="UntilUs">True time at which its own effect has played out; <see cref="long.MaxValue"/> when it does not end by itself.</param>
public sealed record InjectedFault(int Number, long AtUs, FaultKind Kind, string Target, string Cause, long Amount, long UntilUs);
