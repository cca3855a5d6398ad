using Kedge.Research.Reports;
using Kedge.Research.Statistics;

namespace Kedge.Research.Search.Results;

/// <summary>
/// What a search has tried so far, as far as judging its best rows needs it: how many configurations, and how much their Sharpe ratios differ. Those that never traded are
/// trials too, but their ratio of 0 is no measurement and would only make the others look less different.
/// </summary>
public sealed class TrialTally
{
    private static readonly double Annual = Math.Sqrt(Report.DaysPerYear);

    private long _measured;
    private double _mean;
    private double _squares;

    /// <summary>Configurations tried.</summary>
    public long Trials { get; private set; }

    /// <summary>Variance of their daily Sharpe ratios (Welford's way, so that order matters to no visible digit); 0 with fewer than two.</summary>
    public double Variance => _measured < 2 ? 0.0 : _squares / (_measured - 1);

    /// <summary>Daily Sharpe ratio that the best of them is expected to show without any skill.</summary>
    public double ExpectedMaximum => DeflatedSharpe.ExpectedMaximum(Variance, Trials);

    /// <summary>Takes a configuration.</summary>
    /// <param name="sharpe">Its annual Sharpe ratio; not-a-number when it never traded.</param>
    public void Add(double sharpe)
    {
        Trials++;
        if (!double.IsFinite(sharpe))
        {
            return;
        }

        double daily = sharpe / Annual;
        _measured++;
        double difference = daily - _mean;
        _mean += difference / _measured;
        _squares += difference * (daily - _mean);
    }

    /// <summary>Annual Sharpe ratio of a row as <see cref="Add"/> takes it.</summary>
    public static double SharpeOf(SweepRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.All.Trades > 0 ? row.Market.Sharpe : double.NaN;
    }

    /// <summary>Annual Sharpe ratio of a row that was read back.</summary>
    public static double SharpeOf(ResultLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line.Number("total_trades") > 0.0 ? line.Number("sharpe_ratio") : double.NaN;
    }

    /// <summary>Deflated Sharpe ratio of a row, 0 to 1; not-a-number when the row does not say enough.</summary>
    public double Deflated(ResultLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return DeflatedSharpe.Probability(
            SharpeOf(line) / Annual,
            ExpectedMaximum,
            line.Number("daily_returns"),
            line.Number("skewness"),
            line.Number("kurtosis")
        );
    }
}
