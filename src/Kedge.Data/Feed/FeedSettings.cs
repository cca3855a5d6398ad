using Kedge.Model;

namespace Kedge.Data.Feed;

/// <summary>How a feed works. The defaults suit Hyperliquid.</summary>
public sealed record FeedSettings
{
    private const long DayMs = 86_400_000;

    /// <summary>The shortest interval and the only one that is subscribed.</summary>
    public static Interval Minute { get; } = Interval.Parse("1m");

    /// <summary>Intervals longer than a minute that are kept.</summary>
    public IReadOnlyList<Interval> Coarse { get; init; } =
    [Interval.Parse("3m"), Interval.Parse("5m"), Interval.Parse("15m"), Interval.Parse("30m"), Interval.Parse("1h")];

    /// <summary>Streams the venue allows one address; one is kept for mids, and one a symbol for quotes where they are wanted.</summary>
    public int SubscriptionLimit { get; init; } = 1_000;

    /// <summary>Best bids and offers are wanted.</summary>
    public bool WithQuotes { get; init; } = true;

    /// <summary>A bar counts as over this long after its end, milliseconds: what the venue still adds to it has come by then.</summary>
    public long GraceMs { get; init; } = 2_000;

    /// <summary>How often what is due is looked for while nothing has come in and nothing is under way, milliseconds; at least 500.</summary>
    public long CalmTickMs { get; init; } = 500;

    /// <summary>Bars back to which history is wanted and can be had, for each interval.</summary>
    public int HistoryBars { get; init; } = 5_000;

    /// <summary>Bars asked for at once when history is fetched.</summary>
    public int ChunkBars { get; init; } = 2_500;

    /// <summary>Newest bars that every question about the tail covers, and in which the venue's later corrections are looked for.</summary>
    public int RecentBars { get; init; } = 120;

    /// <summary>Newest bars of each series that are held in memory, compared and served; more than <see cref="RecentBars"/>.</summary>
    public int WindowBars { get; init; } = 180;

    /// <summary>Questions for candles that may be unanswered at a time.</summary>
    public int MaxOutstanding { get; init; } = 4;

    /// <summary>Weight of questions per minute, as the venue counts it (20 and 1 for each 60 bars): half of what Hyperliquid allows an address.</summary>
    public int WeightPerMinute { get; init; } = 600;

    /// <summary>Minutes are confirmed this often, milliseconds; less often when the weight does not suffice.</summary>
    public long ConfirmMinutesEveryMs { get; init; } = 40_000;

    /// <summary>Longer bars are confirmed this often, milliseconds.</summary>
    public long ConfirmCoarseEveryMs { get; init; } = 1_800_000;

    /// <summary>Everything the venue still has is asked for again this often, milliseconds: finds bars that were taken for empty.</summary>
    public long DeepCheckEveryMs { get; init; } = 86_400_000;

    /// <summary>
    /// A question without an answer is given up after this long, milliseconds. Long, since a session repeats what fails and answers in the end, if only
    /// with an error: one that is asked anew meanwhile would wait behind the first and cost the same weight again.
    /// </summary>
    public long AnswerTimeoutMs { get; init; } = 300_000;

    /// <summary>Bars held that are not stored yet; beyond it the oldest are let go and fetched again later.</summary>
    public int MaxUnstored { get; init; } = 50_000;

    /// <summary>Bars in one batch for the store.</summary>
    public int MaxBatch { get; init; } = 5_000;

    /// <summary>How many days bars are kept at least, by name of the interval; those that are not named are kept for ever.</summary>
    public IReadOnlyDictionary<string, int> KeepDays { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Hourly funding rates are kept.</summary>
    public bool WithFunding { get; init; } = true;

    /// <summary>What trades at the venue is asked for every hour and kept; a symbol that trades no more is given up.</summary>
    public bool WithUniverse { get; init; } = true;

    /// <summary>An alert is raised when the local clock differs from the venue's by more than this for three minutes, milliseconds.</summary>
    public long ClockLimitMs { get; init; } = 1_000;

    /// <summary>
    /// For how long bars of an interval are kept, milliseconds: the days of <see cref="KeepDays"/>, and never less than the feed itself wants, with
    /// twice a tenth of it (6 hours to 7 days) added. Null for ever.
    /// </summary>
    public long? KeptMs(Interval interval)
    {
        if (!KeepDays.TryGetValue(interval.Name, out int days))
        {
            return null;
        }

        long horizon = Math.Max(days * DayMs, interval.Ms * HistoryBars);
        return horizon + (2 * Math.Clamp(horizon / 10, DayMs / 4, 7 * DayMs));
    }
}
