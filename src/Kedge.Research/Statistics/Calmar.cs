namespace Kedge.Research.Statistics;

/// <summary>Calmar ratio: annual growth ÷ deepest drawdown, both as fractions.</summary>
public static class Calmar
{
    /// <summary>The ratio; +∞ for growth without any drawdown, NaN for neither.</summary>
    /// <param name="annualGrowth">Compound annual growth rate.</param>
    /// <param name="maxDrawdown">Deepest drawdown, a positive fraction.</param>
    public static double Ratio(double annualGrowth, double maxDrawdown)
    {
        if (maxDrawdown > 1e-12)
        {
            return annualGrowth / maxDrawdown;
        }

        return annualGrowth > 0.0 ? double.PositiveInfinity : double.NaN;
    }
}
