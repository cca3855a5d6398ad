namespace Kedge.Research.Statistics;

/// <summary>Annual volatility: deviation(r) × √A.</summary>
public static class Volatility
{
    /// <summary>The annual volatility; NaN with fewer than two observations.</summary>
    /// <param name="returns">Returns a period, as fractions.</param>
    /// <param name="periodsPerYear">Periods a year.</param>
    /// <param name="ddof">0 for the population deviation, 1 for the sample deviation.</param>
    public static double Annual(ReadOnlySpan<double> returns, double periodsPerYear, int ddof) =>
        Moments.Count(returns) < 2 ? double.NaN : Moments.StandardDeviation(returns, ddof) * Math.Sqrt(periodsPerYear);
}
