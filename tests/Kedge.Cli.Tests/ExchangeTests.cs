using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Kedge.Cli.Tests;

/// <summary><c>kedge exchange</c> from outside: what it serves, what it keeps, what it shows.</summary>
public sealed class ExchangeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Accounts_outlive_a_restart_and_no_key_is_shown()
    {
        string address;
        string shown;
        using (RunningExchange exchange = RunningExchange.Start(_folder.Path, "--state", "venue.state", "--symbols", "BTC,ETH"))
        {
            Outcome opened = KedgeProgram.Run(
                _folder.Path,
                "exchange",
                "account",
                "new",
                "--usd",
                "2500",
                "--url",
                exchange.Admin,
                "--key-file",
                "keys.json"
            );
            Assert.Equal(0, opened.Code);
            address = opened.Out.Trim();
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.At("keys.json")));
            Assert.Equal("2500.0", await Value(exchange.Url, address));
            Assert.Contains(
                "\"coin\":\"ETH\"",
                await Info(exchange.Url, "{\"type\":\"l2Book\",\"coin\":\"ETH\"}"),
                StringComparison.Ordinal
            );
            Outcome ended = exchange.End();
            Assert.Equal(0, ended.Code);
            shown = ended.ToString() + opened;
        }

        using (RunningExchange again = RunningExchange.Start(_folder.Path, "--state", "venue.state", "--symbols", "BTC,ETH"))
        {
            Assert.Equal("2500.0", await Value(again.Url, address));
            shown += again.End().ToString();
        }

        using JsonDocument keys = JsonDocument.Parse(_folder.Text("keys.json"));
        foreach (string name in new[] { "secret_key", "account_key" })
        {
            Assert.DoesNotContain(
                keys.RootElement.GetProperty(name).GetString()![2..],
                shown + _folder.Text("venue.state"),
                StringComparison.OrdinalIgnoreCase
            );
        }

        Outcome other = KedgeProgram.Run(
            _folder.Path,
            "exchange",
            "run",
            "--state",
            "venue.state",
            "--symbols",
            "SOL",
            "--port",
            "0"
        );
        Assert.Equal(2, other.Code);
        Assert.Contains("another market", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sockets_answer_pings_and_carry_subscriptions()
    {
        using RunningExchange exchange = RunningExchange.Start(_folder.Path, "--symbols", "BTC", "--latency", "1..3");
        using ClientWebSocket socket = new();
        await socket.ConnectAsync(new Uri(exchange.Socket), Stop);
        await Send(socket, "{\"method\":\"ping\"}");
        Assert.Equal("{\"channel\":\"pong\"}", await Receive(socket));
        await Send(socket, "{\"method\":\"subscribe\",\"subscription\":{\"type\":\"allMids\"}}");
        Assert.Contains("subscriptionResponse", await Receive(socket), StringComparison.Ordinal);
        Assert.Contains("\"mids\":{\"BTC\":", await Receive(socket), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_are_asked_for_and_listed()
    {
        using RunningExchange exchange = RunningExchange.Start(_folder.Path, "--symbols", "BTC", "--log", "log.jsonl");
        Assert.Equal(0, Faults(exchange, "inject", "rate_limited", "--count", "1", "--for-ms", "1").Code);
        Assert.Equal(2, Faults(exchange, "inject", "no_such_thing").Code);
        using HttpClient client = new();
        using HttpResponseMessage answer = await client.PostAsync(
            new Uri(exchange.Url + "/info"),
            new StringContent("{\"type\":\"meta\"}"),
            Stop
        );
        Assert.Equal(429, (int)answer.StatusCode);
        Outcome list = Faults(exchange, "list");
        Assert.Contains("\"rate_limited\":1", list.Out, StringComparison.Ordinal);
        Assert.Equal(0, Faults(exchange, "stop").Code);
        Assert.Equal(0, exchange.End().Code);
        Assert.Contains("fault.rate_limited", _folder.Text("log.jsonl"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--speed", "0", "--speed")]
    [InlineData("--latency", "60..20", "--latency")]
    [InlineData("--network", "moon", "mainnet testnet either")]
    [InlineData("--account", "0x12", "--account")]
    [InlineData("--port", "70000", "--port")]
    [InlineData("--listen", "here", "--listen")]
    public void Wrong_options_are_named(string option, string value, string says)
    {
        Outcome outcome = KedgeProgram.Run(_folder.Path, "exchange", "run", option, value);
        Assert.Equal(2, outcome.Code);
        Assert.Single(outcome.ErrorLines);
        Assert.Contains(says, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_is_named()
    {
        Outcome account = KedgeProgram.Run(_folder.Path, "exchange", "account", "new", "--url", "http://127.0.0.1:9");
        Assert.Equal(4, account.Code);
        Assert.Contains("kedge exchange", account.Error, StringComparison.Ordinal);
        Assert.Empty(_folder.Snapshot());
        File.WriteAllText(_folder.At("bad.state"), "KEDGEX1\nnothing");
        Outcome state = KedgeProgram.Run(_folder.Path, "exchange", "run", "--state", "bad.state", "--port", "0");
        Assert.Equal(4, state.Code);
        Assert.Contains("damaged", state.Error, StringComparison.Ordinal);
    }

    private Outcome Faults(RunningExchange exchange, params string[] arguments) =>
        KedgeProgram.Run(_folder.Path, ["exchange", "faults", .. arguments, "--url", exchange.Admin]);

    private static async Task<string> Value(string url, string address)
    {
        using JsonDocument state = JsonDocument.Parse(
            await Info(url, $"{{\"type\":\"clearinghouseState\",\"user\":\"{address.ToLowerInvariant()}\"}}")
        );
        return state.RootElement.GetProperty("marginSummary").GetProperty("accountValue").GetString()!;
    }

    private static async Task<string> Info(string url, string query)
    {
        using HttpClient client = new();
        using HttpResponseMessage answer = await client.PostAsync(new Uri(url + "/info"), new StringContent(query), Stop);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    private static Task Send(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Stop);

    private static async Task<string> Receive(ClientWebSocket socket)
    {
        byte[] buffer = new byte[10_000];
        WebSocketReceiveResult part = await socket.ReceiveAsync(buffer, Stop);
        return Encoding.UTF8.GetString(buffer, 0, part.Count);
    }
}
