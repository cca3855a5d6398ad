using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Kedge.Cli.Tests.Hosting;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kedge.Cli.Tests;

/// <summary>The real feed process as a service: what its manager hears, its health, metrics and log, and a disk that is full.</summary>
public sealed class FeedWatchTests : IDisposable
{
    private static readonly Dictionary<string, string> NoEnvironment = [];
    private readonly TempFolder _folder = new();

    public FeedWatchTests() => Batteries_V2.Init();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_service_manager_hears_when_it_is_ready_alive_and_ending_and_nothing_while_the_store_is_stuck()
    {
        using RunningExchange exchange = RunningExchange.Start(_folder.Path, "--symbols", "BTC,ETH,SOL");
        using Socket manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        string path = _folder.At("notify");
        manager.Bind(new UnixDomainSocketEndPoint(path));
        List<(long At, string Text)> heard = [];
        using RunningFeed feed = RunningFeed.Start(
            _folder.Path,
            exchange,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["NOTIFY_SOCKET"] = path, ["WATCHDOG_USEC"] = "2000000" },
            "--symbols",
            "BTC,ETH,SOL"
        );
        Task listening = Task.Run(() => Listen(manager, heard), TestContext.Current.CancellationToken);
        feed.WaitFor(() => Count("READY=1") == 1, "READY");
        Assert.StartsWith("READY=1\nSTATUS=", First("READY=1"), StringComparison.Ordinal);
        feed.WaitFor(() => Count("WATCHDOG=1") >= 3, "three signs of life");

        // History is being fetched, so that the store has something to write: it waits for this lock and gives up after five seconds.
        using (SqliteConnection other = new($"Data Source={_folder.At("candles_dbs/candles_1m.db")};Pooling=False"))
        {
            other.Open();
            Run(other, "BEGIN EXCLUSIVE");
            feed.WaitFor(() => feed.HasReason("store_failed"), "trouble with the store");
            Run(other, "ROLLBACK");
        }

        Assert.True(Longest() >= 2.0, $"silent for {Longest()} s at most: the manager would not have noticed");
        int before = Count("WATCHDOG=1");
        feed.WaitFor(() => Count("WATCHDOG=1") > before + 2, "life again");
        feed.WaitFor(() => feed.Codes().Contains("storing_resumed"), "resumption");

        // Under load: what the feed had when it was told to stop is on disk when it has ended.
        PrometheusReader last = feed.Metrics();
        Outcome outcome = feed.End();
        Assert.True(outcome.Code == 0, outcome.ToString());
        double had = Total(last, "kedge_feed_bars_stored_total") + last["kedge_feed_unstored_bars"];
        long held = new[] { "1m", "3m", "5m", "15m", "30m", "1h" }.Sum(i =>
            Rows($"candles_{i}.db", "SELECT count(*) FROM candles")
        );
        Assert.True(held >= had - Total(last, "revised"), $"{held} bars on disk, {had} before");
        Assert.Equal(1, Count("STOPPING=1"));
        manager.Close();
        await listening;
        Assert.Equal(["start", "metrics"], feed.Codes().Take(2));
        Assert.Equal(["stop", "stopped"], feed.Codes().TakeLast(2));
        Assert.Contains("store_failed", feed.Codes());

        int Count(string word)
        {
            lock (heard)
            {
                return heard.Count(h => h.Text.StartsWith(word, StringComparison.Ordinal));
            }
        }

        string First(string word)
        {
            lock (heard)
            {
                return heard.First(h => h.Text.StartsWith(word, StringComparison.Ordinal)).Text;
            }
        }

        double Longest()
        {
            lock (heard)
            {
                long[] at = [.. heard.Where(h => h.Text == "WATCHDOG=1").Select(h => h.At), Stopwatch.GetTimestamp()];
                return at.Zip(at.Skip(1)).Max(pair => Stopwatch.GetElapsedTime(pair.First, pair.Second).TotalSeconds);
            }
        }
    }

    [Fact]
    public void Health_and_metrics_say_how_the_feed_stands()
    {
        using RunningExchange exchange = RunningExchange.Start(_folder.Path, "--symbols", "BTC");
        using RunningFeed feed = RunningFeed.Start(
            _folder.Path,
            exchange,
            NoEnvironment,
            "--symbols",
            "BTC",
            "--intervals",
            "1m",
            "--bbo-snapshots"
        );
        feed.WaitFor(() => feed.Health().Report.GetProperty("status").GetString() == "ok", "good health");
        (int code, System.Text.Json.JsonElement report) = feed.Health();
        Assert.Equal(200, code);
        Assert.True(report.GetProperty("connected").GetBoolean());
        Assert.InRange(report.GetProperty("missing").GetInt64(), 0, 100);

        feed.WaitFor(() => feed.Metrics()["kedge_feed_quote_snapshots_total{outcome=\"written\"}"] > 0, "quotes");
        // Nothing is unstored before the first answer either.
        feed.WaitFor(() => feed.Metrics()["kedge_feed_bars_stored_total{interval=\"1m\"}"] >= 4_900, "the history stored");
        feed.WaitFor(() => feed.Metrics()["kedge_feed_unstored_bars"] == 0, "everything stored");
        PrometheusReader metrics = feed.Metrics();
        Assert.Equal(1, metrics["kedge_feed_connected"]);
        Assert.Equal(0, metrics["kedge_feed_health"]);
        Assert.InRange(metrics["kedge_feed_bars_stored_total{interval=\"1m\"}"], 4_900, 5_010);
        Assert.InRange(metrics["kedge_feed_bars_served_total{interval=\"1m\",kind=\"closed\"}"], 1, 500);
        Assert.InRange(metrics["kedge_feed_lag_seconds{interval=\"1m\"}"], 0, 180);
        Assert.True(metrics["kedge_feed_messages_total{channel=\"answer\"}"] > 2);
        Assert.True(metrics["kedge_feed_messages_total{channel=\"quote\"}"] > 0);
        Assert.True(metrics["kedge_feed_request_weight_total"] >= 20 * metrics["kedge_feed_questions_total"]);
        Assert.True(metrics["kedge_feed_write_seconds_count"] >= 1);
        Assert.Equal(0, metrics["kedge_feed_disk_full"]);

        string address = feed.Url().Authority;
        Outcome asked = KedgeProgram.Run(_folder.Path, "feed", "status", "--json", "--metrics", address);
        Assert.True(asked.Code == 0, asked.ToString());
        System.Text.Json.JsonElement status = System.Text.Json.JsonDocument.Parse(asked.Out).RootElement;
        Assert.True(status.GetProperty("running").GetBoolean());
        string? source = status.GetProperty("series")[0].GetProperty("source").GetString();
        Assert.Contains(source, new[] { "stream", "rest" });

        // The socket in the folder is asked when no address is named.
        asked = KedgeProgram.Run(_folder.Path, "feed", "status", "--json");
        Assert.True(asked.Code == 0, asked.ToString());
        status = System.Text.Json.JsonDocument.Parse(asked.Out).RootElement;
        Assert.All(
            status.GetProperty("series").EnumerateArray(),
            s => Assert.Contains(s.GetProperty("source").GetString(), new[] { "stream", "composed", "rest", "store" })
        );

        // The venue goes: that is seen.
        exchange.Kill();
        feed.WaitFor(() => feed.HasReason("disconnected"), "loss of the connection");
        Assert.Equal(0, feed.Metrics()["kedge_feed_connected"]);
        Assert.Equal(0, feed.End().Code);
        Assert.True(Rows("bbo_snapshots.db", "SELECT count(*) FROM bbo_snapshots WHERE bid > 0 AND ask >= bid AND mid > 0") > 0);
        Assert.True(Rows("universe_history.db", "SELECT count(*) FROM universe_listings WHERE symbol = 'BTC'") == 1);
        Assert.Contains("down", feed.Codes());
    }

    [Fact]
    public void On_a_full_disk_the_feed_lives_says_so_and_stores_again_when_there_is_room()
    {
        string small = _folder.At("small");
        Directory.CreateDirectory(small);
        if (Shell($"mount -t tmpfs -o size=24m tmpfs '{small}'") != 0)
        {
            Assert.Skip("no small disk can be mounted here (needs root)");
        }

        try
        {
            // Room for the empty databases, and not for history.
            File.WriteAllBytes(Path.Combine(small, "ballast"), new byte[(24 << 20) - 280_000]);
            using RunningExchange exchange = RunningExchange.Start(_folder.Path, "--symbols", "BTC");
            using RunningFeed feed = RunningFeed.Start(
                _folder.Path,
                exchange,
                NoEnvironment,
                "--symbols",
                "BTC",
                "--intervals",
                "1m",
                "--db-dir",
                small
            );
            feed.WaitFor(() => feed.HasReason("disk_full"), "full disk");
            Assert.Equal(503, feed.Health().Code);
            PrometheusReader metrics = feed.Metrics();
            Assert.Equal((1, 0), (metrics["kedge_feed_disk_full"], metrics["kedge_feed_storing"]));
            Assert.True(metrics["kedge_feed_unstored_bars"] > 0);
            Assert.True(metrics["kedge_feed_bars_served_total{interval=\"1m\",kind=\"closed\"}"] > 0);

            File.Delete(Path.Combine(small, "ballast"));
            feed.WaitFor(() => feed.Codes().Contains("storing_resumed"), "resumption");
            feed.WaitFor(() => feed.Health().Report.GetProperty("status").GetString() == "ok", "good health");
            feed.WaitFor(() => feed.Metrics()["kedge_feed_unstored_bars"] == 0, "everything stored");
            Assert.Single(feed.Codes(), "disk_full");
            Assert.Equal(0, feed.End().Code);
            Assert.InRange(Rows("small/candles_1m.db", "SELECT count(*) FROM candles"), 4_900, 5_010);
        }
        finally
        {
            Shell($"umount '{small}'");
        }
    }

    private static double Total(PrometheusReader metrics, string part) =>
        metrics.Samples.Where(s => s.Key.Contains(part, StringComparison.Ordinal)).Sum(s => s.Value);

    private static void Listen(Socket manager, List<(long At, string Text)> heard)
    {
        byte[] buffer = new byte[4_096];
        while (true)
        {
            int length;
            try
            {
                length = manager.Receive(buffer);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }

            if (length == 0)
            {
                return;
            }

            lock (heard)
            {
                heard.Add((Stopwatch.GetTimestamp(), Encoding.UTF8.GetString(buffer, 0, length)));
            }
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static int Shell(string line)
    {
        using Process process = Process.Start(
            new ProcessStartInfo("bash", ["-c", line]) { RedirectStandardError = true, UseShellExecute = false }
        )!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    private long Rows(string file, string sql)
    {
        string path = _folder.At(file);
        path = File.Exists(path) ? path : _folder.At($"candles_dbs/{file}");
        using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
