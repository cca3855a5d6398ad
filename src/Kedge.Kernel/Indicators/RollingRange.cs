namespace Kedge.Kernel.Indicators;

/// <summary>Smallest and largest of the last N values. The window is searched only when an extreme leaves it.</summary>
public struct RollingRange
{
    private Ring _values;
    private double _min;
    private double _max;

    /// <summary>Sets the window and forgets everything.</summary>
    public void Reset(int window)
    {
        _values.Reset(window);
        _min = 0.0;
        _max = 0.0;
    }

    /// <summary>Whether the window is full.</summary>
    public readonly bool IsFull => _values.IsFull;

    /// <summary>Takes one value.</summary>
    public void Next(double value, out double min, out double max)
    {
        bool first = _values.Count == 0;
        double leaving = _values.Oldest;
        bool lost = _values.IsFull && (leaving <= _min || leaving >= _max);
        _values.Push(value);
        if (lost || first)
        {
            _values.Range(out _min, out _max);
        }
        else if (value < _min)
        {
            _min = value;
        }
        else if (value > _max)
        {
            _max = value;
        }

        min = _min;
        max = _max;
    }
}
