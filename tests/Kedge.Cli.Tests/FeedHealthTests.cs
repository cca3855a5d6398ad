using Kedge.Cli.Feed;
using Kedge.Cli.Hosting;
using Kedge.Cli.Tests.Hosting;
using Kedge.Data.Feed;
using Kedge.Data.Feed.Numbers;
using Kedge.Data.Feed.Serving;

namespace Kedge.Cli.Tests;

public sealed class FeedHealthTests
{
    private static readonly FeedNumbers Well = new()
    {
        AtMs = 1_750_000_000_000,
        UptimeMs = 600_000,
        IsConnected = true,
        ConnectionAgeMs = 590_000,
        Connections = 1,
        Disconnections = 0,
        LastDown = "",
        Channels = [new ChannelNumbers("candle", 100, 900), new ChannelNumbers("quote", 0, null)],
        Intervals = [new IntervalNumbers(FeedSettings.Minute, 90, 2, 1, 80, 3, 4, 1, 30_000, 400_000)],
        Symbols = 2,
        Listed = 1,
        Wanted = 10_000,
        OpenQuestions = 1,
        Questions = 40,
        FailedAnswers = 2,
        Weight = 900,
        Unstored = 10,
        IsStoring = true,
        IsDiskFull = false,
        Writes = new LatencyNumbers([0.1, 1], [3, 1, 0], 0.5),
        FailedWrites = 0,
        LostNotes = 0,
        LeftOut = 0,
        FundingBehind = 1,
        ClockOffsetMs = -40,
        IsClockOff = false,
        Alerts = new Dictionary<string, long>(StringComparer.Ordinal) { ["disk_full"] = 1 },
    };

    [Fact]
    public void A_feed_that_works_is_well() => Assert.Empty(FeedHealthRules.Judge(Well, 400, 900).Reasons);

    [Fact]
    public void Each_fault_has_its_reason_and_weight()
    {
        Expect("starting", HealthStatus.Degraded, null);
        Expect("loop_stuck", HealthStatus.Failing, Well, loopAgeMs: 31_000);
        Expect("store_stuck", HealthStatus.Failing, Well, writerAgeMs: 61_000);
        Expect("disk_full", HealthStatus.Failing, Well with { IsStoring = false, IsDiskFull = true });
        Expect("store_failed", HealthStatus.Failing, Well with { IsStoring = false });
        Expect("unstored", HealthStatus.Degraded, Well with { Unstored = 10_001 });
        Expect("starting", HealthStatus.Degraded, Well with { IsConnected = false, Connections = 0, UptimeMs = 20_000 });
        Expect("disconnected", HealthStatus.Degraded, Well with { IsConnected = false, ConnectionAgeMs = 5_000 });
        Expect("disconnected", HealthStatus.Failing, Well with { IsConnected = false, ConnectionAgeMs = 301_000 });
        Expect("stale", HealthStatus.Failing, Well with { Intervals = [Well.Intervals[0] with { LagMs = 181_000 }] });
        Expect("no_bars", HealthStatus.Failing, Well with { Intervals = [Well.Intervals[0] with { LagMs = null }] });
        Expect("missing", HealthStatus.Degraded, Well with { Intervals = [Well.Intervals[0] with { Missing = 101 }] });
        Expect("clock_offset", HealthStatus.Degraded, Well with { IsClockOff = true, ClockOffsetMs = 4_000 });
    }

    [Fact]
    public void One_quiet_symbol_does_not_make_a_feed_stale() =>
        Assert.Empty(
            FeedHealthRules.Judge(Well with { Intervals = [Well.Intervals[0] with { WorstLagMs = 90_000_000 }] }, 0, 0).Reasons
        );

    [Fact]
    public void Every_number_is_a_metric_that_can_be_read()
    {
        FeedHealth serving = default(FeedHealth) with { Clients = 3, Sheds = 2, Refusals = [], Stale = [] };
        PrometheusReader read = PrometheusReader.Read(FeedMetrics.Write(FeedHealthRules.Judge(Well, 0, 0), Well, serving, null));
        Assert.All(read.Types.Keys, name => Assert.StartsWith("kedge_feed_", name, StringComparison.Ordinal));
        Assert.All(read.Types.Where(t => t.Value == "counter"), t => Assert.EndsWith("_total", t.Key, StringComparison.Ordinal));
        Assert.Equal(
            [0, 100, 0.9, 2, 3, 4, 30, 400, 900, -0.04, 1, 4, 3, 2],
            [
                read["kedge_feed_health"],
                read["kedge_feed_messages_total{channel=\"candle\"}"],
                read["kedge_feed_channel_age_seconds{channel=\"candle\"}"],
                read["kedge_feed_bars_served_total{interval=\"1m\",kind=\"revised\"}"],
                read["kedge_feed_bars_quarantined_total{interval=\"1m\"}"],
                read["kedge_feed_bars_missing{interval=\"1m\"}"],
                read["kedge_feed_lag_seconds{interval=\"1m\"}"],
                read["kedge_feed_lag_worst_seconds{interval=\"1m\"}"],
                read["kedge_feed_request_weight_total"],
                read["kedge_feed_clock_offset_seconds"],
                read["kedge_feed_alerts_total{code=\"disk_full\"}"],
                read["kedge_feed_write_seconds_count"],
                read["kedge_feed_clients"],
                read["kedge_feed_sheds_total"],
            ]
        );
        Assert.DoesNotContain("kedge_feed_channel_age_seconds{channel=\"quote\"}", read.Samples.Keys);
    }

    private static void Expect(string code, HealthStatus status, FeedNumbers? numbers, long loopAgeMs = 0, long writerAgeMs = 0)
    {
        HealthReason reason = Assert.Single(FeedHealthRules.Judge(numbers, loopAgeMs, writerAgeMs).Reasons);
        Assert.Equal((code, status), (reason.Code, reason.Status));
    }
}
