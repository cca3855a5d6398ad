using System.Globalization;

namespace Kedge.Research.Tests.Scenarios;

/// <summary>Times of the scenarios: hours and minutes since a midnight, 2024-01-01 UTC.</summary>
internal static class Clock
{
    private const long MidnightMs = 1_704_067_200_000;

    /// <summary>"28:00" is four in the morning of the second day.</summary>
    public static long At(string hoursAndMinutes)
    {
        string[] parts = hoursAndMinutes.Split(':');
        long hours = long.Parse(parts[0], CultureInfo.InvariantCulture);
        return MidnightMs + (((hours * 60) + long.Parse(parts[1], CultureInfo.InvariantCulture)) * 60_000);
    }

    public static string Of(long ms)
    {
        long minutes = (ms - MidnightMs) / 60_000;
        return $"{minutes / 60:00}:{minutes % 60:00}";
    }
}
