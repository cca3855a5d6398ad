using System.Globalization;
using System.Text.Json;
using Kedge.Cli.Hosting;
using Kedge.Data.Feed.Numbers;

namespace Kedge.Cli.Feed;

/// <summary>When a feed is well. What the rules mean and what to do is told in docs/operations/feed.md.</summary>
internal static class FeedHealthRules
{
    private const long LoopLimitMs = 30_000;
    private const long WriterLimitMs = 60_000;
    private const long DownLimitMs = 300_000;
    private const long StartMs = 30_000;
    private const long LagLimitMs = 180_000;
    private const int UnstoredLimit = 10_000;

    /// <summary>One part in this many may lack: the last minute that is just over, minutes without trades until they are settled.</summary>
    private const int MissingShare = 100;

    /// <summary>The verdict.</summary>
    /// <param name="numbers">How the feed stood; null when it has never come round.</param>
    /// <param name="loopAgeMs">Since its loop came round.</param>
    /// <param name="writerAgeMs">Since the thread of its store did.</param>
    public static HealthReport Judge(FeedNumbers? numbers, long loopAgeMs, long writerAgeMs)
    {
        List<HealthReason> reasons = [];
        if (loopAgeMs > LoopLimitMs)
        {
            reasons.Add(
                new HealthReason(HealthStatus.Failing, "loop_stuck", $"the loop has not come round for {Seconds(loopAgeMs)} s")
            );
        }

        if (writerAgeMs > WriterLimitMs)
        {
            reasons.Add(
                new HealthReason(HealthStatus.Failing, "store_stuck", $"one write has taken {Seconds(writerAgeMs)} s so far")
            );
        }

        if (numbers is null)
        {
            reasons.Add(new HealthReason(HealthStatus.Degraded, "starting", "it has just been started"));
            return new HealthReport(reasons);
        }

        Storing(numbers, reasons);
        Connection(numbers, reasons);
        Bars(numbers, reasons);
        if (numbers.IsClockOff)
        {
            reasons.Add(
                new HealthReason(
                    HealthStatus.Degraded,
                    "clock_offset",
                    $"the venue's clock and the local one differ by {numbers.ClockOffsetMs} ms"
                )
            );
        }

        return new HealthReport(reasons, writer => Details(writer, numbers));
    }

    private static void Storing(FeedNumbers n, List<HealthReason> reasons)
    {
        if (!n.IsStoring)
        {
            reasons.Add(
                n.IsDiskFull
                    ? new HealthReason(HealthStatus.Failing, "disk_full", "the disk is full: bars are served but not stored")
                    : new HealthReason(HealthStatus.Failing, "store_failed", "writing fails: bars are served but not stored")
            );
        }

        if (n.Unstored > UnstoredLimit)
        {
            reasons.Add(new HealthReason(HealthStatus.Degraded, "unstored", $"{n.Unstored} bars wait to be stored"));
        }
    }

    private static void Connection(FeedNumbers n, List<HealthReason> reasons)
    {
        if (n.IsConnected)
        {
            return;
        }

        bool isStarting = n.Connections == 0 && n.UptimeMs < StartMs;
        reasons.Add(
            isStarting
                ? new HealthReason(HealthStatus.Degraded, "starting", "not connected to the venue yet")
                : new HealthReason(
                    n.ConnectionAgeMs > DownLimitMs ? HealthStatus.Failing : HealthStatus.Degraded,
                    "disconnected",
                    $"not connected to the venue for {Seconds(n.ConnectionAgeMs)} s{(n.LastDown.Length == 0 ? "" : ": " + n.LastDown)}"
                )
        );
    }

    private static void Bars(FeedNumbers n, List<HealthReason> reasons)
    {
        IntervalNumbers minutes = n.Intervals[0];
        if (minutes.LagMs is null && n.UptimeMs > LagLimitMs)
        {
            reasons.Add(new HealthReason(HealthStatus.Failing, "no_bars", "no bar of any symbol is known"));
        }
        else if (minutes.LagMs > LagLimitMs)
        {
            reasons.Add(
                new HealthReason(
                    HealthStatus.Failing,
                    "stale",
                    $"the newest minute of any symbol ended {Seconds(minutes.LagMs.Value)} s ago by the venue's clock"
                )
            );
        }

        long missing = n.Intervals.Sum(i => i.Missing);
        if (missing > n.Wanted / MissingShare)
        {
            int series = n.Intervals.Sum(i => i.Incomplete);
            reasons.Add(
                new HealthReason(HealthStatus.Degraded, "missing", $"{missing} bars of {series} series lack and are asked for")
            );
        }
    }

    private static void Details(Utf8JsonWriter writer, FeedNumbers n)
    {
        writer.WriteNumber("at_ms", n.AtMs);
        writer.WriteNumber("uptime_ms", n.UptimeMs);
        writer.WriteBoolean("connected", n.IsConnected);
        writer.WriteNumber("symbols", n.Symbols);
        writer.WriteNumber("missing", n.Intervals.Sum(i => i.Missing));
        writer.WriteNumber("unstored", n.Unstored);
        if (n.ClockOffsetMs is long offset)
        {
            writer.WriteNumber("clock_offset_ms", offset);
        }
    }

    private static string Seconds(long ms) => (ms / 1_000).ToString(CultureInfo.InvariantCulture);
}
