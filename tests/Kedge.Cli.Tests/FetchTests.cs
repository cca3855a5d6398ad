using System.Diagnostics;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kedge.Cli.Tests;

/// <summary><c>kedge data fetch</c> from a simulated exchange: the database holds the venue's candles, and a second run goes on.</summary>
public sealed class FetchTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Database_equals_the_venue_and_a_second_run_adds_only_what_is_missing()
    {
        Batteries_V2.Init();
        using RunningExchange exchange = RunningExchange.Start(_folder.Path, "--symbols", "BTC", "--interval", "5m");
        Assert.Equal(0, Fetch(exchange, "--json").Code);
        List<(long Time, double Close, double Volume)> stored = Stored();
        using HttpClient client = new();
        using HttpResponseMessage answer = await client.PostAsync(
            new Uri(exchange.Url + "/info"),
            new StringContent("{\"type\":\"candleSnapshot\",\"req\":{\"coin\":\"BTC\",\"interval\":\"5m\",\"startTime\":0}}"),
            TestContext.Current.CancellationToken
        );
        using JsonDocument told = JsonDocument.Parse(
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
        Dictionary<long, JsonElement> venue = told.RootElement.EnumerateArray().ToDictionary(c => c.GetProperty("t").GetInt64());
        Assert.True(stored.Count > 4_900, $"{stored.Count} candles");
        Assert.All(
            stored,
            s =>
            {
                Assert.Equal(
                    double.Parse(venue[s.Time].GetProperty("c").GetString()!, System.Globalization.CultureInfo.InvariantCulture),
                    s.Close
                );
                Assert.Equal(
                    double.Parse(venue[s.Time].GetProperty("v").GetString()!, System.Globalization.CultureInfo.InvariantCulture),
                    s.Volume
                );
            }
        );
        Assert.DoesNotContain(stored, s => s.Time == venue.Keys.Max());

        Execute("DELETE FROM candles WHERE t IN (SELECT t FROM candles ORDER BY t DESC LIMIT 7)");
        using JsonDocument second = JsonDocument.Parse(Fetch(exchange, "--json").Out);
        Assert.InRange(second.RootElement.GetProperty("series")[0].GetProperty("bars_added").GetInt64(), 7, 8);
        Assert.Equal(stored, Stored().Take(stored.Count));
    }

    [Fact]
    public void Symbols_that_do_not_trade_are_named()
    {
        using RunningExchange exchange = RunningExchange.Start(_folder.Path, "--symbols", "BTC");
        Outcome outcome = Fetch(exchange, "--symbols", "NOPE");
        Assert.Equal(2, outcome.Code);
        Assert.Contains("'NOPE' does not trade", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Venue_that_is_not_there_is_named_within_seconds()
    {
        long start = Stopwatch.GetTimestamp();
        Outcome outcome = KedgeProgram.Run(_folder.Path, "data", "fetch", "--url", "http://127.0.0.1:9");
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 20);
        Assert.True(outcome.Code == 4, outcome.ToString());
        Assert.Single(outcome.ErrorLines);
        Assert.Contains("127.0.0.1:9 does not answer", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("check the network and --url", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Killed_fetch_goes_on_and_ends_as_an_uninterrupted_one()
    {
        Batteries_V2.Init();
        string[] slow = ["--symbols", "BTC,ETH,SOL", "--interval", "5m", "--latency", "60..120"];
        using RunningExchange exchange = RunningExchange.Start(_folder.Path, slow);
        for (int i = 0; i < 4; i++)
        {
            string[] into = ["data", "fetch", "--url", exchange.Url, "--interval", "5m", "--into", "killed"];
            using Process fetch = KedgeProgram.Start(_folder.Path, into);
            long start = Stopwatch.GetTimestamp();
            string database = _folder.At("killed/candles_5m.db");
            while (!fetch.HasExited && !File.Exists(database) && Stopwatch.GetElapsedTime(start).TotalSeconds < 30)
            {
                Thread.Sleep(1);
            }

            Thread.Sleep(60 * i);
            fetch.Kill();
            fetch.WaitForExit();
        }

        Assert.Equal(0, Fetch(exchange, "--into", "killed").Code);
        Assert.Equal(0, Fetch(exchange, "--into", "whole").Code);
        List<(string, long, double, double)> killed = All("killed");
        List<(string, long, double, double)> whole = All("whole");
        Assert.True(killed.Count > 3 * 4_900, $"{killed.Count} candles");

        // A candle may have closed between the two.
        long last = Math.Min(killed.Max(c => c.Item2), whole.Max(c => c.Item2));
        long first = Math.Max(killed.Min(c => c.Item2), whole.Min(c => c.Item2));
        Assert.Equal(Within(whole, first, last), Within(killed, first, last));
    }

    private static IEnumerable<(string, long, double, double)> Within(
        List<(string Symbol, long Time, double, double)> all,
        long first,
        long last
    ) => all.Where(c => c.Time >= first && c.Time < last);

    private List<(string, long, double, double)> All(string folder)
    {
        using SqliteConnection connection = new($"Data Source={_folder.At(folder + "/candles_5m.db")};Pooling=False");
        connection.Open();
        using SqliteCommand select = connection.CreateCommand();
        select.CommandText = "SELECT symbol, t, c, v FROM candles ORDER BY symbol, t";
        using SqliteDataReader rows = select.ExecuteReader();
        List<(string, long, double, double)> all = [];
        while (rows.Read())
        {
            all.Add((rows.GetString(0), rows.GetInt64(1), rows.GetDouble(2), rows.GetDouble(3)));
        }

        return all;
    }

    private Outcome Fetch(RunningExchange exchange, params string[] more) =>
        KedgeProgram.Run(_folder.Path, ["data", "fetch", "--url", exchange.Url, "--interval", "5m", .. more]);

    private List<(long, double, double)> Stored()
    {
        using SqliteConnection connection = Open();
        using SqliteCommand select = connection.CreateCommand();
        select.CommandText = "SELECT t, c, v FROM candles WHERE symbol = 'BTC' AND interval = '5m' ORDER BY t";
        using SqliteDataReader rows = select.ExecuteReader();
        List<(long, double, double)> all = [];
        while (rows.Read())
        {
            all.Add((rows.GetInt64(0), rows.GetDouble(1), rows.GetDouble(2)));
        }

        return all;
    }

    private void Execute(string sql)
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open()
    {
        SqliteConnection connection = new($"Data Source={_folder.At("candles_dbs/candles_5m.db")};Pooling=False");
        connection.Open();
        return connection;
    }
}
