using System.Globalization;
using Kedge.Model;

namespace Kedge.Golden.Command;

/// <summary>Time stamps of the command line (backtester.md §6).</summary>
public static class TimestampText
{
    /// <summary>Reads integers in seconds, milliseconds, microseconds or nanoseconds by magnitude, RFC 3339, or a date.</summary>
    /// <returns>Epoch ms.</returns>
    public static long Parse(string text)
    {
        string digits = text.Replace("_", "", StringComparison.Ordinal);
        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long n))
        {
            return Math.Abs((double)n) switch
            {
                < 1e10 => n * 1000,
                < 1e13 => n,
                < 1e16 => n / 1000,
                _ => n / 1_000_000,
            };
        }

        DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out DateTimeOffset time)
            ? time.ToUnixTimeMilliseconds()
            : throw KedgeException.Usage($"'{text}' is no time stamp; use epoch numbers, YYYY-MM-DD or RFC 3339");
    }
}
