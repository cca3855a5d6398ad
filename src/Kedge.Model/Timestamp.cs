using System.Globalization;

namespace Kedge.Model;

/// <summary>Times as users write them, and as reports show them. Always UTC.</summary>
public static class Timestamp
{
    private const long SecondsLimit = 10_000_000_000;
    private const long MillisecondsLimit = 10_000_000_000_000;
    private const long MicrosecondsLimit = 10_000_000_000_000_000;

    private static readonly string[] Dates = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];

    /// <summary>
    /// Reads an integer by magnitude (seconds below 10¹⁰, milliseconds below 10¹³, microseconds below 10¹⁶, else nanoseconds; underscores and
    /// a sign allowed), an RFC 3339 time, or a date (midnight UTC).
    /// </summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="epochMs">The time, epoch ms.</param>
    public static bool TryParse(string? text, out long epochMs)
    {
        epochMs = 0;
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        string digits = text.Trim().Replace("_", "", StringComparison.Ordinal);
        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            long size = number == long.MinValue ? long.MaxValue : Math.Abs(number);
            epochMs =
                size < SecondsLimit ? number * 1000
                : size < MillisecondsLimit ? number
                : size < MicrosecondsLimit ? number / 1000
                : number / 1_000_000;
            return true;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        string trimmed = text.Trim();
        bool known =
            DateTimeOffset.TryParseExact(trimmed, Dates, CultureInfo.InvariantCulture, Utc, out DateTimeOffset time)
            || (
                trimmed.Contains('T', StringComparison.OrdinalIgnoreCase)
                && DateTimeOffset.TryParse(trimmed, CultureInfo.InvariantCulture, Utc, out time)
            );
        epochMs = known ? time.ToUnixTimeMilliseconds() : 0;
        return known;
    }

    /// <summary>Reads a time of an option.</summary>
    /// <exception cref="KedgeException">It is none; exit code 2.</exception>
    public static long Parse(string text, string option) =>
        TryParse(text, out long epochMs)
            ? epochMs
            : throw KedgeException.Usage(
                $"{option}: '{text}' is not a time; write a date (2025-01-31), an RFC 3339 time (2025-01-31T14:00:00Z) or epoch milliseconds"
            );

    /// <summary>A time for people: <c>2025-01-31 14:00</c>, with seconds only when there are any.</summary>
    public static string Show(long epochMs)
    {
        DateTimeOffset time = DateTimeOffset.FromUnixTimeMilliseconds(epochMs);
        string format = epochMs % 60_000 == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss";
        return time.ToString(format, CultureInfo.InvariantCulture);
    }
}
