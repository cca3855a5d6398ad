namespace Kedge.Research.Statistics;

/// <summary>Compound annual growth rate: (end ÷ start)^(1 ÷ years) − 1.</summary>
public static class Cagr
{
    /// <summary>From returns: (Π (1 + r))^(A ÷ n) − 1 with n the number of periods; NaN when there is none.</summary>
    /// <param name="returns">Returns a period, as fractions.</param>
    /// <param name="periodsPerYear">Periods a year.</param>
    public static double OfReturns(ReadOnlySpan<double> returns, double periodsPerYear) =>
        returns.IsEmpty ? double.NaN : OfValues(1.0, 1.0 + CumulativeReturn.Of(returns), returns.Length / periodsPerYear);

    /// <summary>From two values and the time between them. −1 when nothing is left; NaN without a start value or without time.</summary>
    /// <param name="start">Value at the start.</param>
    /// <param name="end">Value at the end.</param>
    /// <param name="years">Time between them.</param>
    public static double OfValues(double start, double end, double years)
    {
        if (!(start > 0.0) || !(years > 0.0))
        {
            return double.NaN;
        }

        return end <= 0.0 ? -1.0 : Math.Pow(end / start, 1.0 / years) - 1.0;
    }
}
