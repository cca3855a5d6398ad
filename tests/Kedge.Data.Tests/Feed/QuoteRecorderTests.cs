using Kedge.Data.Feed.Quotes;
using Kedge.Model;

namespace Kedge.Data.Tests.Feed;

public sealed class QuoteRecorderTests : IDisposable
{
    private const long Hour = 3_600_000;
    private readonly TempFolder _folder = new();
    private readonly long _now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_sample_of_a_symbol_is_kept_in_each_period_and_all_are_written_at_the_end()
    {
        using (QuoteRecorder recorder = new(new QuoteSnapshotOptions { Path = File, SampleMs = 100 }, TimeProvider.System))
        {
            for (int ms = 0; ms < 1_000; ms += 10)
            {
                recorder.Quote("BTC", 100, 102, _now + ms, 5_000 + ms);
                recorder.Quote("ETH", 10, 10.5, _now + ms, 5_000 + ms);
            }
        }

        Assert.Equal(20, Db.Scalar(File, "SELECT count(*) FROM bbo_snapshots"));
        Assert.Equal(
            10,
            Db.Scalar(File, "SELECT count(*) FROM bbo_snapshots WHERE symbol = 'BTC' AND bid = 100 AND ask = 102 AND mid = 101")
        );
        Assert.Equal(_now + 900, Db.Scalar(File, "SELECT max(ts_ms) FROM bbo_snapshots"));
    }

    [Fact]
    public void Quotes_that_cannot_be_right_are_not_kept()
    {
        using QuoteRecorder recorder = new(new QuoteSnapshotOptions { Path = File }, TimeProvider.System);
        recorder.Quote("BTC", 0, 1, _now, 1);
        recorder.Quote("BTC", 2, 1, _now, 1);
        recorder.Quote("BTC", double.NaN, 1, _now, 1);
        recorder.Quote("BTC", 1, double.PositiveInfinity, _now, 1);
        recorder.Quote("BTC", 1, double.NaN, _now, 1);
        Assert.Equal(5, recorder.Refused);
    }

    [Fact]
    public void What_is_older_than_it_is_kept_goes_at_the_start()
    {
        QuoteSnapshotOptions options = new() { Path = File, RetentionHours = 2 };
        using (QuoteRecorder recorder = new(options, TimeProvider.System))
        {
            recorder.Quote("NEW", 1, 2, _now - Hour, 1);
            recorder.Quote("OLD", 1, 2, _now - (3 * Hour), 1);
        }

        new QuoteRecorder(options, TimeProvider.System).Dispose();
        Assert.Equal(1, Db.Scalar(File, "SELECT count(*) FROM bbo_snapshots"));
    }

    [Fact]
    public void More_than_the_queue_holds_is_dropped_and_counted_and_nobody_waits()
    {
        const int quotes = 50_000;
        long written;
        long dropped;
        QuoteRecorder recorder = new(
            new QuoteSnapshotOptions
            {
                Path = File,
                SampleMs = 1,
                MaxQueue = 10,
            },
            TimeProvider.System
        );
        for (int i = 0; i < quotes; i++)
        {
            recorder.Quote("BTC", 1, 2, _now + i, i);
        }

        recorder.Dispose();
        (written, dropped) = (recorder.Written, recorder.Dropped);
        Assert.True(dropped > 0);
        Assert.Equal(quotes, written + dropped);
        Assert.Equal(written, Db.Scalar(File, "SELECT count(*) FROM bbo_snapshots"));
    }

    [Fact]
    public void A_quote_allocates_nothing()
    {
        using QuoteRecorder recorder = new(new QuoteSnapshotOptions { Path = File, MaxQueue = 1 }, TimeProvider.System);
        for (int i = 0; i < 100; i++)
        {
            recorder.Quote("BTC", 1, 2, _now, i * 10_000);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 100; i < 200; i++)
        {
            recorder.Quote("BTC", 1, 2, _now, i * 10_000);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Options_out_of_range_are_refused() =>
        Assert.Equal(
            FailureKind.Usage,
            Assert
                .Throws<KedgeException>(() =>
                    new QuoteRecorder(new QuoteSnapshotOptions { Path = File, SampleMs = 0 }, TimeProvider.System)
                )
                .Kind
        );

    private string File => _folder["bbo.db"];
}
