namespace Kedge.Research.Statistics;

/// <summary>Cumulative return: Π (1 + r) − 1.</summary>
public static class CumulativeReturn
{
    /// <summary>The return over all periods; NaN when there is no observation.</summary>
    /// <param name="returns">Returns a period, as fractions.</param>
    public static double Of(ReadOnlySpan<double> returns)
    {
        double product = 1.0;
        foreach (double value in returns)
        {
            product *= double.IsNaN(value) ? 1.0 : 1.0 + value;
        }

        return returns.IsEmpty ? double.NaN : product - 1.0;
    }
}
