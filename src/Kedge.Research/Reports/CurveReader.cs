using Kedge.Research.Replay;
using Kedge.Research.Statistics;

namespace Kedge.Research.Reports;

/// <summary>
/// Reads the metrics of one curve, in one pass. Daily statistics take the last value of each UTC day of the traded window; drawdowns see
/// every point and start from the balance at the start. What is undefined (a flat curve, fewer than two days) is 0.
/// </summary>
internal sealed class CurveReader
{
    private readonly ReplayRun _run;
    private Drawdown _drawdown;
    private double _last;

    public CurveReader(ReplayRun run)
    {
        _run = run;
        _drawdown = new Drawdown(run.InitialBalance);
        _last = run.InitialBalance;
    }

    public DailySeries Daily { get; } = new();

    public void Add(long timeMs, double value)
    {
        Daily.Add(timeMs, value);
        _drawdown.Add(value);
        _last = value;
    }

    public CurveMetrics Finish()
    {
        double[] returns = Daily.Returns();
        double start = _run.InitialBalance;
        double years = (_run.ToMs - _run.FromMs) / (DailySeries.DayMs * Report.DaysPerYear);
        double growth = OrZero(Cagr.OfValues(start, _last, years));
        double sharpe = Sharpe.Ratio(returns, Report.DaysPerYear, Report.Ddof);
        return new CurveMetrics(
            _last,
            start > 0.0 ? _last / start - 1.0 : 0.0,
            growth,
            double.IsFinite(sharpe) ? sharpe : 0.0,
            OrZero(Sortino.Ratio(returns, Report.DaysPerYear)),
            OrZero(Calmar.Ratio(growth, _drawdown.MaxFraction)),
            OrZero(Volatility.Annual(returns, Report.DaysPerYear, Report.Ddof)),
            OrZero(DownsideRisk.Annual(returns, Report.DaysPerYear)),
            _drawdown.MaxValue,
            _drawdown.MaxFraction
        );
    }

    private static double OrZero(double value) => double.IsNaN(value) ? 0.0 : value;
}
