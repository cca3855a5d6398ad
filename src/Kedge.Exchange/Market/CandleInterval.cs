using System.Text;

namespace Kedge.Exchange.Market;

/// <summary>
/// The candle lengths a client can ask for, <c>venue-hyperliquid.md</c> §6. All begin at multiples of their length since the epoch, except the
/// month, which is a calendar month of UTC and is called by the length of thirty days.
/// </summary>
internal static class CandleInterval
{
    /// <summary>One minute, from which all others follow.</summary>
    public const long MinuteMs = 60_000;

    /// <summary>The name a month goes by: no month need be that long.</summary>
    public const long MonthMs = 30 * DayMs;

    private const long DayMs = 86_400_000;

    private static readonly (string Name, byte[] Utf8, long Ms)[] Known =
    [
        Make("1m", MinuteMs),
        Make("3m", 3 * MinuteMs),
        Make("5m", 5 * MinuteMs),
        Make("15m", 15 * MinuteMs),
        Make("30m", 30 * MinuteMs),
        Make("1h", 60 * MinuteMs),
        Make("2h", 120 * MinuteMs),
        Make("4h", 240 * MinuteMs),
        Make("8h", 480 * MinuteMs),
        Make("12h", 720 * MinuteMs),
        Make("1d", DayMs),
        Make("3d", 3 * DayMs),
        Make("1w", 7 * DayMs),
        Make("1M", MonthMs),
    ];

    /// <summary>How many there are.</summary>
    public static int Count => Known.Length;

    /// <summary>Length of the one at a place, milliseconds; shortest first.</summary>
    public static long LengthAt(int place) => Known[place].Ms;

    /// <summary>Place of a length, −1 when it is none of them.</summary>
    public static int Find(long intervalMs)
    {
        for (int i = 0; i < Known.Length; i++)
        {
            if (Known[i].Ms == intervalMs)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Length of an interval by its name (<c>1m</c>, <c>1M</c>), case-sensitive.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out long intervalMs)
    {
        foreach ((string known, _, long ms) in Known)
        {
            if (name.SequenceEqual(known))
            {
                intervalMs = ms;
                return true;
            }
        }

        intervalMs = 0;
        return false;
    }

    /// <summary>Name of a length, UTF-8.</summary>
    public static ReadOnlySpan<byte> Name(long intervalMs) => Known[Find(intervalMs)].Utf8;

    /// <summary>First millisecond of the candle that holds a moment.</summary>
    public static long OpenOf(long intervalMs, long timeMs)
    {
        if (intervalMs != MonthMs)
        {
            long into = timeMs % intervalMs;
            return timeMs - (into < 0 ? into + intervalMs : into);
        }

        DateTime time = DateTime.UnixEpoch.AddMilliseconds(timeMs);
        return Ms(new DateTime(time.Year, time.Month, 1, 0, 0, 0, DateTimeKind.Utc));
    }

    /// <summary>First millisecond after the candle that begins at <paramref name="openMs"/>.</summary>
    public static long EndOf(long intervalMs, long openMs) =>
        intervalMs == MonthMs ? Ms(DateTime.UnixEpoch.AddMilliseconds(openMs).AddMonths(1)) : openMs + intervalMs;

    private static long Ms(DateTime time) => (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    private static (string Name, byte[] Utf8, long Ms) Make(string name, long ms) => (name, Encoding.UTF8.GetBytes(name), ms);
}
