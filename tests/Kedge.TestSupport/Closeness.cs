namespace Kedge.TestSupport;

/// <summary>Comparison of numbers with a tolerance stated as <c>|a − b| ≤ relative·|expected| + absolute</c>.</summary>
public static class Closeness
{
    /// <summary>Tolerance for values kept at full double precision.</summary>
    public const double FullPrecision = 1e-9;

    /// <summary>Extra absolute tolerance for values printed with eight decimals.</summary>
    public const double EightDecimals = 1e-8;

    /// <summary>Whether two numbers agree; infinities agree with themselves, not-a-number with nothing.</summary>
    public static bool Agree(double expected, double actual, double relative = FullPrecision, double absolute = 0.0) =>
        expected.Equals(actual) || Math.Abs(expected - actual) <= relative * Math.Abs(expected) + absolute;
}
