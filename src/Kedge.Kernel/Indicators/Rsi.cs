namespace Kedge.Kernel.Indicators;

/// <summary>Relative strength index (Wilder 1978); 50 until W changes exist, 100 when there was no loss.</summary>
public struct Rsi
{
    private double _window;
    private double _previousClose;
    private double _gain;
    private double _loss;
    private double _changes;
    private bool _started;

    /// <summary>Sets the window and forgets everything.</summary>
    public void Reset(int window)
    {
        this = default;
        _window = window;
    }

    /// <summary>Takes one close.</summary>
    public double Next(double close)
    {
        if (!_started)
        {
            _started = true;
            _previousClose = close;
            return 50.0;
        }

        double change = close - _previousClose;
        _previousClose = close;

        // Exact, and without a branch that is wrong every other bar: |x| ± x is 2x or 0.
        double size = Arithmetic.Abs(change);
        double gain = 0.5 * (size + change);
        double loss = 0.5 * (size - change);
        if (_changes < _window)
        {
            _changes += 1.0;
            _gain += gain;
            _loss += loss;
            if (_changes < _window)
            {
                return 50.0;
            }

            _gain /= _window;
            _loss /= _window;
        }
        else
        {
            _gain = (_gain * (_window - 1.0) + gain) / _window;
            _loss = (_loss * (_window - 1.0) + loss) / _window;
        }

        return _loss == 0.0 ? 100.0 : 100.0 - 100.0 / (1.0 + _gain / _loss);
    }
}
