namespace Kedge.Kernel.Indicators;

/// <summary>Average directional index with +DI and −DI (Wilder 1978), in the form that smooths sums.</summary>
public struct Adx
{
    private double _window;
    private double _previousHigh;
    private double _previousLow;
    private double _previousClose;
    private double _plusSum;
    private double _minusSum;
    private double _rangeSum;
    private double _dxSum;
    private double _dxCount;
    private double _bars;
    private double _value;
    private bool _started;

    /// <summary>Sets the window and forgets everything.</summary>
    public void Reset(int window)
    {
        this = default;
        _window = window;
    }

    /// <summary>Takes one bar. All results are 0 until the window is full; ADX is the mean of the DX so far until W of them exist.</summary>
    public void Next(in Bar bar, out double adx, out double plus, out double minus)
    {
        if (!_started)
        {
            _started = true;
            Remember(bar);
            adx = 0.0;
            plus = 0.0;
            minus = 0.0;
            return;
        }

        double up = bar.High - _previousHigh;
        double down = _previousLow - bar.Low;
        double plusMove = up > down && up > 0.0 ? up : 0.0;
        double minusMove = down > up && down > 0.0 ? down : 0.0;
        double range = TrueRange.Of(bar.High, bar.Low, _previousClose);
        Remember(bar);

        if (_bars < _window)
        {
            _bars += 1.0;
            _plusSum += plusMove;
            _minusSum += minusMove;
            _rangeSum += range;
            if (_bars < _window)
            {
                adx = 0.0;
                plus = 0.0;
                minus = 0.0;
                return;
            }
        }
        else
        {
            _plusSum = _plusSum - _plusSum / _window + plusMove;
            _minusSum = _minusSum - _minusSum / _window + minusMove;
            _rangeSum = _rangeSum - _rangeSum / _window + range;
        }

        plus = _rangeSum > 0.0 ? _plusSum / _rangeSum * 100.0 : 0.0;
        minus = _rangeSum > 0.0 ? _minusSum / _rangeSum * 100.0 : 0.0;
        double total = plus + minus;
        double dx = total > 0.0 ? Arithmetic.Abs(plus - minus) / total * 100.0 : 0.0;
        if (_dxCount < _window)
        {
            _dxSum += dx;
            _dxCount += 1.0;
            _value = _dxSum / _dxCount;
        }
        else
        {
            _value = (_value * (_window - 1.0) + dx) / _window;
        }

        adx = _value;
    }

    private void Remember(in Bar bar)
    {
        _previousHigh = bar.High;
        _previousLow = bar.Low;
        _previousClose = bar.Close;
    }
}
