namespace Kedge.Exchange.Gateways.Hyperliquid.Info;

/// <summary>Lengths of candles and the venue's names for them. A month is counted as 30 days.</summary>
internal static class Intervals
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;

    private static readonly (string Name, long Ms)[] Known =
    [
        ("1m", Minute),
        ("3m", 3 * Minute),
        ("5m", 5 * Minute),
        ("15m", 15 * Minute),
        ("30m", 30 * Minute),
        ("1h", Hour),
        ("2h", 2 * Hour),
        ("4h", 4 * Hour),
        ("8h", 8 * Hour),
        ("12h", 12 * Hour),
        ("1d", Day),
        ("3d", 3 * Day),
        ("1w", 7 * Day),
        ("1M", 30 * Day),
    ];

    /// <summary>Length by name; false when the venue has no such candles.</summary>
    public static bool TryParse(string name, out long ms)
    {
        foreach ((string known, long length) in Known)
        {
            if (string.Equals(known, name, StringComparison.Ordinal))
            {
                ms = length;
                return true;
            }
        }

        ms = 0;
        return false;
    }

    /// <summary>Name by length.</summary>
    public static string Name(long ms) => Array.Find(Known, known => known.Ms == ms).Name ?? $"{ms}ms";
}
