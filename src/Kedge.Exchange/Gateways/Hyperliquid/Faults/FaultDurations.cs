using System.Globalization;

namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>Durations as people write them: <c>250ms</c>, <c>5s</c>, <c>10m</c>, <c>2h</c>, <c>1d</c>, and <c>1s..20s</c> for a range.</summary>
internal static class FaultDurations
{
    private static readonly (string Suffix, long Ms)[] Units =
    [
        ("ms", 1),
        ("s", 1_000),
        ("m", 60_000),
        ("h", 3_600_000),
        ("d", 86_400_000),
    ];

    /// <summary>One duration within 0 to 30 days.</summary>
    public static bool TryOne(ReadOnlySpan<char> text, out long ms)
    {
        ms = 0;
        if (text is "0")
        {
            return true;
        }

        foreach ((string suffix, long unit) in Units)
        {
            if (
                text.EndsWith(suffix, StringComparison.Ordinal)
                && long.TryParse(text[..^suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            )
            {
                ms = count <= DurationRange.MaxMs / unit ? count * unit : 0;
                return count <= DurationRange.MaxMs / unit;
            }
        }

        return false;
    }

    /// <summary>One duration, or two with <c>..</c> between them.</summary>
    public static bool TryRange(string text, out DurationRange range)
    {
        int dots = text.IndexOf("..", StringComparison.Ordinal);
        bool isRead = TryOne(dots < 0 ? text : text.AsSpan(0, dots).Trim(), out long from);
        long to = from;
        isRead = isRead && (dots < 0 || TryOne(text.AsSpan(dots + 2).Trim(), out to));
        range = new DurationRange(from, to);
        return isRead && range.IsValid;
    }
}
