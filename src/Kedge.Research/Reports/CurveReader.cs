using Kedge.Research.Replay;
using Kedge.Research.Statistics;

namespace Kedge.Research.Reports;

/// <summary>
/// Reads the metrics of one curve, in one pass. Daily statistics take the last value of each UTC day of the traded window; drawdowns see
/// every point and start from the balance at the start. What is undefined (a flat curve, fewer than two days) is 0.
/// </summary>
internal sealed class CurveReader
{
    private readonly double _start;
    private readonly long _spanMs;
    private Drawdown _drawdown;
    private double _last;

    public CurveReader(ReplayRun run)
    {
        _start = run.InitialBalance;
        _spanMs = run.ToMs - run.FromMs;
        _drawdown = new Drawdown(_start);
        _last = _start;
    }

    public DailySeries Daily { get; } = new();

    public void Add(long timeMs, double value)
    {
        Daily.Add(timeMs, value);
        _drawdown.Add(value);
        _last = value;
    }

    public CurveMetrics Finish() => Metrics(_start, _last, _spanMs, Daily.Returns(), _drawdown);

    /// <summary>The metrics of a curve from what was kept of it.</summary>
    /// <param name="start">Balance at the start.</param>
    /// <param name="last">Last value.</param>
    /// <param name="spanMs">Length of the traded window.</param>
    /// <param name="returns">Daily returns.</param>
    /// <param name="drawdown">Deepest fall.</param>
    public static CurveMetrics Metrics(double start, double last, long spanMs, ReadOnlySpan<double> returns, in Drawdown drawdown)
    {
        double years = spanMs / (DailySeries.DayMs * Report.DaysPerYear);
        double growth = OrZero(Cagr.OfValues(start, last, years));
        double sharpe = Sharpe.Ratio(returns, Report.DaysPerYear, Report.Ddof);
        return new CurveMetrics(
            last,
            start > 0.0 ? last / start - 1.0 : 0.0,
            growth,
            double.IsFinite(sharpe) ? sharpe : 0.0,
            OrZero(Sortino.Ratio(returns, Report.DaysPerYear)),
            OrZero(Calmar.Ratio(growth, drawdown.MaxFraction)),
            OrZero(Volatility.Annual(returns, Report.DaysPerYear, Report.Ddof)),
            OrZero(DownsideRisk.Annual(returns, Report.DaysPerYear)),
            drawdown.MaxValue,
            drawdown.MaxFraction,
            returns.Length,
            OrZero(Moments.Skewness(returns)),
            OrZero(Moments.Kurtosis(returns))
        );
    }

    private static double OrZero(double value) => double.IsNaN(value) ? 0.0 : value;
}
