using System.Globalization;

namespace Kedge.Research.Reports;

/// <summary>Numbers as people read them.</summary>
internal static class Figures
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Money(double value) => Plain(value.ToString("N2", Culture));

    public static string Signed(double value) => value > 0.0 && Money(value) != "0.00" ? "+" + Money(value) : Money(value);

    public static string Percent(double fraction) => Plain((fraction * 100.0).ToString("N2", Culture)) + " %";

    public static string SignedPercent(double fraction) => fraction >= 0.00005 ? "+" + Percent(fraction) : Percent(fraction);

    public static string Share(double fraction) => (fraction * 100.0).ToString("N1", Culture) + " %";

    public static string Ratio(double value) =>
        double.IsPositiveInfinity(value) ? "∞" : (double.IsNegativeInfinity(value) ? "−∞" : Plain(value.ToString("N2", Culture)));

    public static string Count(long value) => value.ToString("N0", Culture);

    public static string Day(long timeMs) => DateTimeOffset.FromUnixTimeMilliseconds(timeMs).ToString("yyyy-MM-dd", Culture);

    public static string Minute(long timeMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(timeMs).ToString("yyyy-MM-dd HH:mm", Culture);

    public static string Days(double days) => days.ToString("N1", Culture) + " d";

    public static string Bar(double fraction, int width)
    {
        int eighths = (int)Math.Round(Math.Clamp(fraction, 0.0, 1.0) * width * 8.0);
        return new string('█', eighths / 8) + (eighths % 8 == 0 ? "" : "▏▎▍▌▋▊▉"[(eighths % 8) - 1].ToString());
    }

    private static string Plain(string text) => text is "-0.00" or "-0" ? text[1..] : text;
}
