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
    private int _next;

    // Every value stands twice, one window apart, so that a full window is always one run of memory and its loops have a fixed length.
    private fixed double _values[2 * MaxCapacity];

    /// <summary>Empties the ring and sets its window.</summary>
    /// <param name="capacity">1…<see cref="MaxCapacity"/>.</param>
    public void Reset(int capacity)
    {
        _capacity = capacity;
        _count = 0;
        _next = 0;
    }

    /// <summary>Values present.</summary>
    public readonly int Count => _count;

    /// <summary>Whether the window is full.</summary>
    public readonly bool IsFull => _count == _capacity;

    /// <summary>Oldest value; 0 when empty.</summary>
    public readonly double Oldest => _count > 0 ? _values[First] : 0.0;

    private readonly int First => _count == _capacity ? _next : 0;

    /// <summary>Adds a value and drops the oldest when full.</summary>
    public void Push(double value)
    {
        _values[_next] = value;
        _values[_next + _capacity] = value;
        _next = _next + 1 == _capacity ? 0 : _next + 1;
        if (_count < _capacity)
        {
            _count++;
        }
    }

    /// <summary>Sum of the values present, oldest first.</summary>
    public readonly double Sum()
    {
        int first = First;
        int end = first + _count;
        int i = first;
        double sum = 0.0;

        // Four at a time in the same order: the same bits, and room for the processor to work on the next sum meanwhile.
        for (; i + 4 <= end; i += 4)
        {
            sum += _values[i];
            sum += _values[i + 1];
            sum += _values[i + 2];
            sum += _values[i + 3];
        }

        for (; i < end; i++)
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

        int first = First;
        int end = first + _count;
        int i = first;
        double sum = 0.0;
        for (; i + 4 <= end; i += 4)
        {
            double d0 = _values[i] - mean;
            double d1 = _values[i + 1] - mean;
            double d2 = _values[i + 2] - mean;
            double d3 = _values[i + 3] - mean;
            sum += d0 * d0;
            sum += d1 * d1;
            sum += d2 * d2;
            sum += d3 * d3;
        }

        for (; i < end; i++)
        {
            double d = _values[i] - mean;
            sum += d * d;
        }

        return sum / _count;
    }

    /// <summary>Smallest and largest value present; 0 and 0 when empty.</summary>
    public readonly void Range(out double min, out double max)
    {
        int first = First;
        int end = first + _count;
        min = _count > 0 ? _values[first] : 0.0;
        max = min;
        for (int i = first + 1; i < end; i++)
        {
            double v = _values[i];
            min = v < min ? v : min;
            max = v > max ? v : max;
        }
    }
}
