using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Kedge.Kernel;
using Kedge.TestSupport;

namespace Kedge.Cli.Tests;

/// <summary>The market of a simulated exchange: recorded candles are served as they were, shifted in time, and its clock keeps the speed asked for.</summary>
public sealed class ExchangeMarketTests : IDisposable
{
    private const long HourMs = 3_600_000;

    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Recorded_candles_are_served_shifted_by_whole_bars_and_the_next_one_forms()
    {
        SampleData.Market(_folder.Path);
        using RunningExchange exchange = RunningExchange.Start(
            _folder.Path,
            "--bars",
            "candles_1h.db",
            "--interval",
            "1h",
            "--speed",
            "60"
        );
        using JsonDocument meta = await Info(exchange, "{\"type\":\"meta\"}");
        List<string> names = [];
        foreach (JsonElement asset in meta.RootElement.GetProperty("universe").EnumerateArray())
        {
            string name = asset.GetProperty("name").GetString()!;
            double tick = Math.Pow(10, asset.GetProperty("szDecimals").GetInt32() - 6);
            uint seed = GoldenMarket.Symbols.Single(s => s.Symbol == name).Seed;
            await Served(exchange, name, GoldenMarket.MainBars(seed, SampleData.Bars), tick);
            names.Add(name);
        }

        Assert.Equal(GoldenMarket.Symbols.Select(s => s.Symbol).Order(), names.Order());
    }

    [Theory]
    [InlineData("60", 30.0, 90.0)]
    [InlineData("max", 1_000.0, double.PositiveInfinity)]
    public async Task Clock_runs_at_the_speed_asked_for(string speed, double least, double most)
    {
        using RunningExchange exchange = RunningExchange.Start(_folder.Path, "--symbols", "BTC", "--speed", speed);
        long start = Stopwatch.GetTimestamp();
        long from = await Time(exchange);
        await Task.Delay(2_000, Stop);
        long to = await Time(exchange);
        double passed = (to - from) / Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Assert.InRange(passed, least, most);
        Assert.Equal(0, exchange.End().Code);
    }

    private static async Task Served(RunningExchange exchange, string name, Bar[] recorded, double tick)
    {
        using JsonDocument told = await Info(
            exchange,
            $"{{\"type\":\"candleSnapshot\",\"req\":{{\"coin\":\"{name}\",\"interval\":\"1h\",\"startTime\":0}}}}"
        );
        JsonElement[] served = [.. told.RootElement.EnumerateArray()];

        // Half of the bars are history; the next ones are being played.
        int history = SampleData.Bars / 2;
        Assert.InRange(served.Length, history + 1, history + 2);
        long shift = served[0].GetProperty("t").GetInt64() - recorded[0].OpenTimeMs;
        Assert.Equal(0, shift % HourMs);
        for (int i = 0; i < history; i++)
        {
            Assert.Equal(recorded[i].OpenTimeMs + shift, served[i].GetProperty("t").GetInt64());
            Assert.Equal(recorded[i].Open, Number(served[i], "o"), 0.51 * tick);
            Assert.Equal(recorded[i].Close, Number(served[i], "c"), 0.51 * tick);
            Assert.Equal(recorded[i].High, Number(served[i], "h"), 0.51 * tick);
            Assert.Equal(recorded[i].Low, Number(served[i], "l"), 0.51 * tick);
        }

        // What is not over yet stays within the bar it will become.
        Bar next = recorded[history];
        Assert.InRange(Number(served[history], "h"), next.Low - tick, next.High + tick);
        Assert.InRange(Number(served[history], "l"), next.Low - tick, next.High + tick);
        Assert.InRange(Number(served[history], "v"), 0, next.Volume + 1);
        long forming = served[^1].GetProperty("t").GetInt64();
        long now = await Time(exchange, name);
        Assert.InRange(now, forming, forming + (2 * HourMs));
    }

    private static double Number(JsonElement candle, string field) =>
        double.Parse(candle.GetProperty(field).GetString()!, CultureInfo.InvariantCulture);

    private static async Task<long> Time(RunningExchange exchange, string coin = "BTC")
    {
        using JsonDocument book = await Info(exchange, $"{{\"type\":\"l2Book\",\"coin\":\"{coin}\"}}");
        return book.RootElement.GetProperty("time").GetInt64();
    }

    private static async Task<JsonDocument> Info(RunningExchange exchange, string query)
    {
        using HttpClient client = new();
        using HttpResponseMessage answer = await client.PostAsync(
            new Uri(exchange.Url + "/info"),
            new StringContent(query),
            Stop
        );
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop));
    }
}
