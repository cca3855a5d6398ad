using System.Globalization;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.TestSupport;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kedge.Cli.Tests;

/// <summary>Small databases, good and bad, made without the code under test.</summary>
internal static class SampleData
{
    public const int Bars = 400;

    public const string Keyed =
        "CREATE TABLE candles (symbol TEXT, interval TEXT, t INTEGER, t_close INTEGER, o REAL, h REAL, l REAL, c REAL, v REAL, n INTEGER, "
        + "updated_at TEXT, PRIMARY KEY (symbol, interval, t))";

    public const string Keyless =
        "CREATE TABLE candles (symbol TEXT, interval TEXT, t INTEGER, t_close INTEGER, o REAL, h REAL, l REAL, c REAL, v REAL, n INTEGER, updated_at TEXT)";

    /// <summary>Three symbols of hourly bars with funding, and a configuration that trades.</summary>
    public static void Market(string folder)
    {
        Database(Path.Combine(folder, "candles_1h.db"), Keyed, GoldenMarket.Symbols.SelectMany(s => Rows(s.Symbol, s.Seed)));
        List<string> funding =
        [
            "CREATE TABLE funding_rates (symbol TEXT, time INTEGER, funding_rate REAL, premium REAL, PRIMARY KEY (symbol, time))",
        ];
        foreach ((string symbol, _) in GoldenMarket.Symbols)
        {
            FundingSeries series = GoldenMarket.Funding(symbol, Bars);
            funding.AddRange(
                Enumerable
                    .Range(0, Bars)
                    .Select(i =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"INSERT INTO funding_rates VALUES ('{symbol}', {series.TimeMs[i]}, {series.Rate[i]:R}, NULL)"
                        )
                    )
            );
        }

        Execute(Path.Combine(folder, "funding_rates.db"), funding);
        File.WriteAllText(Path.Combine(folder, "good.yaml"), GoodYaml);
    }

    public const string GoodYaml = """
        global:
          trade:
            sl_atr_mult: 1.5
            enable_dynamic_leverage: false
            entry_min_confidence: low
          filters:
            require_btc_alignment: false
            enable_ranging_filter: false
        """;

    public static IEnumerable<string> Rows(string symbol, uint seed, int count = Bars) =>
        GoldenMarket.MainBars(seed, count).Select(b => Row(symbol, b));

    public static string Row(string symbol, Bar bar) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"INSERT INTO candles VALUES ('{symbol}', '1h', {bar.OpenTimeMs}, {bar.OpenTimeMs + 3_599_999}, {bar.Open:R}, {bar.High:R}, {bar.Low:R}, {bar.Close:R}, {bar.Volume:R}, 0, '')"
        );

    /// <summary>A database of BTC bars without key, changed by one statement.</summary>
    public static void Changed(string path, string statement) => Database(path, Keyless, [.. Rows("BTC", 12345), statement]);

    public static void Database(string path, string table, IEnumerable<string> rows) => Execute(path, [table, .. rows]);

    public static void Execute(string path, IEnumerable<string> statements)
    {
        Batteries_V2.Init();
        using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        using SqliteTransaction transaction = connection.BeginTransaction();
        foreach (string statement in statements)
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
