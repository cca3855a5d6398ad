using MathNet.Numerics.Distributions;

namespace Kedge.Research.Statistics;

/// <summary>
/// Deflated Sharpe ratio: how likely it is that a Sharpe ratio is more than what the best of so many trials without any skill would have shown, given that
/// returns are neither many nor normal. All Sharpe ratios here are those of one period, not annual.
/// </summary>
/// <remarks>D. H. Bailey and M. López de Prado, "The Deflated Sharpe Ratio: Correcting for Selection Bias, Backtest Overfitting and Non-Normality", 2014.</remarks>
public static class DeflatedSharpe
{
    private const double EulerMascheroni = 0.577_215_664_901_532_9;

    /// <summary>The Sharpe ratio that the best of so many trials without skill is expected to show; 0 for one trial or none.</summary>
    /// <param name="variance">Variance of the Sharpe ratios of the trials, ≥ 0.</param>
    /// <param name="trials">Number of trials.</param>
    public static double ExpectedMaximum(double variance, long trials)
    {
        if (trials < 2 || !(variance > 0.0))
        {
            return 0.0;
        }

        double first = Normal.InvCDF(0.0, 1.0, 1.0 - (1.0 / trials));
        double second = Normal.InvCDF(0.0, 1.0, 1.0 - (1.0 / (trials * Math.E)));
        return Math.Sqrt(variance) * (((1.0 - EulerMascheroni) * first) + (EulerMascheroni * second));
    }

    /// <summary>Probability that the true Sharpe ratio is above a benchmark; not-a-number with fewer than two returns or moments that no returns have.</summary>
    /// <param name="sharpe">Sharpe ratio seen.</param>
    /// <param name="benchmark">Benchmark, e.g. <see cref="ExpectedMaximum"/>.</param>
    /// <param name="returns">Number of returns it was seen on.</param>
    /// <param name="skewness">Skewness of the returns.</param>
    /// <param name="kurtosis">Kurtosis of the returns; 3 for normal ones.</param>
    public static double Probability(double sharpe, double benchmark, double returns, double skewness, double kurtosis)
    {
        double spread = 1.0 - (skewness * sharpe) + ((kurtosis - 1.0) / 4.0 * sharpe * sharpe);
        return returns >= 2.0 && spread > 0.0
            ? Normal.CDF(0.0, 1.0, (sharpe - benchmark) * Math.Sqrt(returns - 1.0) / Math.Sqrt(spread))
            : double.NaN;
    }
}
