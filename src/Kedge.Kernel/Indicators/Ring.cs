namespace Kedge.Kernel.Indicators;

/// <summary>
/// The last N values, N ≤ 256. Sums are always taken anew, oldest value first, so results do not drift and are the same in every world.
/// </summary>
public unsafe struct Ring
{
    /// <summary>Largest window.</summary>
    public const int MaxCapacity = 256;

    private int _capacity;
    private int _count;
    private int _oldest;
    private fixed double _values[MaxCapacity];

    /// <summary>Empties the ring and sets its window.</summary>
    /// <param name="capacity">1…<see cref="MaxCapacity"/>.</param>
    public void Reset(int capacity)
    {
        _capacity = capacity;
        _count = 0;
        _oldest = 0;
    }

    /// <summary>Values present.</summary>
    public readonly int Count => _count;

    /// <summary>Whether the window is full.</summary>
    public readonly bool IsFull => _count == _capacity;

    /// <summary>Oldest value; 0 when empty.</summary>
    public readonly double Oldest => _count > 0 ? _values[_oldest] : 0.0;

    /// <summary>Adds a value and drops the oldest when full.</summary>
    public void Push(double value)
    {
        if (_count < _capacity)
        {
            _values[_count] = value;
            _count++;
            return;
        }

        _values[_oldest] = value;
        _oldest = _oldest + 1 == _capacity ? 0 : _oldest + 1;
    }

    /// <summary>Sum of the values present, oldest first.</summary>
    public readonly double Sum()
    {
        double sum = 0.0;
        for (int i = _oldest; i < _count; i++)
        {
            sum += _values[i];
        }

        for (int i = 0; i < _oldest; i++)
        {
            sum += _values[i];
        }

        return sum;
    }

    /// <summary>Mean of the values present; 0 when empty.</summary>
    public readonly double Mean() => _count == 0 ? 0.0 : Sum() / _count;

    /// <summary>Population variance around a mean, oldest first; 0 when empty.</summary>
    public readonly double Variance(double mean)
    {
        if (_count == 0)
        {
            return 0.0;
        }

        double sum = 0.0;
        for (int i = _oldest; i < _count; i++)
        {
            double d = _values[i] - mean;
            sum += d * d;
        }

        for (int i = 0; i < _oldest; i++)
        {
            double d = _values[i] - mean;
            sum += d * d;
        }

        return sum / _count;
    }

    /// <summary>Smallest and largest value present; 0 and 0 when empty.</summary>
    public readonly void Range(out double min, out double max)
    {
        if (_count == 0)
        {
            min = 0.0;
            max = 0.0;
            return;
        }

        min = _values[0];
        max = _values[0];
        for (int i = 1; i < _count; i++)
        {
            double v = _values[i];
            min = v < min ? v : min;
            max = v > max ? v : max;
        }
    }
}
