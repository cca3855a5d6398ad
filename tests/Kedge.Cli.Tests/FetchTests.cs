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
