namespace Kedge.Research.Statistics;

/// <summary>
/// Deepest fall below a running peak. In money max(peak − value), as a fraction max((peak − value) ÷ peak); the two may come from
/// different moments. Feed values in order of time.
/// </summary>
public struct Drawdown
{
    /// <summary>Starts with a first peak.</summary>
    /// <param name="start">The value before everything, e.g. the balance at the start.</param>
    public Drawdown(double start)
    {
        Peak = start;
        MaxValue = 0.0;
        MaxFraction = 0.0;
    }

    /// <summary>Goes on with what was seen elsewhere.</summary>
    /// <param name="peak">Highest value so far.</param>
    /// <param name="maxValue">Deepest fall in money, ≥ 0.</param>
    /// <param name="maxFraction">Deepest fall as a fraction of its peak, ≥ 0.</param>
    public Drawdown(double peak, double maxValue, double maxFraction)
    {
        Peak = peak;
        MaxValue = maxValue;
        MaxFraction = maxFraction;
    }

    /// <summary>Highest value so far.</summary>
    public double Peak { get; private set; }

    /// <summary>Deepest fall in money, ≥ 0.</summary>
    public double MaxValue { get; private set; }

    /// <summary>Deepest fall as a fraction of its peak, ≥ 0. Peaks of 1e-12 and less do not count.</summary>
    public double MaxFraction { get; private set; }

    /// <summary>Takes the next value.</summary>
    public void Add(double value)
    {
        if (value > Peak)
        {
            Peak = value;
            return;
        }

        double fall = Peak - value;
        MaxValue = fall > MaxValue ? fall : MaxValue;
        if (Peak > 1e-12 && fall / Peak > MaxFraction)
        {
            MaxFraction = fall / Peak;
        }
    }

    /// <summary>Deepest drawdown of a series of returns, a positive fraction; NaN when there is none.</summary>
    /// <param name="returns">Returns a period, as fractions; NaN counts as no change.</param>
    public static double OfReturns(ReadOnlySpan<double> returns)
    {
        double value = 1.0;
        Drawdown drawdown = new(value);
        foreach (double r in returns)
        {
            value *= double.IsNaN(r) ? 1.0 : 1.0 + r;
            drawdown.Add(value);
        }

        return returns.IsEmpty ? double.NaN : drawdown.MaxFraction;
    }
}
