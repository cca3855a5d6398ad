using Kedge.Research.Search.Results;
using Kedge.Research.Statistics;

namespace Kedge.Research.Tests.Statistics;

/// <summary>The example that Bailey and López de Prado (2014) publish, and what follows from the definition.</summary>
public sealed class DeflatedSharpeTests
{
    private const double TradingDays = 250.0;

    [Theory]
    [InlineData(100, 0.9003968)]
    [InlineData(46, 0.9505017)]
    public void The_published_example_comes_out(int trials, double expected)
    {
        // Annual Sharpe ratio 2.5 on 1,250 daily returns; variance of the annual ratios of the trials one half.
        double benchmark = DeflatedSharpe.ExpectedMaximum(0.5 / TradingDays, trials);
        double deflated = DeflatedSharpe.Probability(2.5 / Math.Sqrt(TradingDays), benchmark, 1_250, -3.0, 10.0);
        Assert.Equal(expected, deflated, 7);
    }

    [Fact]
    public void One_trial_is_held_against_nothing_and_more_trials_against_more()
    {
        Assert.Equal(0.0, DeflatedSharpe.ExpectedMaximum(0.01, 1));
        Assert.Equal(0.0, DeflatedSharpe.ExpectedMaximum(0.0, 100));
        double[] benchmarks =
        [
            .. new long[] { 2, 10, 100, 1_000, 1_000_000 }.Select(n => DeflatedSharpe.ExpectedMaximum(0.01, n)),
        ];
        Assert.Equal(benchmarks.Order(), benchmarks);
        Assert.Equal(0.5, DeflatedSharpe.Probability(benchmarks[2], benchmarks[2], 500, 0.0, 3.0), 12);
        Assert.Equal(double.NaN, DeflatedSharpe.Probability(0.1, 0.0, 1, 0.0, 3.0));
    }

    [Fact]
    public void Expected_maximum_is_that_of_drawn_trials_without_skill()
    {
        // The mean of the largest of n normal numbers, by simulation: what the formula approximates.
        Random random = new(20_140_101);
        const int Rounds = 4_000;
        const int Trials = 200;
        double sum = 0.0;
        for (int round = 0; round < Rounds; round++)
        {
            double most = double.NegativeInfinity;
            for (int i = 0; i < Trials; i++)
            {
                most = Math.Max(
                    most,
                    Math.Sqrt(-2.0 * Math.Log(1.0 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble())
                );
            }

            sum += most;
        }

        Assert.Equal(sum / Rounds, DeflatedSharpe.ExpectedMaximum(1.0, Trials), 0.03);
    }

    [Fact]
    public void Skewness_and_kurtosis_are_those_of_the_population()
    {
        // Mean 2, deviations −2, −1, 3 of weights 1, 1, … : Σd² = 14, Σd³ = 18, Σd⁴ = 98, n = 3.
        double[] values = [0.0, 1.0, 5.0];
        Assert.Equal(18.0 / 3.0 / Math.Pow(14.0 / 3.0, 1.5), Moments.Skewness(values), 12);
        Assert.Equal(98.0 / 3.0 / Math.Pow(14.0 / 3.0, 2.0), Moments.Kurtosis(values), 12);
        Assert.Equal(double.NaN, Moments.Skewness([1.0, 1.0]));
        Assert.Equal(double.NaN, Moments.Kurtosis([]));
    }

    [Fact]
    public void Configurations_that_never_traded_are_trials_without_a_measurement()
    {
        TrialTally tally = new();
        double[] sharpes = [1.0, double.NaN, 2.0, 4.0, double.NaN];
        foreach (double sharpe in sharpes)
        {
            tally.Add(sharpe);
        }

        Assert.Equal(5, tally.Trials);
        // Sample variance of 1, 2 and 4 is 7 ÷ 3; a year has 365 days.
        Assert.Equal(7.0 / 3.0 / 365.0, tally.Variance, 12);
        Assert.Equal(DeflatedSharpe.ExpectedMaximum(7.0 / 3.0 / 365.0, 5), tally.ExpectedMaximum, 12);
    }
}
