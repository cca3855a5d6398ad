namespace Kedge.Kernel;

/// <summary>
/// Rounding and comparisons with the same bits in every world: no library calls, no double-to-integer conversion, defined for finite input.
/// </summary>
public static class Arithmetic
{
    /// <summary>2⁵²: from here on every double is an integer.</summary>
    private const double TwoTo52 = 4503599627370496.0;

    /// <summary>The larger of two finite numbers.</summary>
    public static double Max(double a, double b) => a > b ? a : b;

    /// <summary>The smaller of two finite numbers.</summary>
    public static double Min(double a, double b) => a < b ? a : b;

    /// <summary><paramref name="x"/> limited to [<paramref name="low"/>, <paramref name="high"/>]; low ≤ high.</summary>
    public static double Clamp(double x, double low, double high) => x < low ? low : (x > high ? high : x);

    /// <summary>Absolute value.</summary>
    public static double Abs(double x) => Math.Abs(x);

    /// <summary>Nearest integer, ties away from zero.</summary>
    public static double RoundAway(double x)
    {
        double magnitude = Abs(x);
        if (!(magnitude < TwoTo52))
        {
            return x;
        }

        double rounded = magnitude + TwoTo52 - TwoTo52;
        if (magnitude - rounded == 0.5)
        {
            rounded += 1.0;
        }

        return x < 0.0 ? 0.0 - rounded : rounded;
    }

    /// <summary>Nearest multiple of 10⁻¹², ties away from zero: the grain of money and prices in the kernel.</summary>
    public static double Round12(double x) => RoundAway(x * 1e12) / 1e12;

    /// <summary>Largest integer ≤ <paramref name="x"/>, for x ≥ 0.</summary>
    public static double Floor(double x)
    {
        if (!(x < TwoTo52))
        {
            return x;
        }

        double rounded = x + TwoTo52 - TwoTo52;
        return rounded > x ? rounded - 1.0 : rounded;
    }

    /// <summary>Whether a number is neither infinite nor not-a-number.</summary>
    public static bool IsFinite(double x) => x - x == 0.0;
}
