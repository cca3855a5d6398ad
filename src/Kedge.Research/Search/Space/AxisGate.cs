namespace Kedge.Research.Search.Space;

/// <summary>The condition under which an axis is searched: another key must have a value.</summary>
/// <param name="Path">Path of that key.</param>
/// <param name="Equal">Value it must have, as a sweep writes it; compared within 1e-9.</param>
public sealed record AxisGate(string Path, double Equal)
{
    private const double Nearness = 1e-9;

    /// <summary>Whether a value opens the gate.</summary>
    public bool IsOpenAt(double value) => Math.Abs(value - Equal) < Nearness;
}
