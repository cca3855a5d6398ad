using Kedge.Cli.Hosting;
using Kedge.Data.Feed.Numbers;
using Kedge.Data.Feed.Quotes;
using Kedge.Data.Feed.Serving;

namespace Kedge.Cli.Feed;

/// <summary>The numbers of a feed as Prometheus metrics, <c>kedge_feed_*</c>.</summary>
internal static class FeedMetrics
{
    /// <summary>All of them.</summary>
    /// <param name="report">How it stands.</param>
    /// <param name="n">Its numbers; null when it has never come round.</param>
    /// <param name="serving">How its socket stands; null when it has none.</param>
    /// <param name="quotes">Its quote snapshots; null when there are none.</param>
    public static string Write(HealthReport report, FeedNumbers? n, FeedHealth? serving, QuoteRecorder? quotes)
    {
        PrometheusText text = new();
        text.Gauge("kedge_feed_health", "How the feed stands: 0 ok, 1 degraded, 2 failing.").Sample((int)report.Status);
        if (n is not null)
        {
            Connection(text, n);
            Bars(text, n);
            Storing(text, n);
            Rest(text, n);
        }

        if (serving is { } s)
        {
            Serving(text, s);
        }

        if (quotes is not null)
        {
            text.Counter("kedge_feed_quote_snapshots_total", "Quote snapshots by what became of them.")
                .Sample(quotes.Written, ("outcome", "written"))
                .Sample(quotes.Dropped, ("outcome", "dropped"))
                .Sample(quotes.Failed, ("outcome", "failed"))
                .Sample(quotes.Refused, ("outcome", "refused"));
        }

        return text.ToString();
    }

    private static void Connection(PrometheusText text, FeedNumbers n)
    {
        text.Gauge("kedge_feed_uptime_seconds", "Time since the feed started.").Sample(n.UptimeMs / 1e3);
        text.Gauge("kedge_feed_connected", "1 while the feed is connected to the venue.").Sample(n.IsConnected ? 1 : 0);
        text.Gauge("kedge_feed_connection_age_seconds", "Time since the connection came or went.")
            .Sample(n.ConnectionAgeMs / 1e3);
        text.Counter("kedge_feed_connections_total", "Connections that came up.").Sample(n.Connections);
        text.Counter("kedge_feed_disconnections_total", "Connections lost and attempts that failed.").Sample(n.Disconnections);
        text.Counter("kedge_feed_messages_total", "What the venue told, by channel; each price counts.");
        foreach (ChannelNumbers c in n.Channels)
        {
            text.Sample(c.Messages, ("channel", c.Channel));
        }

        text.Gauge("kedge_feed_channel_age_seconds", "Time since the last message of a channel.");
        foreach (ChannelNumbers c in n.Channels)
        {
            if (c.AgeMs is long age)
            {
                text.Sample(age / 1e3, ("channel", c.Channel));
            }
        }

        text.Counter("kedge_feed_left_out_total", "Streamed candles left out because the feed did not keep up.")
            .Sample(n.LeftOut);
    }

    private static void Bars(PrometheusText text, FeedNumbers n)
    {
        text.Gauge("kedge_feed_symbols", "Symbols watched, and those of them that trade at the venue.")
            .Sample(n.Symbols, ("state", "watched"))
            .Sample(n.Listed, ("state", "listed"));
        text.Counter("kedge_feed_bars_served_total", "Bars served, by interval and why.");
        foreach (IntervalNumbers i in n.Intervals)
        {
            text.Sample(i.Closed, ("interval", i.Interval.Name), ("kind", "closed"))
                .Sample(i.Revised, ("interval", i.Interval.Name), ("kind", "revised"))
                .Sample(i.Completed, ("interval", i.Interval.Name), ("kind", "completed"));
        }

        Each("kedge_feed_bars_stored_total", "Bars acknowledged by the store.", true, i => i.Stored);
        Each("kedge_feed_bars_quarantined_total", "Bars put aside because they cannot be right.", true, i => i.Quarantined);
        Each("kedge_feed_bars_missing", "Bars that should be there and are not.", false, i => i.Missing);
        Each("kedge_feed_series_incomplete", "Series that lack bars: the queue of the backfill.", false, i => i.Incomplete);
        Each("kedge_feed_lag_seconds", "Venue's time since the end of the newest bar of any symbol.", false, i => i.LagMs / 1e3);
        Each(
            "kedge_feed_lag_worst_seconds",
            "The same of the symbol furthest behind; one without trades is behind without a fault.",
            false,
            i => i.WorstLagMs / 1e3
        );

        void Each(string name, string help, bool isCounter, Func<IntervalNumbers, double?> value)
        {
            _ = isCounter ? text.Counter(name, help) : text.Gauge(name, help);
            foreach (IntervalNumbers i in n.Intervals)
            {
                if (value(i) is double v)
                {
                    text.Sample(v, ("interval", i.Interval.Name));
                }
            }
        }
    }

    private static void Storing(PrometheusText text, FeedNumbers n)
    {
        text.Gauge("kedge_feed_unstored_bars", "Bars held that are not stored.").Sample(n.Unstored);
        text.Gauge("kedge_feed_storing", "1 while the store takes bars.").Sample(n.IsStoring ? 1 : 0);
        text.Gauge("kedge_feed_disk_full", "1 while the disk is full.").Sample(n.IsDiskFull ? 1 : 0);
        text.Histogram(
            "kedge_feed_write_seconds",
            "How long a batch of bars takes to be written.",
            n.Writes.Bounds,
            n.Writes.Counts,
            n.Writes.SumSeconds
        );
        text.Counter("kedge_feed_write_failures_total", "Batches that could not be written.").Sample(n.FailedWrites);
        text.Counter("kedge_feed_notes_lost_total", "Notes beside bars that could not be written.").Sample(n.LostNotes);
    }

    private static void Rest(PrometheusText text, FeedNumbers n)
    {
        text.Counter("kedge_feed_questions_total", "Questions asked of the venue.").Sample(n.Questions);
        text.Gauge("kedge_feed_questions_open", "Questions unanswered.").Sample(n.OpenQuestions);
        text.Counter("kedge_feed_answers_failed_total", "Answers that were errors.").Sample(n.FailedAnswers);
        text.Counter("kedge_feed_request_weight_total", "Weight of the questions asked, as the venue counts it.")
            .Sample(n.Weight);
        text.Gauge("kedge_feed_funding_behind", "Symbols whose newest funding rate is not stored.").Sample(n.FundingBehind);
        text.Gauge("kedge_feed_clock_offset_seconds", "Venue's time less local time.");
        if (n.ClockOffsetMs is long offset)
        {
            text.Sample(offset / 1e3);
        }

        text.Counter("kedge_feed_alerts_total", "Alerts raised, by code.");
        foreach ((string code, long count) in n.Alerts)
        {
            text.Sample(count, ("code", code));
        }
    }

    private static void Serving(PrometheusText text, FeedHealth s)
    {
        text.Gauge("kedge_feed_clients", "Clients of the feed's socket.").Sample(s.Clients);
        text.Counter("kedge_feed_sheds_total", "Times a client was too slow and values were left out for it.").Sample(s.Sheds);
        text.Counter("kedge_feed_serving_left_out_total", "Values the server left out for everyone.").Sample(s.LeftOut);
        text.Counter("kedge_feed_refusals_total", "Requests refused, by reason.");
        foreach (FeedRefusalCount refusal in s.Refusals)
        {
            text.Sample(refusal.Count, ("reason", refusal.Reason.ToString()));
        }

        text.Gauge("kedge_feed_stale_streams", "Streams of the venue that are silent for longer than their limit.")
            .Sample(s.StaleStreams);
    }
}
