namespace Kedge.Simulation.Trading;

/// <summary>Cells of the <see cref="CoverageTable"/> that a soak does not ask for.</summary>
/// <param name="Fault">The fault, as the table names it.</param>
/// <param name="States">The states in which it meets no order, or hardly ever one.</param>
/// <param name="Why">Why not.</param>
public sealed record CoverageGap(string Fault, IReadOnlyList<string> States, string Why);
