using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Hosting;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Tests.Hosting;

/// <summary>The host over real sockets: it carries bytes, keeps bounds, and decides nothing.</summary>
public sealed class GatewayHostTests
{
    private static readonly GatewayHostOptions Any = new() { Port = 0, AdminPort = 0 };
    private readonly ScriptedGateway _gateway = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_find_the_requests_they_belong_to()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(_gateway, Any);
        using HttpClient client = new();
        Task<HttpResponseMessage> held = Post(client, host, "/info", "hold");
        await Task.Delay(50, Stop);
        using HttpResponseMessage second = await Post(client, host, "/exchange", "{\"a\":1}");
        Assert.Equal("{\"a\":1}", await second.Content.ReadAsStringAsync(Stop));
        Assert.Equal("application/json", second.Content.Headers.ContentType!.MediaType);
        using HttpResponseMessage first = await held;
        Assert.Equal(HttpStatusCode.TooManyRequests, first.StatusCode);
        Assert.Equal("held", await first.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task Hundreds_of_requests_at_once_each_get_their_own_answer()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(_gateway, Any);
        using HttpClient client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 16 });
        string[] answers = await Task.WhenAll(
            Enumerable
                .Range(0, 400)
                .Select(async i =>
                {
                    using HttpResponseMessage answer = await Post(client, host, "/info", $"[{i}]");
                    return await answer.Content.ReadAsStringAsync(Stop);
                })
        );
        Assert.Equal(Enumerable.Range(0, 400).Select(i => $"[{i}]"), answers);
        Assert.Equal(400, host.Requests);
    }

    [Fact]
    public async Task What_is_no_request_of_the_venue_is_refused_before_it()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(_gateway, Any with { MaxMessageBytes = 1_000 });
        using HttpClient client = new();
        Assert.Equal(HttpStatusCode.NotFound, (await Post(client, host, "/other", "{}")).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await client.GetAsync(new Uri(host.Url, "/info"), Stop)).StatusCode);
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            (await Post(client, host, "/info", new string('x', 1_001))).StatusCode
        );
        Assert.Equal(HttpStatusCode.OK, (await Post(client, host, "/info", new string('x', 1_000))).StatusCode);
    }

    [Fact]
    public async Task Aborted_requests_end_without_an_answer()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(_gateway, Any);
        using HttpClient client = new();
        await Assert.ThrowsAsync<HttpRequestException>(() => Post(client, host, "/info", "abort"));
        Assert.Equal(HttpStatusCode.OK, (await Post(client, host, "/info", "{}")).StatusCode);
    }

    [Fact]
    public async Task Fault_of_the_gateway_is_told_and_nothing_is_answered_any_more()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(_gateway, Any);
        using HttpClient client = new();
        await Assert.ThrowsAsync<HttpRequestException>(() => Post(client, host, "/info", "fail"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Ended);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Post(client, host, "/info", "{}")).StatusCode);
    }

    [Fact]
    public async Task Timers_follow_the_speed_of_the_venue()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(_gateway, Any with { Speed = 600, StartMs = 1_000_000 });
        using HttpClient client = new();
        long began = Stopwatch.GetTimestamp();
        await Post(client, host, "/info", "timer");
        Now now = await Fired(host);
        // A minute of the venue is a tenth of a second here.
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalMilliseconds, 95, 5_000);
        Assert.InRange(now.MonotonicMs, 60_000, 600 * 5_000);
        Assert.Equal(1_000_000 + now.MonotonicMs, now.WallMs);
        Assert.Single(_gateway.Fired);
    }

    [Fact]
    public async Task Unbounded_speed_jumps_to_each_timer()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(
            _gateway,
            Any with
            {
                Speed = double.PositiveInfinity,
                StartMs = 1_000_000,
            }
        );
        using HttpClient client = new();
        await Post(client, host, "/info", "timer");
        await Fired(host);
        long[] fired = await host.RunAsync((_, _) => _gateway.Fired.Select(n => n.WallMs).ToArray());
        Assert.Equal([1_060_000, 1_001_000_000], fired);
    }

    [Fact]
    public async Task Latency_holds_requests_and_answers_up()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(
            _gateway,
            Any with
            {
                Inbound = new LatencySettings(40, 60, 1),
                Outbound = new LatencySettings(40, 60, 2),
            }
        );
        using HttpClient client = new();
        await Post(client, host, "/info", "{}");
        long began = Stopwatch.GetTimestamp();
        await Post(client, host, "/info", "{}");
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalMilliseconds, 78, 3_000);

        using ClientWebSocket socket = await Open(host);
        for (int i = 0; i < 20; i++)
        {
            await Send(socket, $"{i}");
        }

        for (int i = 0; i < 20; i++)
        {
            Assert.Equal($"{i}", await Receive(socket));
        }
    }

    [Fact]
    public async Task Clients_that_read_too_slowly_are_told_and_closed()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(_gateway, Any);
        using ClientWebSocket slow = await Open(host);
        await Send(slow, "flood");
        using ClientWebSocket other = await Open(host);
        await Send(other, "still here");
        Assert.Equal("still here", await Receive(other));
        byte[] buffer = new byte[1 << 20];
        WebSocketReceiveResult part;
        do
        {
            part = await slow.ReceiveAsync(buffer, Stop);
        } while (part.MessageType != WebSocketMessageType.Close);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, part.CloseStatus);
        Assert.Contains("too slow", part.CloseStatusDescription, StringComparison.Ordinal);
        await slow.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", Stop);
        await Until(host, () => _gateway.Closed.Count == 1);
    }

    [Fact]
    public async Task Sockets_end_as_the_gateway_or_the_client_wants()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(_gateway, Any with { MaxMessageBytes = 10_000 });
        using ClientWebSocket ended = await Open(host);
        await Send(ended, "end");
        WebSocketReceiveResult close = await ended.ReceiveAsync(new byte[100], Stop);
        Assert.Equal("as you wish", close.CloseStatusDescription);
        await ended.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", Stop);

        using ClientWebSocket loud = await Open(host);
        await Send(loud, new string('x', 10_001));
        close = await loud.ReceiveAsync(new byte[100], Stop);
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, close.CloseStatus);
        await loud.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", Stop);

        using ClientWebSocket leaving = await Open(host);
        await leaving.CloseAsync(WebSocketCloseStatus.NormalClosure, "", Stop);
        await Until(host, () => _gateway.Closed.Count == 2);
        await Until(host, () => host.Connections == 0);
    }

    [Fact]
    public async Task Operator_has_a_port_of_its_own_on_loopback_and_no_browser_reaches_it()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(
            _gateway,
            Any with
            {
                Address = IPAddress.Any,
                Desk = new Desk(),
            }
        );
        using HttpClient client = new();
        Assert.True(IPAddress.IsLoopback(IPAddress.Parse(host.AdminUrl!.Host)));
        Assert.Equal("GET /status", await client.GetStringAsync(new Uri(host.AdminUrl, "/status"), Stop));
        using HttpRequestMessage page = new(HttpMethod.Get, new Uri(host.AdminUrl, "/status"));
        page.Headers.Add("Origin", "https://example.org");
        Assert.Equal(HttpStatusCode.Forbidden, (await client.SendAsync(page, Stop)).StatusCode);
        UriBuilder venue = new(host.Url) { Host = "127.0.0.1", Path = "/status" };
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(venue.Uri, Stop)).StatusCode);
    }

    [Fact]
    public async Task Port_in_use_is_an_ordinary_failure()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(_gateway, Any);
        await Assert.ThrowsAsync<IOException>(() =>
            GatewayHost.StartAsync(new ScriptedGateway(), Any with { Port = host.Url.Port })
        );
    }

    private async Task<Now> Fired(GatewayHost host)
    {
        await Until(host, () => _gateway.Fired.Count > 0);
        return await host.RunAsync((_, _) => _gateway.Fired[0]);
    }

    private static async Task Until(GatewayHost host, Func<bool> isSo)
    {
        for (int i = 0; i < 500 && !await host.RunAsync((_, _) => isSo()); i++)
        {
            await Task.Delay(10, Stop);
        }

        Assert.True(await host.RunAsync((_, _) => isSo()));
    }

    private static Task<HttpResponseMessage> Post(HttpClient client, GatewayHost host, string path, string body) =>
        client.PostAsync(new Uri(host.Url, path), new StringContent(body), Stop);

    private static async Task<ClientWebSocket> Open(GatewayHost host)
    {
        ClientWebSocket socket = new();
        await socket.ConnectAsync(new UriBuilder(host.Url) { Scheme = "ws", Path = "/ws" }.Uri, Stop);
        return socket;
    }

    private static Task Send(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Stop);

    private static async Task<string> Receive(ClientWebSocket socket)
    {
        byte[] buffer = new byte[1_000];
        WebSocketReceiveResult part = await socket.ReceiveAsync(buffer, Stop);
        return Encoding.UTF8.GetString(buffer, 0, part.Count);
    }

    private sealed class Desk : IOperatorDesk
    {
        public OperatorAnswer Answer(OperatorRequest request, in Now now, IEffectSink<GatewayOutput> effects) =>
            new(200, IsJson: false, Encoding.UTF8.GetBytes($"{request.Method} {request.Path}"));
    }
}
