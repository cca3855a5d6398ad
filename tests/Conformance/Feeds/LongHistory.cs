using Kedge.Exchange.Core;
using Kedge.Exchange.Market;

namespace Kedge.Conformance.Feeds;

/// <summary>
/// A market with 5,000 candles of every length up to an hour at little cost: minutes where they are needed for 1m and 3m, and before them only the bars
/// that the longer lengths need. 5,000 hours of minutes would be twelve times as many bars.
/// </summary>
internal static class LongHistory
{
    private const long MinuteMs = 60_000;
    private const int Kept = 5_000;

    // Longest first: how long the bars are, and how many hours before the start they begin; each stretch ends where the next one begins.
    private static readonly (int Minutes, int HoursBefore)[] Stretches = [(60, 5_100), (30, 2_550), (15, 1_275), (5, 425)];

    /// <summary>Hours of minutes: 5,000 bars of 3m.</summary>
    private const int MinuteHours = 255;

    /// <summary>The series of one symbol.</summary>
    /// <param name="symbol">Index of the instrument.</param>
    /// <param name="instrument">Its rules.</param>
    /// <param name="startMs">When it begins to be played, a full hour.</param>
    /// <param name="playedMinutes">Minutes that are played.</param>
    /// <param name="seed">Of the walk.</param>
    public static MarketSeries Make(int symbol, Instrument instrument, long startMs, int playedMinutes, ulong seed)
    {
        const long HourMs = 60 * MinuteMs;
        SeededWalk walk = new(300_000, 600, 50_000 * Bounds.Usd);
        List<MarketBar> older = [];
        for (int i = 0; i < Stretches.Length; i++)
        {
            (int minutes, int hours) = Stretches[i];
            int until = i + 1 < Stretches.Length ? Stretches[i + 1].HoursBefore : MinuteHours;
            long length = minutes * MinuteMs;
            long from = startMs - (hours * HourMs);
            MarketSeries stretch = SeededBars.Make(
                symbol,
                instrument,
                walk,
                from,
                (hours - until) * 60 / minutes,
                seed + (ulong)i
            );
            older.AddRange(stretch.Bars.Select((bar, at) => bar with { OpenMs = from + (at * length), LengthMs = length }));
        }

        MarketSeries played = SeededBars.Make(
            symbol,
            instrument,
            walk,
            startMs - (MinuteHours * HourMs),
            (MinuteHours * 60) + playedMinutes,
            seed
        );
        return played with { Older = older };
    }

    /// <summary>Candles of each length a venue tells, the forming one included.</summary>
    public static int CandlesKept => Kept;
}
