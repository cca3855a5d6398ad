using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Kedge.Cli.Tests;

/// <summary>Bars as text – open, high, low, close, volume, trades, each to its last digit – from a feed's databases, its lines, and the venue.</summary>
internal static class FeedBars
{
    /// <summary>What a database holds of a symbol, by open time.</summary>
    public static Dictionary<long, string> Stored(string file, string symbol)
    {
        Dictionary<long, string> bars = [];
        using SqliteConnection connection = Open(file);
        using SqliteCommand select = connection.CreateCommand();
        select.CommandText = "SELECT t, o, h, l, c, v, n FROM candles WHERE symbol = $symbol ORDER BY t";
        select.Parameters.AddWithValue("$symbol", symbol);
        using SqliteDataReader rows = select.ExecuteReader();
        while (rows.Read())
        {
            bars.Add(rows.GetInt64(0), Text([.. Enumerable.Range(1, 5).Select(rows.GetDouble)], rows.GetInt64(6)));
        }

        return bars;
    }

    /// <summary>What SQLite finds wrong with a database; "ok" when nothing.</summary>
    public static string Integrity(string file)
    {
        using SqliteConnection connection = Open(file);
        using SqliteCommand check = connection.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        return (string)check.ExecuteScalar()!;
    }

    /// <summary>What the venue tells, by open time; the last one forms.</summary>
    public static async Task<SortedDictionary<long, string>> VenueAsync(RunningExchange exchange, string symbol, string interval)
    {
        using HttpClient client = new();
        string question =
            $$$"""{"type":"candleSnapshot","req":{"coin":"{{{symbol}}}","startTime":0,"interval":"{{{interval}}}"}}""";
        using HttpResponseMessage answer = await client.PostAsync(
            new Uri(exchange.Url + "/info"),
            new StringContent(question),
            TestContext.Current.CancellationToken
        );
        using JsonDocument told = JsonDocument.Parse(
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
        SortedDictionary<long, string> bars = [];
        foreach (JsonElement c in told.RootElement.EnumerateArray())
        {
            double[] numbers = [.. "ohlcv".Select(f => Number(c.GetProperty($"{f}").GetString()!))];
            bars.Add(c.GetProperty("t").GetInt64(), Text(numbers, c.GetProperty("n").GetInt64()));
        }

        return bars;
    }

    /// <summary>A line of <c>feed run --json</c>.</summary>
    public static (string Symbol, string Interval, long OpenMs, string Bar) Line(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement bar = document.RootElement;
        double[] numbers = [.. "ohlcv".Select(f => bar.GetProperty($"{f}").GetDouble())];
        return (
            bar.GetProperty("symbol").GetString()!,
            bar.GetProperty("interval").GetString()!,
            bar.GetProperty("t").GetInt64(),
            Text(numbers, bar.GetProperty("n").GetInt64())
        );
    }

    private static SqliteConnection Open(string file)
    {
        SqliteConnection connection = new($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(double[] numbers, long trades) =>
        string.Join(' ', numbers.Select(n => n.ToString("R", CultureInfo.InvariantCulture))) + $" {trades}";
}
