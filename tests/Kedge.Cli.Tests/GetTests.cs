using System.Text.Json;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kedge.Cli.Tests;

/// <summary><c>kedge data get</c> over a database, an archive and a simulated exchange: it says where each range came from.</summary>
public sealed class GetTests : IDisposable
{
    private const long Minute = 300_000;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Database_archive_and_venue_give_together_what_the_venue_has()
    {
        Batteries_V2.Init();
        using RunningExchange exchange = RunningExchange.Start(_folder.Path, "--symbols", "BTC", "--interval", "5m");
        string[] fetch = ["data", "fetch", "--url", exchange.Url, "--symbols", "BTC", "--interval", "5m", "--quiet"];
        Assert.Equal(0, KedgeProgram.Run(_folder.Path, fetch).Code);
        long last = Scalar("SELECT max(t) FROM candles");
        long from = last - (2_000 * Minute);
        (string, long, long)[] whole = Rows(Get(exchange, from, last, "--source", "sqlite"));
        Assert.Equal(2_000, whole.Length);

        // Old bars leave for an archive, some are lost.
        string[] archive = ["data", "archive", "candles_dbs/candles_5m.db", "--keep-days", "3", "--delete"];
        Assert.Equal(0, KedgeProgram.Run(_folder.Path, archive).Code);
        Execute($"DELETE FROM candles WHERE t >= {last - (20 * Minute)} AND t < {last - (10 * Minute)}");
        JsonElement answer = Get(exchange, from, last);
        Assert.Equal(whole, Rows(answer));
        Assert.Equal(
            ["archive", "sqlite", "venue", "sqlite"],
            answer.GetProperty("segments").EnumerateArray().Select(s => s.GetProperty("source").GetString())
        );
        Assert.Equal(10, answer.GetProperty("written_back").GetInt64());

        // Now the venue is not needed any more.
        JsonElement again = Get(exchange, from, last, "--url", "http://127.0.0.1:9");
        Assert.Equal(whole, Rows(again));

        Outcome text = Run(exchange, from, last);
        Assert.Equal(0, text.Code);
        Assert.Contains("from archive", text.Out, StringComparison.Ordinal);
        Outcome csv = Run(exchange, last - (2 * Minute), last, "--csv");
        Assert.Equal(3, csv.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("symbol,t,o,h,l,c,v,n\nBTC,", csv.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_nowhere_gives_exit_code_1_and_a_venue_that_is_not_there_4()
    {
        string[] ask = ["data", "get", "--symbols", "BTC", "--from", "2024-01-01", "--to", "2024-01-02"];
        Outcome nowhere = KedgeProgram.Run(_folder.Path, [.. ask, "--source", "sqlite"]);
        Assert.Equal(1, nowhere.Code);
        Assert.Contains("24 nowhere", nowhere.Out, StringComparison.Ordinal);
        Outcome unknown = KedgeProgram.Run(_folder.Path, [.. ask, "--source", "memory"]);
        Assert.Equal(2, unknown.Code);
        Assert.Contains("'memory' is no source of data", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_data_section_says_where_to_look()
    {
        File.WriteAllText(_folder.At("c.yaml"), "data:\n  sources: [archive]\n  archive_dri: x\n");
        string[] ask = ["data", "get", "--symbols", "BTC", "--from", "2024-01-01", "--to", "2024-01-02", "--config", "c.yaml"];
        Outcome wrong = KedgeProgram.Run(_folder.Path, ask);
        Assert.Equal(2, wrong.Code);
        Assert.Contains(
            "c.yaml:3: data.archive_dri is not a key; did you mean data.archive_dir?",
            wrong.Error,
            StringComparison.Ordinal
        );
        File.WriteAllText(_folder.At("c.yaml"), "data:\n  sources: [archive]\n");
        Assert.Equal(1, KedgeProgram.Run(_folder.Path, ask).Code);
    }

    private static (string, long, long)[] Rows(JsonElement answer) =>
        [
            .. answer
                .GetProperty("rows")
                .EnumerateArray()
                .Select(r => (r.GetProperty("c").GetRawText(), r.GetProperty("t").GetInt64(), r.GetProperty("n").GetInt64())),
        ];

    private JsonElement Get(RunningExchange exchange, long from, long to, params string[] more)
    {
        Outcome outcome = Run(exchange, from, to, ["--json", .. more]);
        Assert.True(outcome.Code == 0, outcome.ToString());
        using JsonDocument answer = JsonDocument.Parse(outcome.Out);
        return answer.RootElement[0].Clone();
    }

    private Outcome Run(RunningExchange exchange, long from, long to, params string[] more)
    {
        string[] url = more.Contains("--url") ? [] : ["--url", exchange.Url];
        string[] ask = ["data", "get", "--symbols", "BTC", "--interval", "5m", "--from", $"{from}", "--to", $"{to}", "--quiet"];
        return KedgeProgram.Run(_folder.Path, [.. ask, .. url, .. more]);
    }

    private long Scalar(string sql)
    {
        using SqliteConnection connection = new($"Data Source={_folder.At("candles_dbs/candles_5m.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private void Execute(string sql)
    {
        using SqliteConnection connection = new($"Data Source={_folder.At("candles_dbs/candles_5m.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
