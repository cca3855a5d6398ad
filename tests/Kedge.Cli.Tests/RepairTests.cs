using System.Text.Json;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kedge.Cli.Tests;

/// <summary><c>kedge data check --repair</c> against a simulated exchange over real sockets.</summary>
public sealed class RepairTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public RepairTests() => Batteries_V2.Init();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_damaged_database_is_what_it_was_after_a_repair()
    {
        using RunningExchange exchange = RunningExchange.Start(_folder.Path, "--symbols", "BTC");
        Good(0, Run("data", "fetch", "--url", exchange.Url, "--symbols", "BTC", "--interval", "1m"));
        Good(0, Run("data", "check"));
        string[] before = Rows();
        Sql("DELETE FROM candles WHERE t IN (SELECT t FROM candles ORDER BY t LIMIT 12 OFFSET 900)");
        Sql("DELETE FROM candles WHERE t IN (SELECT t FROM candles ORDER BY t LIMIT 1 OFFSET 3000)");
        Sql("UPDATE candles SET h = l / 2 WHERE t IN (SELECT t FROM candles ORDER BY t LIMIT 2 OFFSET 2000)");
        Sql("UPDATE candles SET c = NULL WHERE t IN (SELECT t FROM candles ORDER BY t LIMIT 1 OFFSET 4000)");
        Sql("UPDATE candles SET t_close = 5 WHERE t IN (SELECT t FROM candles ORDER BY t LIMIT 4 OFFSET 100)");
        string[] damaged = Rows();
        Good(1, Run("data", "check"));

        Outcome dry = Run("data", "check", "--repair", "--dry-run");
        Good(1, dry);
        Assert.Contains(
            "ask for 13 missing bars and 3 in place of bad rows, correct 4 close times",
            dry.Out,
            StringComparison.Ordinal
        );
        Assert.Equal(damaged, Rows());

        using (
            FileStream held = new(
                _folder.At("candles_dbs/feed.lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            )
        )
        {
            Outcome refused = Run("data", "check", "--repair", "--url", exchange.Url);
            Good(3, refused);
            Assert.Contains("a feed writes here; stop it before the repair", refused.Error, StringComparison.Ordinal);
            Assert.Equal(damaged, Rows());
        }

        Outcome repaired = Run("data", "check", "--repair", "--url", exchange.Url, "--json");
        Good(0, repaired);
        JsonElement report = JsonDocument.Parse(repaired.Out).RootElement;
        Assert.True(report.GetProperty("good").GetBoolean());
        JsonElement series = Assert.Single(report.GetProperty("repaired").EnumerateArray());
        Assert.Equal(
            (13, 3, 3, 4),
            (
                series.GetProperty("filled").GetInt32(),
                series.GetProperty("put_aside").GetInt32(),
                series.GetProperty("replaced").GetInt32(),
                series.GetProperty("close_times_corrected").GetInt32()
            )
        );
        Assert.Equal(before, Rows());
        Good(0, Run("data", "check", "--repair", "--url", "http://127.0.0.1:9"));
    }

    [Fact]
    public void Without_the_venue_nothing_is_changed()
    {
        using (RunningExchange exchange = RunningExchange.Start(_folder.Path, "--symbols", "BTC"))
        {
            Good(0, Run("data", "fetch", "--url", exchange.Url, "--symbols", "BTC", "--interval", "1m"));
        }

        Sql("UPDATE candles SET h = l / 2 WHERE t IN (SELECT t FROM candles ORDER BY t LIMIT 2 OFFSET 2000)");
        string[] damaged = Rows();
        Outcome outcome = Run("data", "check", "--repair", "--url", "http://127.0.0.1:9");
        Good(4, outcome);
        Assert.Contains("does not answer", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(damaged, Rows());
    }

    [Fact]
    public void Options_of_a_repair_alone_are_refused() => Good(2, Run("data", "check", "--dry-run"));

    [Fact]
    public void Status_tells_what_is_late_and_that_no_feed_runs()
    {
        using (RunningExchange exchange = RunningExchange.Start(_folder.Path, "--symbols", "BTC,ETH"))
        {
            Good(0, Run("data", "fetch", "--url", exchange.Url, "--symbols", "BTC,ETH", "--interval", "1m"));
        }

        Outcome fresh = Run("feed", "status", "--check", "--max-lag", "3600");
        Good(0, fresh);
        Assert.Contains("No feed is running.", fresh.Out, StringComparison.Ordinal);
        Sql("DELETE FROM candles WHERE symbol = 'ETH' AND t > (SELECT max(t) FROM candles) - 7200000");
        Outcome late = Run("feed", "status", "--check", "--json", "--max-lag", "3600");
        Good(1, late);
        JsonElement report = JsonDocument.Parse(late.Out).RootElement;
        Assert.Equal((1, false), (report.GetProperty("late").GetInt32(), report.GetProperty("running").GetBoolean()));
        Good(0, Run("feed", "status", "--check", "--max-lag", "3600", "--symbols", "BTC"));
        Good(4, Run("feed", "status", "--symbols", "XYZ"));
        Good(4, Run("feed", "status", "--metrics", "127.0.0.1:9"));
        Good(2, Run("feed", "status", "--max-lag", "-1"));

        // A symbol that the newest list of what trades lacks is late for good and no fault.
        using SqliteConnection universe = new($"Data Source={_folder.At("candles_dbs/universe_history.db")};Pooling=False");
        universe.Open();
        using SqliteCommand make = universe.CreateCommand();
        make.CommandText =
            "CREATE TABLE universe_listings (symbol TEXT PRIMARY KEY, first_seen_ms INTEGER, last_seen_ms INTEGER);"
            + "INSERT INTO universe_listings VALUES ('BTC', 1, 9), ('ETH', 1, 5)";
        make.ExecuteNonQuery();
        Outcome delisted = Run("feed", "status", "--check", "--max-lag", "3600");
        Good(0, delisted);
        Assert.Contains("delisted", delisted.Out, StringComparison.Ordinal);
    }

    private static void Good(int code, Outcome outcome) => Assert.True(outcome.Code == code, outcome.ToString());

    private Outcome Run(params string[] arguments) => KedgeProgram.Run(_folder.Path, arguments);

    private void Sql(string sql)
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private string[] Rows()
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT symbol, t, t_close, o, h, l, c, v, n FROM candles ORDER BY symbol, t";
        using SqliteDataReader rows = command.ExecuteReader();
        List<string> all = [];
        while (rows.Read())
        {
            all.Add(
                string.Join(
                    ' ',
                    Enumerable
                        .Range(0, 9)
                        .Select(i => Convert.ToString(rows.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))
                )
            );
        }

        return [.. all];
    }

    private SqliteConnection Open()
    {
        SqliteConnection connection = new($"Data Source={_folder.At("candles_dbs/candles_1m.db")};Pooling=False");
        connection.Open();
        return connection;
    }
}
