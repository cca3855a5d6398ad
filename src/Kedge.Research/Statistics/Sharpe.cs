namespace Kedge.Research.Statistics;

/// <summary>
/// Sharpe ratio: mean(r − f) ÷ deviation(r − f) × √A, with f the risk-free return of one period and A the periods per year.
/// </summary>
public static class Sharpe
{
    /// <summary>Deviations below this are taken for zero.</summary>
    public const double NoDeviation = 1e-12;

    /// <summary>
    /// The ratio. NaN with fewer than two observations or when both mean and deviation are zero; ±∞ when only the deviation is zero.
    /// </summary>
    /// <param name="returns">Returns a period, as fractions.</param>
    /// <param name="periodsPerYear">Periods a year, e.g. 365 for days of a market that never closes.</param>
    /// <param name="ddof">0 for the population deviation, 1 for the sample deviation.</param>
    /// <param name="riskFree">Risk-free return of one period.</param>
    public static double Ratio(ReadOnlySpan<double> returns, double periodsPerYear, int ddof, double riskFree = 0.0)
    {
        if (Moments.Count(returns) < 2)
        {
            return double.NaN;
        }

        double mean = Moments.Mean(returns) - riskFree;
        double deviation = Moments.StandardDeviation(returns, ddof);
        if (deviation < NoDeviation)
        {
            return Math.Abs(mean) < NoDeviation ? double.NaN : double.CopySign(double.PositiveInfinity, mean);
        }

        return mean / deviation * Math.Sqrt(periodsPerYear);
    }
}
