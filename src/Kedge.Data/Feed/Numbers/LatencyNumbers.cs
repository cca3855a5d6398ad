namespace Kedge.Data.Feed.Numbers;

/// <summary>How long something took, as a histogram.</summary>
/// <param name="Bounds">Upper bounds, seconds, ascending.</param>
/// <param name="Counts">How many took at most each bound, more than the one before not counted; one more entry for those above all.</param>
/// <param name="SumSeconds">All of them together.</param>
public sealed record LatencyNumbers(IReadOnlyList<double> Bounds, IReadOnlyList<long> Counts, double SumSeconds)
{
    /// <summary>How many there were.</summary>
    public long Count => Counts.Sum();
}
