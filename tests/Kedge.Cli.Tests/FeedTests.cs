using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kedge.Cli.Tests;

/// <summary><c>kedge feed</c> at a simulated exchange over real sockets: killed, started again, stopped; its databases equal the venue.</summary>
public sealed class FeedTests : IDisposable
{
    /// <summary>Nearly all 5,000: history may be there before the 61 bars between it and what the first question, an hour long, brought.</summary>
    private const int HistoryBars = 4_960;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_feed_loses_nothing_stored_and_a_stopped_one_equals_the_venue()
    {
        Batteries_V2.Init();
        using RunningExchange exchange = RunningExchange.Start(_folder.Path, "--symbols", "BTC");
        Dictionary<long, string> before;
        using (Process killed = Start(exchange))
        {
            Wait(() => Stored("1m").Count > 0);
            killed.Kill();
            killed.WaitForExit();
            before = Stored("1m");
        }

        using Process feed = Start(exchange);
        Task<string> error = feed.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Wait(() => Stored("1m").Count > HistoryBars && Stored("5m").Count > 500);
        using (Process second = Start(exchange))
        {
            Task<string> words = second.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            Outcome refused = KedgeProgram.Finish(second, second.StandardOutput.ReadToEnd(), words);
            Assert.Equal(3, refused.Code);
            Assert.Contains("another feed writes here", refused.Error, StringComparison.Ordinal);
        }

        using (Process kill = Process.Start("kill", ["-TERM", $"{feed.Id}"]))
        {
            kill.WaitForExit();
        }

        Outcome outcome = KedgeProgram.Finish(feed, feed.StandardOutput.ReadToEnd(), error);
        Assert.True(outcome.Code == 0, outcome.ToString());
        Dictionary<long, string> minutes = Stored("1m");
        Assert.All(before, bar => Assert.Equal(bar.Value, minutes[bar.Key]));
        await EqualsVenue(exchange, "1m", minutes);
        await EqualsVenue(exchange, "5m", Stored("5m"));

        using JsonDocument status = JsonDocument.Parse(KedgeProgram.Run(_folder.Path, "feed", "status", "--json").Out);
        JsonElement first = status.RootElement.GetProperty("series")[0];
        Assert.False(status.RootElement.GetProperty("running").GetBoolean());
        Assert.Equal(("BTC", "1m"), (first.GetProperty("symbol").GetString(), first.GetProperty("interval").GetString()));
        Assert.Equal(minutes.Keys.Max(), first.GetProperty("last_ms").GetInt64());
        Assert.Equal(0, first.GetProperty("lacking").GetInt64());
    }

    [Fact]
    public void What_a_feed_serves_can_be_watched()
    {
        using RunningExchange exchange = RunningExchange.Start(_folder.Path, "--symbols", "BTC,ETH");
        using Process feed = KedgeProgram.Start(
            _folder.Path,
            ["feed", "run", "--url", exchange.Url, "--symbols", "BTC,ETH", "--intervals", "1m", "--socket", "s.sock"]
        );
        Task<string> error = feed.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Outcome watched = KedgeProgram.Run(
            _folder.Path,
            "feed",
            "watch",
            "--socket",
            "s.sock",
            "--symbols",
            "ETH",
            "--count",
            "12",
            "--seconds",
            "60"
        );
        Assert.True(watched.Code == 0, watched.ToString());
        JsonElement[] lines =
        [
            .. watched.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement),
        ];
        Assert.Equal(12, lines.Length);
        Assert.Contains(lines, l => l.GetProperty("type").GetString() == "up");
        JsonElement mid = lines.First(l => l.GetProperty("type").GetString() == "mid");
        Assert.Equal("ETH", mid.GetProperty("symbol").GetString());
        Assert.True(mid.GetProperty("mid").GetDouble() > 0);
        Assert.InRange(mid.GetProperty("received_age_ms").GetInt64(), 0, 60_000);
        Assert.DoesNotContain(lines, l => l.TryGetProperty("symbol", out JsonElement symbol) && symbol.GetString() == "BTC");

        using (Process kill = Process.Start("kill", ["-TERM", $"{feed.Id}"]))
        {
            kill.WaitForExit();
        }

        Outcome outcome = KedgeProgram.Finish(feed, feed.StandardOutput.ReadToEnd(), error);
        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Contains("Served at ", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.At("s.sock")));

        Outcome nobody = KedgeProgram.Run(_folder.Path, "feed", "watch", "--socket", "s.sock", "--seconds", "0.2");
        Assert.Equal(4, nobody.Code);
        Assert.Contains("no feed answers", nobody.Error, StringComparison.Ordinal);
        Outcome refused = KedgeProgram.Run(
            _folder.Path,
            "feed",
            "run",
            "--symbols",
            "BTC",
            "--url",
            exchange.Url,
            "--socket",
            new string('x', 120)
        );
        Assert.Equal(2, refused.Code);
        Assert.Contains("at most 107 bytes", refused.Error, StringComparison.Ordinal);
    }

    private static async Task EqualsVenue(RunningExchange exchange, string interval, Dictionary<long, string> stored)
    {
        using HttpClient client = new();
        using HttpResponseMessage answer = await client.PostAsync(
            new Uri(exchange.Url + "/info"),
            new StringContent(
                "{\"type\":\"candleSnapshot\",\"req\":{\"coin\":\"BTC\",\"startTime\":0,\"interval\":\"" + interval + "\"}}"
            ),
            TestContext.Current.CancellationToken
        );
        using JsonDocument told = JsonDocument.Parse(
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
        Dictionary<long, string> venue = told
            .RootElement.EnumerateArray()
            .ToDictionary(
                c => c.GetProperty("t").GetInt64(),
                c => Text([.. "ohlcv".Select(f => Number(c, $"{f}"))], c.GetProperty("n").GetInt64())
            );

        // The venue keeps 5,000: its oldest may have gone since. Its newest still forms.
        long oldest = venue.Keys.Min();
        Assert.All(stored.Where(bar => bar.Key >= oldest), bar => Assert.Equal(venue[bar.Key], bar.Value));
        Assert.DoesNotContain(venue.Keys.Max(), stored.Keys);
        long newest = stored.Keys.Max();
        Assert.All(venue.Keys.Where(t => t <= newest && t > oldest + 600_000), t => Assert.Contains(t, stored.Keys));
    }

    private static double Number(JsonElement candle, string field) =>
        double.Parse(candle.GetProperty(field).GetString()!, CultureInfo.InvariantCulture);

    private static string Text(double[] numbers, long trades) =>
        string.Join(' ', numbers.Select(n => n.ToString("R", CultureInfo.InvariantCulture))) + $" {trades}";

    private static void Wait(Func<bool> done)
    {
        long start = Stopwatch.GetTimestamp();
        while (!done())
        {
            Assert.True(Stopwatch.GetElapsedTime(start).TotalSeconds < 120, "not within two minutes");
            Thread.Sleep(250);
        }
    }

    private Process Start(RunningExchange exchange) =>
        KedgeProgram.Start(
            _folder.Path,
            ["feed", "run", "--url", exchange.Url, "--symbols", "BTC", "--intervals", "1m,5m", "--quiet"]
        );

    private Dictionary<long, string> Stored(string interval)
    {
        Dictionary<long, string> bars = [];
        string file = _folder.At($"candles_dbs/candles_{interval}.db");
        if (!File.Exists(file))
        {
            return bars;
        }

        using SqliteConnection connection = new($"Data Source={file};Pooling=False");
        connection.Open();
        using SqliteCommand select = connection.CreateCommand();
        select.CommandText = "SELECT t, o, h, l, c, v, n FROM candles WHERE symbol = 'BTC' ORDER BY t";
        try
        {
            using SqliteDataReader rows = select.ExecuteReader();
            while (rows.Read())
            {
                bars.Add(rows.GetInt64(0), Text([.. Enumerable.Range(1, 5).Select(rows.GetDouble)], rows.GetInt64(6)));
            }
        }
        catch (SqliteException)
        {
            // The table is being made, or the writer holds the file for a moment.
            bars.Clear();
        }

        return bars;
    }
}
