namespace Kedge.Research.Search.Space;

/// <summary>One configuration of a search: a value for each axis.</summary>
/// <param name="Index">Place in the order of the search, from 0.</param>
/// <param name="Values">A value for each axis of <see cref="SweepGrid.Axes"/>, in that order.</param>
public sealed record SweepTrial(long Index, IReadOnlyList<double> Values)
{
    /// <summary>Id: <c>sweep_</c> and the place in at least four digits.</summary>
    public string Id => $"sweep_{Index:D4}";
}
