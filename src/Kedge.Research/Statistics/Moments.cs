namespace Kedge.Research.Statistics;

/// <summary>Mean, standard deviation, skewness and kurtosis. NaN observations are left out and not counted.</summary>
public static class Moments
{
    /// <summary>Observations that are numbers.</summary>
    public static int Count(ReadOnlySpan<double> values)
    {
        int count = 0;
        foreach (double value in values)
        {
            count += double.IsNaN(value) ? 0 : 1;
        }

        return count;
    }

    /// <summary>Mean: Σ x ÷ n; NaN when there is no observation.</summary>
    public static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0.0;
        int count = 0;
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
            {
                sum += value;
                count++;
            }
        }

        return count == 0 ? double.NaN : sum / count;
    }

    /// <summary>Standard deviation: √(Σ (x − mean)² ÷ (n − ddof)), in two passes; NaN when n ≤ ddof.</summary>
    /// <param name="values">Observations.</param>
    /// <param name="ddof">0 for the population deviation, 1 for the sample deviation.</param>
    public static double StandardDeviation(ReadOnlySpan<double> values, int ddof)
    {
        double mean = Mean(values);
        double squares = 0.0;
        int count = 0;
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
            {
                squares += (value - mean) * (value - mean);
                count++;
            }
        }

        return count <= ddof ? double.NaN : Math.Sqrt(squares / (count - ddof));
    }

    /// <summary>Skewness of the population: mean((x − mean)³) ÷ deviation³; NaN when there is no observation or no deviation.</summary>
    public static double Skewness(ReadOnlySpan<double> values) => Standardised(values, 3);

    /// <summary>Kurtosis of the population: mean((x − mean)⁴) ÷ deviation⁴, 3 for normal numbers; NaN when there is no observation or no deviation.</summary>
    public static double Kurtosis(ReadOnlySpan<double> values) => Standardised(values, 4);

    private static double Standardised(ReadOnlySpan<double> values, int power)
    {
        double mean = Mean(values);
        double deviation = StandardDeviation(values, 0);
        if (!(deviation >= Sharpe.NoDeviation))
        {
            return double.NaN;
        }

        double sum = 0.0;
        int count = 0;
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
            {
                double distance = (value - mean) / deviation;
                double square = distance * distance;
                sum += power == 3 ? square * distance : square * square;
                count++;
            }
        }

        return sum / count;
    }
}
