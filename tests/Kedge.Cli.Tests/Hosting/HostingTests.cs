using System.Net;
using System.Text.Json;
using Kedge.Cli.Hosting;
using Kedge.Model;

namespace Kedge.Cli.Tests.Hosting;

public sealed class HostingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Metrics_are_written_as_the_format_says()
    {
        PrometheusText text = new();
        text.Gauge("a_gauge", "Help with \\ and\na line.").Sample(1.5).Sample(double.NaN, ("l", "x\"y\\z\nend"), ("m", ""));
        text.Counter("a_counter_total", "Counts.").Sample(1e21).Sample(double.PositiveInfinity, ("l", "1"));
        text.Histogram("a_histogram", "Times.", [0.1, 1], [2, 0, 3], 12.25);
        PrometheusReader read = PrometheusReader.Read(text.ToString());
        Assert.Equal("Help with \\ and\na line.", read.Help["a_gauge"]);
        Assert.Equal(1.5, read["a_gauge"]);
        Assert.True(double.IsNaN(read["a_gauge{l=\"x\"y\\z\nend\",m=\"\"}"]));
        Assert.Equal(1e21, read["a_counter_total"]);
        Assert.Equal("histogram", read.Types["a_histogram"]);
        Assert.Equal(
            [2, 2, 5, 12.25, 5],
            [
                read["a_histogram_bucket{le=\"0.1\"}"],
                read["a_histogram_bucket{le=\"1\"}"],
                read["a_histogram_bucket{le=\"+Inf\"}"],
                read["a_histogram_sum"],
                read["a_histogram_count"],
            ]
        );
    }

    [Theory]
    [InlineData("9464", "127.0.0.1:9464")]
    [InlineData("127.0.0.1:9464", "127.0.0.1:9464")]
    [InlineData("localhost:9464", "127.0.0.1:9464")]
    [InlineData("[::1]:9464", "[::1]:9464")]
    [InlineData("0.0.0.0:80", "0.0.0.0:80")]
    public void An_address_is_read(string text, string address) =>
        Assert.Equal(IPEndPoint.Parse(address), MetricsEndpoint.Parse(text, "--metrics"));

    [Theory]
    [InlineData("host:9464")]
    [InlineData("127.0.0.1")]
    [InlineData("70000")]
    [InlineData("127.0.0.1:70000")]
    public void No_address_is_refused(string text) =>
        Assert.Equal(FailureKind.Usage, Assert.Throws<KedgeException>(() => MetricsEndpoint.Parse(text, "--metrics")).Kind);

    [Fact]
    public async Task Health_is_200_while_it_works_and_503_when_it_does_not()
    {
        HealthReason? reason = null;
        HealthReport Health() => new(reason is { } r ? [r] : [], writer => writer.WriteNumber("more", 7));
        await using MetricsEndpoint endpoint = await MetricsEndpoint.StartAsync(
            new IPEndPoint(IPAddress.Loopback, 0),
            Health,
            () => new PrometheusText().Gauge("up", "Up.").Sample(1).ToString()
        );
        using HttpClient client = new() { BaseAddress = endpoint.Url };
        Assert.Equal((200, "ok"), await Status(client));
        reason = new HealthReason(HealthStatus.Degraded, "slow", "it is slow");
        Assert.Equal((200, "degraded"), await Status(client));
        reason = new HealthReason(HealthStatus.Failing, "dead", "it is dead");
        Assert.Equal((503, "failing"), await Status(client));

        using HttpResponseMessage metrics = await client.GetAsync(new Uri("/metrics", UriKind.Relative), Token);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", metrics.Content.Headers.ContentType!.ToString());
        Assert.Equal(1, PrometheusReader.Read(await metrics.Content.ReadAsStringAsync(Token))["up"]);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri("/x", UriKind.Relative), Token)).StatusCode);
        Assert.Equal(
            HttpStatusCode.MethodNotAllowed,
            (await client.PostAsync(new Uri("/health", UriKind.Relative), null, Token)).StatusCode
        );

        KedgeException taken = await Assert.ThrowsAsync<KedgeException>(() =>
            MetricsEndpoint.StartAsync(new IPEndPoint(IPAddress.Loopback, endpoint.Url.Port), Health, () => "")
        );
        Assert.Equal(FailureKind.Environment, taken.Kind);
    }

    [Fact]
    public async Task A_log_is_one_object_a_line_and_makes_room_at_its_limit()
    {
        string path = _folder.At("log.jsonl");
        await using (LogFile log = LogFile.Open(path, maxBytes: 4_000))
        {
            for (int i = 0; i < 40; i++)
            {
                log.Write(new LogLine(i, "code", "BTC 1m", new string('x', 200) + " \"\n", "info"));
                await Task.Delay(i % 8 == 0 ? 20 : 0, Token);
            }
        }

        Assert.True(File.Exists(path + ".1"));
        string[] lines =
        [
            .. Enumerable
                .Range(1, 4)
                .Reverse()
                .Select(i => $"{path}.{i}")
                .Append(path)
                .Where(File.Exists)
                .SelectMany(File.ReadAllLines),
        ];
        Assert.Equal(
            Enumerable.Range(0, 40),
            lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("time").GetInt32())
        );
        JsonElement first = JsonDocument.Parse(lines[0]).RootElement;
        Assert.Equal(["time", "level", "code", "subject", "detail"], first.EnumerateObject().Select(p => p.Name));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<(int, string?)> Status(HttpClient client)
    {
        using HttpResponseMessage answer = await client.GetAsync(new Uri("/health", UriKind.Relative), Token);
        JsonElement report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement;
        Assert.Equal(7, report.GetProperty("more").GetInt32());
        return ((int)answer.StatusCode, report.GetProperty("status").GetString());
    }
}
