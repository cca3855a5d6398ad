namespace Kedge.Research.Statistics;

/// <summary>
/// The last value of every UTC day that has one, and the simple returns between them. Points are stamped with closes, so the one at midnight
/// belongs to the day that ends there.
/// </summary>
public sealed class DailySeries
{
    private readonly List<long> _days = [];
    private readonly List<double> _values = [];

    /// <summary>Milliseconds of a day.</summary>
    public const long DayMs = 86_400_000;

    /// <summary>Days, counted from 1970-01-01.</summary>
    public IReadOnlyList<long> Days => _days;

    /// <summary>Last value of each day.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <summary>Takes the next point; times ascend.</summary>
    public void Add(long timeMs, double value)
    {
        long day = Math.DivRem(timeMs - 1, DayMs, out long rest);
        day -= rest < 0 ? 1 : 0;
        if (_days.Count > 0 && _days[^1] == day)
        {
            _values[^1] = value;
        }
        else
        {
            _days.Add(day);
            _values.Add(value);
        }
    }

    /// <summary>Simple returns from day to day: one fewer than days; 0 when the value before is about 0.</summary>
    public double[] Returns()
    {
        if (_values.Count < 2)
        {
            return [];
        }

        double[] returns = new double[_values.Count - 1];
        for (int i = 0; i < returns.Length; i++)
        {
            double before = _values[i];
            returns[i] = Math.Abs(before) < 1e-12 ? 0.0 : (_values[i + 1] - before) / before;
        }

        return returns;
    }
}
