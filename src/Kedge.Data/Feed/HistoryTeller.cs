using System.Globalization;

namespace Kedge.Data.Feed;

/// <summary>Tells an operator of the history at each tenth of it, and once when it is there.</summary>
/// <param name="Now">How far it is.</param>
/// <param name="ToldPercent">What was told last, whole tens; −1 when nothing was.</param>
internal sealed record HistoryTeller(FeedProgress Now, int ToldPercent)
{
    private const int Step = 10;
    private const double MinuteMs = 60_000.0;

    /// <summary>Goes on from what was told before; says something when there is something new.</summary>
    public static HistoryTeller? Next(HistoryTeller? before, FeedProgress? progress, Action<string, string>? noted)
    {
        if (progress is not FeedProgress now)
        {
            return before;
        }

        int told = before?.ToldPercent ?? -1;
        int tens = now.Percent / Step * Step;
        if (tens <= told)
        {
            return new HistoryTeller(now, told);
        }

        noted?.Invoke("history", Text(now));
        return new HistoryTeller(now, tens);
    }

    private static string Text(in FeedProgress now)
    {
        if (now.Percent == 100)
        {
            return string.Create(CultureInfo.InvariantCulture, $"all {now.Wanted:N0} bars are there");
        }

        string left = now.LeftMs is long ms
            ? string.Create(CultureInfo.InvariantCulture, $", about {Math.Ceiling(ms / MinuteMs):N0} min left")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"{now.Percent} %, {now.Had:N0} of {now.Wanted:N0} bars{left}");
    }
}
