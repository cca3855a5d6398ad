using Kedge.Golden.Engine;

namespace Kedge.Golden.Report;

/// <summary>Figures of the report that are more than a sum (backtester.md §5.1–5.3): gross, and on the realised curve.</summary>
public static class Metrics
{
    private const long DayMs = 86_400_000;
    private const double Negligible = 1e-12;

    /// <summary>Gross profit over gross loss; infinite with profits only, 0 without either.</summary>
    public static double ProfitFactor(double grossProfit, double grossLoss)
    {
        double loss = Math.Abs(grossLoss);
        return loss > Negligible ? grossProfit / loss
            : grossProfit > 0.0 ? double.PositiveInfinity
            : 0.0;
    }

    /// <summary>Mean over population deviation of daily returns, times √365. Idle days count.</summary>
    public static double Sharpe(IReadOnlyList<(long TimeMs, double Balance)> curve)
    {
        List<double> days = [];
        long day = long.MinValue;
        foreach ((long time, double balance) in curve)
        {
            if (time / DayMs == day)
            {
                days[^1] = balance;
            }
            else
            {
                day = time / DayMs;
                days.Add(balance);
            }
        }

        if (days.Count < 2)
        {
            return 0.0;
        }

        double[] returns = new double[days.Count - 1];
        for (int i = 0; i < returns.Length; i++)
        {
            returns[i] = Math.Abs(days[i]) < Negligible ? 0.0 : (days[i + 1] - days[i]) / days[i];
        }

        double mean = returns.Sum() / returns.Length;
        double deviation = Math.Sqrt(returns.Sum(r => (r - mean) * (r - mean)) / returns.Length);
        return deviation < Negligible ? 0.0 : mean / deviation * Math.Sqrt(365.0);
    }

    /// <summary>Largest fall below the running peak in money and, perhaps at another moment, as a fraction of the peak.</summary>
    public static (double Usd, double Pct) MaxDrawdown(IReadOnlyList<(long TimeMs, double Balance)> curve)
    {
        double usd = 0.0;
        double pct = 0.0;
        double peak = curve.Count > 0 ? curve[0].Balance : 0.0;
        foreach ((_, double balance) in curve)
        {
            peak = Math.Max(peak, balance);
            usd = Math.Max(usd, peak - balance);
            if (peak > Negligible)
            {
                pct = Math.Max(pct, (peak - balance) / peak);
            }
        }

        return (usd, pct);
    }
}
