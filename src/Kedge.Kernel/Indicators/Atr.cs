namespace Kedge.Kernel.Indicators;

/// <summary>Average true range: the mean of the ranges so far up to N bars, then Wilder's smoothing.</summary>
public struct Atr
{
    private double _window;
    private double _sum;
    private double _value;
    private double _previousClose;
    private double _seen;

    /// <summary>Sets the window and forgets everything.</summary>
    public void Reset(int window)
    {
        this = default;
        _window = window;
    }

    /// <summary>Last value; 0 before the first bar.</summary>
    public readonly double Value => _value;

    /// <summary>Takes one bar.</summary>
    public double Next(in Bar bar)
    {
        double range = _seen > 0.0 ? TrueRange.Of(bar.High, bar.Low, _previousClose) : bar.High - bar.Low;
        _previousClose = bar.Close;
        if (_seen < _window)
        {
            _seen += 1.0;
            _sum += range;
            _value = _sum / _seen;
        }
        else
        {
            _value = (_value * (_window - 1.0) + range) / _window;
        }

        return _value;
    }
}
