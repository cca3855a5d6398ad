using System.Diagnostics;
using System.Globalization;

namespace Kedge.Cli.Tests;

/// <summary>
/// The feed as a real process, killed without warning or stopped while a minute of the venue passes in a second: nothing it said was on disk is lost,
/// the databases are sound, and the next start makes good what lacks. <c>feed-kills.sh</c> does it more often.
/// </summary>
public sealed class FeedKillTests : IDisposable
{
    private const int LimitMs = 90_000;
    private static readonly string[] Symbols = ["BTC"];
    private static readonly string[] Intervals = ["1m", "5m"];

    private static readonly int Kills = Setting("KEDGE_FEED_KILLS", 20);
    private static readonly int Seed = Setting("KEDGE_FEED_KILLS_SEED", 1);
    private readonly TempFolder _folder = new();
    private readonly Dictionary<(string Symbol, string Interval, long OpenMs), string> _acknowledged = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_feed_that_is_killed_at_random_loses_no_bar_it_acknowledged_and_its_next_start_repairs_the_rest()
    {
        Random dice = new(Seed);
        using RunningExchange exchange = Exchange();
        long told = 0;
        int silent = 0;
        for (int kill = 1; kill <= Kills; kill++)
        {
            if (kill % 5 == 1)
            {
                // Once more with nothing: this one dies while history is fetched.
                _acknowledged.Clear();
                Forget();
            }

            using FeedLife feed = Start(exchange);
            LiveFor(feed, dice);
            Assert.False(feed.HasEnded, feed.HasEnded ? feed.Error : "");
            feed.Kill();
            told += feed.Lines;
            silent += feed.Lines == 0 ? 1 : 0;
            RequireSound($"kill {kill} of seed {Seed}");
        }

        Assert.True(told > 100 * Kills, $"{told} bars acknowledged in {Kills} lives, {silent} of them without any");
        using FeedLife last = Start(exchange);
        await EqualsVenueAsync(exchange);
    }

    [Fact]
    public async Task A_feed_that_is_stopped_while_bars_close_fast_loses_none()
    {
        using RunningExchange exchange = Exchange();
        long newest = 0;
        for (int stop = 1; stop <= 2; stop++)
        {
            using FeedLife feed = Start(exchange);
            // The first life may have fetched the whole history already; then only new minutes come.
            int wanted = stop == 1 ? 200 : 3;
            Wait(() => feed.Lines > wanted, feed);
            await Task.Delay(2_500, TestContext.Current.CancellationToken);
            newest = (await FeedBars.VenueAsync(exchange, "BTC", "1m")).Keys.Max();
            int code = feed.Terminate();
            Assert.True(code == 0, feed.Error);
            RequireSound($"stop {stop}");
            Assert.Empty(Directory.GetFiles(_folder.At("candles_dbs"), "*-wal"));
        }

        // What was over by the venue's clock is there but for the last moments: it takes up to a second, a minute of the venue, to be stored.
        foreach (string symbol in Symbols)
        {
            long[] minutes = [.. FeedBars.Stored(File("1m"), symbol).Keys.Where(t => t > newest - 3_600_000)];
            Assert.True(minutes.Max() >= newest - (4 * 60_000), $"{symbol}: {minutes.Max()}, the venue had {newest}");
        }

        using FeedLife last = Start(exchange);
        await EqualsVenueAsync(exchange);
    }

    private static int Setting(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : usual;

    private static void LiveFor(FeedLife feed, Random dice)
    {
        if (dice.Next(4) > 0)
        {
            // In the middle of batches: after some bars, and a moment.
            int lines = dice.Next(1, 4_000);
            long start = Stopwatch.GetTimestamp();
            while (feed.Lines < lines && !feed.HasEnded && Stopwatch.GetElapsedTime(start).TotalMilliseconds < 2_000)
            {
                Thread.Sleep(1);
            }
        }

        Thread.Sleep(dice.Next(0, 700));
    }

    private static void Wait(Func<bool> done, FeedLife feed)
    {
        long start = Stopwatch.GetTimestamp();
        while (!done())
        {
            Assert.False(feed.HasEnded, feed.HasEnded ? feed.Error : "");
            Assert.True(Stopwatch.GetElapsedTime(start).TotalMilliseconds < LimitMs, "not in time");
            Thread.Sleep(20);
        }
    }

    private RunningExchange Exchange() =>
        RunningExchange.Start(_folder.Path, "--symbols", string.Join(',', Symbols), "--speed", "60");

    private FeedLife Start(RunningExchange exchange) =>
        new(
            _folder.Path,
            exchange,
            _acknowledged,
            "--symbols",
            string.Join(',', Symbols),
            "--intervals",
            string.Join(',', Intervals)
        );

    private string File(string interval) => _folder.At($"candles_dbs/candles_{interval}.db");

    private void Forget()
    {
        if (Directory.Exists(_folder.At("candles_dbs")))
        {
            Directory.Delete(_folder.At("candles_dbs"), recursive: true);
        }
    }

    /// <summary>The databases open and are whole, and everything that was acknowledged is in them as it was told last.</summary>
    private void RequireSound(string when)
    {
        foreach (string interval in Intervals.Where(i => System.IO.File.Exists(File(i)) && new FileInfo(File(i)).Length > 0))
        {
            Assert.Equal((when, "ok"), (when, FeedBars.Integrity(File(interval))));
        }

        foreach (
            var series in _acknowledged.GroupBy(bar => (bar.Key.Symbol, bar.Key.Interval), bar => (bar.Key.OpenMs, bar.Value))
        )
        {
            Dictionary<long, string> stored = FeedBars.Stored(File(series.Key.Interval), series.Key.Symbol);
            Assert.All(
                series,
                bar =>
                    Assert.Equal(
                        $"{when}: {series.Key} {bar.OpenMs} {bar.Value}",
                        $"{when}: {series.Key} {bar.OpenMs} {stored.GetValueOrDefault(bar.OpenMs, "lost")}"
                    )
            );
        }
    }

    /// <summary>In the end every bar of the venue is stored as the venue tells it, but for the newest, which may be on their way.</summary>
    private async Task EqualsVenueAsync(RunningExchange exchange)
    {
        long start = Stopwatch.GetTimestamp();
        string difference;
        do
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
            difference = "";
            foreach (string symbol in Symbols)
            {
                foreach (string interval in Intervals)
                {
                    SortedDictionary<long, string> venue = await FeedBars.VenueAsync(exchange, symbol, interval);
                    Dictionary<long, string> stored = FeedBars.Stored(File(interval), symbol);
                    // It keeps 5,000 and lets go of one each minute of its own.
                    long[] known = [.. venue.Keys.Skip(venue.Count == 5_000 ? 200 : 0).SkipLast(20)];
                    int differ = known.Count(t => stored.GetValueOrDefault(t) != venue[t]);
                    difference += differ > 0 ? $"{symbol} {interval}: {differ} of {known.Length} differ; " : "";
                }
            }
        } while (difference.Length > 0 && Stopwatch.GetElapsedTime(start).TotalMilliseconds < LimitMs);

        Assert.Equal("", difference);
    }
}
