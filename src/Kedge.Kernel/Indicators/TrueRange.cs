namespace Kedge.Kernel.Indicators;

/// <summary>True range of a bar (Wilder 1978).</summary>
public static class TrueRange
{
    /// <summary>The largest of high − low, |high − previous close| and |low − previous close|.</summary>
    public static double Of(double high, double low, double previousClose)
    {
        double range = Arithmetic.Max(high - low, Arithmetic.Abs(high - previousClose));
        return Arithmetic.Max(range, Arithmetic.Abs(low - previousClose));
    }
}
