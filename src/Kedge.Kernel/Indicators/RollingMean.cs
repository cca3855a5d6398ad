namespace Kedge.Kernel.Indicators;

/// <summary>Mean of the last N values, or of those present while there are fewer.</summary>
public struct RollingMean
{
    private Ring _values;

    /// <summary>Sets the window and forgets everything.</summary>
    public void Reset(int window) => _values.Reset(window);

    /// <summary>Takes one value.</summary>
    public double Next(double value)
    {
        _values.Push(value);
        return _values.Mean();
    }
}
