namespace Kedge.Kernel.Fused;

/// <summary>
/// One curve of the account over a run, as far as its statistics need it: the last value of each day, and the deepest falls. All zero at the start, but
/// for the room and the first peak.
/// </summary>
public unsafe struct FusedCurve
{
    /// <summary>Last value of each day that is over, room for all days of the window; null: the curve is not kept.</summary>
    public double* Daily;

    /// <summary>The newest value; the balance at the start before the first.</summary>
    public double Last;

    /// <summary>Highest value so far; the balance at the start before the first.</summary>
    public double Peak;

    /// <summary>Deepest fall below a peak, quote currency.</summary>
    public double DeepestFall;

    /// <summary>Deepest fall as a fraction of its peak. Peaks of 1e-12 and less do not count.</summary>
    public double DeepestFraction;

    /// <summary>Number of the day the newest value belongs to, from 0.</summary>
    public long Day;

    /// <summary>Takes a point.</summary>
    /// <param name="day">Number of its day; days ascend. One without a point keeps the value of the day before.</param>
    /// <param name="value">Value.</param>
    public void Add(long day, double value)
    {
        while (Day < day)
        {
            Daily[Day] = Last;
            Day++;
        }

        Last = value;
        if (value > Peak)
        {
            Peak = value;
            return;
        }

        double fall = Peak - value;
        DeepestFall = fall > DeepestFall ? fall : DeepestFall;
        if (Peak > 1e-12 && fall / Peak > DeepestFraction)
        {
            DeepestFraction = fall / Peak;
        }
    }
}
