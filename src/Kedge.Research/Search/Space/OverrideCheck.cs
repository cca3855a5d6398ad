namespace Kedge.Research.Search.Space;

/// <summary>Whether an override reaches the configuration.</summary>
/// <param name="Path">Path of the axis.</param>
/// <param name="Requested">Its first value.</param>
/// <param name="Before">Value in the base.</param>
/// <param name="After">Value with the override.</param>
/// <param name="Status"><c>Applied</c>, or <c>FailedUnchanged</c> when the value stayed although another was asked for.</param>
public sealed record OverrideCheck(string Path, double Requested, double Before, double After, string Status)
{
    private const double Same = 1e-12;

    /// <summary>Whether it does.</summary>
    public bool Holds => Status == "Applied";

    /// <summary>Checks the first value of every axis, alone.</summary>
    public static IReadOnlyList<OverrideCheck> All(SearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        List<OverrideCheck> checks = [];
        foreach (SweepAxis axis in space.Grid.Axes)
        {
            Kernel.Parameters p = space.Portfolio;
            double before = axis.Key.Read(p).Number;
            double requested = axis.Values[0];
            axis.Key.ApplyEncoded(ref p, requested);
            double after = axis.Key.Read(p).Number;
            bool changed = Math.Abs(after - before) > Same;
            bool asked = Math.Abs(requested - before) > Same;
            bool holds = Math.Abs(after - requested) <= Same || (changed && asked);
            checks.Add(new OverrideCheck(axis.Path, requested, before, after, holds ? "Applied" : "FailedUnchanged"));
        }

        return checks;
    }
}
