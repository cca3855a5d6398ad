using Kedge.Research.Replay;

namespace Kedge.Research.Reports;

/// <summary>Weights the account's state by time. Points must come in order.</summary>
internal sealed class ExposureMeter
{
    private EquityPoint _last;
    private bool _any;
    private double _time;
    private double _inMarket;
    private double _exposure;
    private double _positions;
    private double _equity;
    private double _maximum;
    private double _maximumMargin;
    private int _maximumPositions;

    public void Add(in EquityPoint point)
    {
        if (_any)
        {
            double span = point.TimeMs - _last.TimeMs;
            _time += span;
            _inMarket += _last.Positions > 0 ? span : 0.0;
            _exposure += span * Ratio(_last.Notional, _last.Equity);
            _positions += span * _last.Positions;
            _equity += span * _last.Equity;
        }

        _any = true;
        _last = point;
        _maximum = Math.Max(_maximum, Ratio(point.Notional, point.Equity));
        _maximumMargin = Math.Max(_maximumMargin, Ratio(point.Margin, point.Equity));
        _maximumPositions = Math.Max(_maximumPositions, point.Positions);
    }

    public Exposure Finish(double initialBalance)
    {
        double time = _time > 0.0 ? _time : 1.0;
        double equity = _time > 0.0 ? _equity / _time : initialBalance;
        return new Exposure(
            _inMarket / time,
            _exposure / time,
            _maximum,
            _positions / time,
            _maximumPositions,
            equity,
            _maximumMargin
        );
    }

    private static double Ratio(double part, double whole) => whole > 1e-12 ? part / whole : 0.0;
}
