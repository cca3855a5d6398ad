namespace Kedge.Research.Statistics;

/// <summary>Downside risk: √(mean(min(r − required, 0)²)) × √A. The mean is over all observations, not only the bad ones.</summary>
public static class DownsideRisk
{
    /// <summary>The annual downside risk; NaN when there is no observation.</summary>
    /// <param name="returns">Returns a period, as fractions.</param>
    /// <param name="periodsPerYear">Periods a year.</param>
    /// <param name="required">Return of one period below which a return counts as bad.</param>
    public static double Annual(ReadOnlySpan<double> returns, double periodsPerYear, double required = 0.0)
    {
        double squares = 0.0;
        int count = 0;
        foreach (double value in returns)
        {
            if (!double.IsNaN(value))
            {
                double below = Math.Min(value - required, 0.0);
                squares += below * below;
                count++;
            }
        }

        return count == 0 ? double.NaN : Math.Sqrt(squares / count) * Math.Sqrt(periodsPerYear);
    }
}
