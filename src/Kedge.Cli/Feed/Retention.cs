using System.Globalization;
using Kedge.Data.Feed;
using Kedge.Model;

namespace Kedge.Cli.Feed;

/// <summary>
/// For how many days bars of each interval are kept: what an option says, else <c>AI_QUANT_CANDLE_HORIZON_&lt;interval&gt;_D</c> unless
/// <c>AI_QUANT_CANDLE_PRUNE_DISABLE_INTERVALS</c> names the interval. Nothing is deleted of an interval for which neither was given.
/// </summary>
internal static class Retention
{
    private const string Disabled = "AI_QUANT_CANDLE_PRUNE_DISABLE_INTERVALS";
    private const string DisabledByDefault = "3m,5m";
    private const int MaxDays = 36_500;

    /// <summary>Days by name of the interval.</summary>
    /// <param name="options">Such as <c>1m=30</c>; <c>1m=0</c> keeps for ever whatever the environment says.</param>
    /// <param name="intervals">Intervals the feed keeps.</param>
    /// <param name="environment">Reads a variable; null when it is not set.</param>
    /// <exception cref="KedgeException">An option or a variable is wrong (exit 2): days that are misread would be data that is lost.</exception>
    public static IReadOnlyDictionary<string, int> Read(
        IEnumerable<string> options,
        IReadOnlyCollection<Interval> intervals,
        Func<string, string?> environment
    )
    {
        SortedDictionary<string, int> days = new(StringComparer.Ordinal);
        HashSet<string> appendOnly = new(
            (environment(Disabled) ?? DisabledByDefault).Split(
                ',',
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
            ),
            StringComparer.Ordinal
        );
        foreach (string wrong in appendOnly.Where(name => !Interval.TryParse(name, out _)))
        {
            throw KedgeException.Usage($"{Disabled}: '{wrong}' is no interval; one of {string.Join(' ', Interval.Names)}");
        }

        foreach (Interval interval in intervals)
        {
            string variable = $"AI_QUANT_CANDLE_HORIZON_{interval}_D";
            if (environment(variable) is { Length: > 0 } text && !appendOnly.Contains(interval.Name))
            {
                days[interval.Name] = Days(text, variable, least: 1);
            }
        }

        foreach (string option in options)
        {
            string[] parts = option.Split('=', 2);
            Interval? interval = intervals.Cast<Interval?>().FirstOrDefault(i => i!.Value.Name == parts[0]);
            if (parts.Length != 2 || interval is null)
            {
                throw KedgeException.Usage(
                    $"--keep: '{option}' is no interval of this feed with its days, such as 1m=30; intervals are {string.Join(' ', intervals)}"
                );
            }

            days[parts[0]] = Days(parts[1], "--keep", least: 0);
            if (days[parts[0]] == 0)
            {
                days.Remove(parts[0]);
            }
        }

        return days;
    }

    /// <summary>What will be deleted, for the log; null when nothing will.</summary>
    public static string? Describe(FeedSettings settings) =>
        settings.KeepDays.Count == 0
            ? null
            : "bars older than this are deleted: "
                + string.Join(
                    ", ",
                    settings
                        .Coarse.Prepend(FeedSettings.Minute)
                        .Where(i => settings.KeptMs(i) is not null)
                        .Select(i =>
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{i} {settings.KeptMs(i)!.Value / 86_400_000.0:0.##} days"
                            )
                        )
                );

    private static int Days(string text, string what, int least) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int days) && days >= least && days <= MaxDays
            ? days
            : throw KedgeException.Usage($"{what}: '{text}' is no whole number of days from {least} to {MaxDays}");
}
