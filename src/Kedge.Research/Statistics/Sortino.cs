namespace Kedge.Research.Statistics;

/// <summary>Sortino ratio: mean(r − required) × A ÷ downside risk (see <see cref="DownsideRisk"/>).</summary>
public static class Sortino
{
    /// <summary>
    /// The ratio. NaN with fewer than two observations or when both mean and downside are zero; ±∞ when only the downside is zero.
    /// </summary>
    /// <param name="returns">Returns a period, as fractions.</param>
    /// <param name="periodsPerYear">Periods a year.</param>
    /// <param name="required">Return of one period below which a return counts as bad.</param>
    public static double Ratio(ReadOnlySpan<double> returns, double periodsPerYear, double required = 0.0)
    {
        if (Moments.Count(returns) < 2)
        {
            return double.NaN;
        }

        double mean = Moments.Mean(returns) - required;
        double risk = DownsideRisk.Annual(returns, periodsPerYear, required);
        if (risk < Sharpe.NoDeviation)
        {
            return Math.Abs(mean) < Sharpe.NoDeviation ? double.NaN : double.CopySign(double.PositiveInfinity, mean);
        }

        return mean * periodsPerYear / risk;
    }
}
