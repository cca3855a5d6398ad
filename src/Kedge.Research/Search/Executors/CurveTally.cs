using Kedge.Kernel.Fused;
using Kedge.Research.Reports;
using Kedge.Research.Statistics;

namespace Kedge.Research.Search.Executors;

/// <summary>
/// One curve of an account as a walk sees it: only ticks at which it may have changed. Between them it is flat, so that days without a point keep the value of the
/// day before, and peaks and falls are those of the whole curve.
/// </summary>
internal sealed class CurveTally
{
    private readonly double[] _daily;
    private readonly double[] _returns;
    private Drawdown _drawdown;
    private double _start;
    private double _last;
    private int _day;

    public CurveTally(int days)
    {
        _daily = new double[days];
        _returns = new double[Math.Max(days - 1, 0)];
    }

    public double Last => _last;

    public void Begin(double start)
    {
        _start = start;
        _last = start;
        _day = 0;
        _drawdown = new Drawdown(start);
    }

    /// <summary>Takes a point.</summary>
    /// <param name="day">Number of its day; days ascend.</param>
    /// <param name="value">Value.</param>
    public void Add(int day, double value)
    {
        while (_day < day)
        {
            _daily[_day++] = _last;
        }

        _last = value;
        _drawdown.Add(value);
    }

    /// <summary>Takes a curve as it was kept elsewhere.</summary>
    /// <param name="curve">What was kept of it.</param>
    /// <param name="daily">Values of the days before its last.</param>
    public unsafe void Take(in FusedCurve curve, double* daily)
    {
        _day = (int)curve.Day;
        new ReadOnlySpan<double>(daily, _day).CopyTo(_daily);
        _last = curve.Last;
        _drawdown = new Drawdown(curve.Peak, curve.DeepestFall, curve.DeepestFraction);
    }

    public CurveMetrics Finish(long spanMs)
    {
        _daily.AsSpan(Math.Min(_day, _daily.Length)).Fill(_last);
        for (int i = 0; i < _returns.Length; i++)
        {
            double before = _daily[i];
            _returns[i] = Math.Abs(before) < 1e-12 ? 0.0 : (_daily[i + 1] - before) / before;
        }

        return CurveReader.Metrics(_start, _last, spanMs, _returns, _drawdown);
    }
}
