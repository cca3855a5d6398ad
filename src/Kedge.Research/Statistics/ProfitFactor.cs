namespace Kedge.Research.Statistics;

/// <summary>Profit factor: Σ of the gains ÷ |Σ of the losses|.</summary>
public static class ProfitFactor
{
    /// <summary>The factor; +∞ when there are only gains, 0 when there is neither.</summary>
    /// <param name="gains">Σ of positive results.</param>
    /// <param name="losses">Σ of negative results; the sign does not matter.</param>
    public static double Of(double gains, double losses)
    {
        double against = Math.Abs(losses);
        if (against > 1e-12)
        {
            return gains / against;
        }

        return gains > 0.0 ? double.PositiveInfinity : 0.0;
    }
}
